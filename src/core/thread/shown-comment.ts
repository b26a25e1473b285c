import { cutBody } from '../body/cut-body.ts';
import { countBytes } from '../text/bytes.ts';
import type { ThreadComment } from './thread.ts';

/** A comment as it stands among others: the beginning, where its text is long. */
export type ShownComment = ThreadComment & { isCut: boolean };

export function shortened(comment: ThreadComment): ShownComment {
  return { ...comment, ...cutBody(comment.body) };
}

/** A comment that is read by itself. */
export function whole(comment: ThreadComment): ShownComment {
  return { ...comment, isCut: false };
}

/** So many bytes has a page of comments at most, and 16,000 are left for what stands around them. */
const PAGE_BYTES = 256_000 - 16_000;

/** All that a comment has on the wire besides its name and text: ids, numbers, times and the names of the fields. */
const FRAME_BYTES = 450;

/** The bytes of a value on the wire. */
export function bytesOf(value: unknown): number {
  return countBytes(JSON.stringify(value));
}

export const sizeOf = ({ authorName, body }: ShownComment): number => FRAME_BYTES + bytesOf(authorName) + bytesOf(body);

/** As many from the beginning as fit into a page by their sizes in bytes. */
export function fitting<Item>(items: Item[], size: (item: Item) => number): Item[] {
  let left = PAGE_BYTES;
  const end = items.findIndex((item) => {
    left -= size(item);
    return left < 0;
  });
  return end < 0 ? items : items.slice(0, end);
}

interface Conversation {
  comment: ShownComment;
  replies: ShownComment[];
  hasMoreReplies: boolean;
}

/** Conversations as they fit into one page: where all together are too large, each shows fewer of its replies. */
export function fittingConversations(conversations: Conversation[]): Conversation[] {
  const sizes = conversations.map(({ comment, replies }) => ({ top: sizeOf(comment), replies: replies.map(sizeOf) }));
  const sum = (each: number): number =>
    sizes.reduce((all, { top, replies }) => replies.slice(0, each).reduce((some, one) => some + one, all + top), 0);
  const most = Math.max(0, ...sizes.map(({ replies }) => replies.length));
  let each = most;
  while (each > 0 && sum(each) > PAGE_BYTES) each -= 1;
  if (each === most) return conversations;
  return conversations.map(({ comment, replies, hasMoreReplies }) => ({
    comment,
    replies: replies.slice(0, each),
    hasMoreReplies: hasMoreReplies || replies.length > each,
  }));
}
