import { countBytes } from '../text/bytes.ts';
import { countGraphemes } from '../text/graphemes.ts';
import type { Block, Body, Inline } from './body.ts';
import { bodyText } from './body-text.ts';

/** The room that a comment has among others: characters as people count them, and bytes of its tree as JSON. */
interface Room {
  graphemes: number;
  bytes: number;
}

/** Two screens of a phone. Bytes are the same in an alphabet whose letters take three. */
const MOST: Room = { graphemes: 1_200, bytes: 3_600 };

/** Less than `MOST`, so that what is behind "Read more" is worth the click. */
const SHOWN: Room = { graphemes: 1_000, bytes: 3_000 };

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const bytesOf = (value: unknown): number => countBytes(JSON.stringify(value));

/** Takes the room of a text; the beginning of it, up to the end of a word, where there is not enough. */
const cutText = (text: string, room: Room): string => {
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    // The quotes around it are counted with the node.
    const bytes = bytesOf(segment) - 2;
    if (room.graphemes < 1 || room.bytes < bytes) {
      room.graphemes = 0;
      const words = text.slice(0, end).replace(/\s+\S*$/u, '');
      // A word as long as this is cut within.
      return (words.length > end / 2 ? words : text.slice(0, end)).trimEnd();
    }
    room.graphemes -= 1;
    room.bytes -= bytes;
    end = index + segment.length;
  }
  return text;
};

/** Takes the bytes of a node without its children, and a comma; false where there is no room for it. */
const enter = (node: unknown, room: Room): boolean => {
  const bytes = bytesOf(node) + 1;
  if (room.graphemes < 1 || room.bytes < bytes) room.graphemes = 0;
  else room.bytes -= bytes;
  return room.graphemes > 0;
};

const cutInline = (inline: Inline, room: Room): Inline[] => {
  if (typeof inline === 'string') {
    const text = enter('', room) ? cutText(inline, room) : '';
    return text === '' ? [] : [text];
  }
  if (inline.t === 'br') return enter(inline, room) ? [inline] : [];
  if (inline.t === 'code') {
    const s = enter({ ...inline, s: '' }, room) ? cutText(inline.s, room) : '';
    return s === '' ? [] : [{ ...inline, s }];
  }
  const c = enter({ ...inline, c: [] }, room) ? cutInlines(inline.c, room) : [];
  return c.length === 0 ? [] : [{ ...inline, c }];
};

const cutInlines = (inlines: Inline[], room: Room): Inline[] => {
  const cut = inlines.flatMap((inline) => cutInline(inline, room));
  const last = cut.findLastIndex((inline) => typeof inline === 'string' || inline.t !== 'br');
  return cut.slice(0, last + 1);
};

const cutItems = (items: Block[][], room: Room, numbers: number[] = []): Block[][] =>
  items
    .map((blocks, n) => {
      const isRoom = enter([], room) && (numbers[n] === undefined || enter(numbers[n], room));
      return isRoom ? cutBlocks(blocks, room) : [];
    })
    .filter((blocks) => blocks.length > 0);

const cutBlock = (block: Block, room: Room): Block[] => {
  if (block.t === 'pre') {
    const s = enter({ ...block, s: '' }, room) ? cutText(block.s, room) : '';
    return s === '' ? [] : [{ ...block, s }];
  }
  const empty = 'numbers' in block ? { ...block, numbers: [], c: [] } : { ...block, c: [] };
  if (!enter(empty, room)) return [];
  switch (block.t) {
    case 'p': {
      const c = cutInlines(block.c, room);
      return c.length > 0 ? [{ ...block, c }] : [];
    }
    case 'quote': {
      const c = cutBlocks(block.c, room);
      return c.length > 0 ? [{ ...block, c }] : [];
    }
    case 'ul': {
      const c = cutItems(block.c, room);
      return c.length > 0 ? [{ ...block, c }] : [];
    }
    case 'ol': {
      const c = cutItems(block.c, room, block.numbers);
      const numbers = block.numbers && { numbers: block.numbers.slice(0, c.length) };
      return c.length > 0 ? [{ ...block, ...numbers, c }] : [];
    }
  }
};

const cutBlocks = (blocks: Block[], room: Room): Block[] => blocks.flatMap((block) => cutBlock(block, room));

/**
 * A body as it stands among others: the whole, or the beginning of a long one, which ends with a word. The length alone
 * decides, so that a comment looks the same on every page.
 */
export function cutBody(body: Body): { body: Body; isCut: boolean } {
  const json = JSON.stringify(body);
  const isShort =
    json.length <= MOST.graphemes ||
    (countBytes(json) <= MOST.bytes && countGraphemes(bodyText(body)) <= MOST.graphemes);
  return isShort ? { body, isCut: false } : { body: cutBlocks(body, { ...SHOWN }), isCut: true };
}
