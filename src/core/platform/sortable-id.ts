const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 9;
const RANDOM_LENGTH = 7;

export const ID_LENGTH = TIME_LENGTH + RANDOM_LENGTH;

/** 45 bits hold epoch milliseconds until the year 3084. */
const encodeTime = (at: number): string => {
  let rest = at;
  let text = '';
  for (let i = 0; i < TIME_LENGTH; i += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

/**
 * Time first, so that the order of ids is the order of posting and one column serves as key, sort and cursor;
 * then 35 random bits, so that two posts in one millisecond are two comments.
 * @param at epoch milliseconds
 * @param random at least seven random bytes
 */
export function sortableId(at: number, random: Uint8Array): string {
  let text = encodeTime(at);
  for (const byte of random.slice(0, RANDOM_LENGTH)) text += ALPHABET.charAt(byte % 32);
  return text;
}

/** The id that comes right after this one. */
export function idAfter(id: string): string {
  const carried = id.replace(/z+$/, '');
  const next = ALPHABET.charAt(ALPHABET.indexOf(carried.slice(-1)) + 1);
  return (carried.slice(0, -1) + next).padEnd(id.length, '0');
}

/** The lowest id that a comment posted at this time (epoch milliseconds) can have; beyond all ids, the nearest one. */
export function lowestIdAt(at: number): string {
  return encodeTime(Math.min(Math.max(0, at), 32 ** TIME_LENGTH - 1)) + '0'.repeat(RANDOM_LENGTH);
}

/** The time at which the comment with this id was posted, in epoch milliseconds. */
export function timeOfId(id: string): number {
  let at = 0;
  for (const letter of id.slice(0, TIME_LENGTH)) at = at * 32 + ALPHABET.indexOf(letter);
  return at;
}
