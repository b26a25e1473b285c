/** Mulberry32: small, fast, and the same numbers for the same seed everywhere. Each call gives 0 ≤ n < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random number that belongs to a comment, 0 to 2³² − 1; `use` tells one comment's numbers apart. */
export function numberOf(comment: number, use: number): number {
  let mixed = Math.imul(comment + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(use + 0x165667b1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The same, 0 ≤ n < 1. */
export function shareOf(comment: number, use: number): number {
  return numberOf(comment, use) / 4_294_967_296;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 22 letters that look like a keyed hash of the product. */
export function hashLike(comment: number, use: number): string {
  let text = '';
  for (let part = 0; part < 5; part += 1) {
    let bits = numberOf(comment, use * 8 + part);
    for (let letter = 0; letter < 5 && text.length < 22; letter += 1) {
      text += LETTERS.charAt(bits & 63);
      bits >>>= 6;
    }
  }
  return text;
}

/**
 * Spreads a fixed number of something over a longer row of turns, each turn as likely as the next: `true` exactly
 * `wanted` times in `turns` calls.
 */
export function spread(wanted: number, turns: number, random: () => number): () => boolean {
  let left = wanted;
  let ahead = turns;
  return () => {
    const taken = random() * ahead < left;
    ahead -= 1;
    if (taken) left -= 1;
    return taken;
  };
}
