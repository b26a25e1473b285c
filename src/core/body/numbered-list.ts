import type { Block } from './body.ts';

/** An item of a list as it was read, with the number or the bullet in front of it. */
export interface Item {
  mark: string;
  blocks: Block[];
}

/** Years and other large numbers begin sentences. */
const MOST = 999;

const numberOf = ({ mark }: Item): number => Number.parseInt(mark, 10);

/** The item with its number as a part of its words. */
export function asSentence({ mark, blocks }: Item): Block[] {
  const [first, ...others] = blocks;
  if (first?.t !== 'p') return [{ t: 'p', c: [mark] }, ...blocks];
  const [text, ...rest] = first.c;
  const c = typeof text === 'string' ? [`${mark} ${text}`, ...rest] : [`${mark} `, ...first.c];
  return [{ t: 'p', c }, ...others];
}

const listOf = (items: Item[]): Block[] => {
  const [first] = items;
  // Nobody begins a list with its end: `3. Oktober`, or an answer to the fifth of somebody else's points.
  if (first === undefined || (items.length === 1 && numberOf(first) > 1)) return items.flatMap(asSentence);
  const seen = items.filter(({ blocks }) => blocks.length > 0);
  const numbers = seen.map(numberOf);
  const [start] = numbers;
  if (start === undefined) return [];
  // The same number in front of each is how Markdown is told to count.
  const isCounted = start <= 1 && numbers.every((number) => number === start);
  const countsOn = numbers.every((number, item) => number === start + item);
  return [
    {
      t: 'ol',
      ...(start === 1 ? {} : { start }),
      ...(isCounted || countsOn ? {} : { numbers }),
      c: seen.map(({ blocks }) => blocks),
    },
  ];
};

/** Items with the numbers that were written; where the numbers are no list's, the sentences that begin with them. */
export function numberedList(items: Item[]): Block[] {
  const blocks: Block[] = [];
  let begun = 0;
  for (const [at, item] of items.entries()) {
    if (numberOf(item) <= MOST) continue;
    blocks.push(...listOf(items.slice(begun, at)), ...asSentence(item));
    begun = at + 1;
  }
  return [...blocks, ...listOf(items.slice(begun))];
}
