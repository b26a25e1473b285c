import { COMMENT_STATUSES, type CommentStatus } from '../../core/comment/comment-status.ts';
import { sortableId } from '../../core/platform/sortable-id.ts';
import type { Signal } from '../../core/screening/screening.ts';
import { hashLike, numberOf, shareOf } from './random.ts';
import { nameOf, sentencesOf } from './sentences.ts';
import { articleKey, postedAt } from './shape.ts';
import { codeOf, type Tree } from './tree.ts';

export type Value = string | number | null;

/** In the order of commentValues; every other column keeps its default. */
export const COMMENT_COLUMNS = [
  'id',
  'article_key',
  'parent_id',
  'root_id',
  'depth',
  'path',
  'reader_id',
  'author_name',
  'author_email',
  'body',
  'source',
  'text_hash',
  'status',
  'listed',
  'signals',
  'up_votes',
  'down_votes',
  'score',
  'reply_count',
  'flag_count',
  'open_flags',
  'network_key',
  'idempotency_key',
  'created_at',
];

const Z = 1.96;
const Z2 = Z * Z;

/** The formula of store/vote-store.ts, step for step, so that not even the last bit differs; a test holds them together. */
export function wilson(up: number, down: number): number {
  const all = up + down;
  if (all === 0) return 0;
  return (up / all + Z2 / (2 * all) - (Z * Math.sqrt((up * down) / all + Z2 / 4)) / all) / (1 + Z2 / all);
}

const SHARE_WITH_EMAIL = 0.1;
const SHARE_VOTED_ON = 0.5;
const HELD = JSON.stringify([{ phase: 'links', count: 3, limit: 2 } satisfies Signal]);

export function readerId(reader: number, prolificId: string): string {
  return reader === 0 ? prolificId : hashLike(reader, 6);
}

const bytes = new Uint8Array(7);

export function idOf(comment: number, comments: number): string {
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = numberOf(comment, 10 + i);
  return sortableId(postedAt(comment, comments), bytes);
}

/** Up- and down-votes of a visible comment. */
const votesOn = (comment: number): [number, number] => {
  if (shareOf(comment, 20) >= SHARE_VOTED_ON) return [0, 0];
  const some = (use: number, mean: number) => Math.floor(-Math.log(1 - shareOf(comment, use)) * mean);
  return [some(21, 8), some(22, 2)];
};

export function isVisibleCode(status: number | undefined): boolean {
  return status === codeOf('published') || status === codeOf('approved');
}

/** How many readers reported a comment: every so many visible ones are, until there are enough. */
export function flagsOn(tree: Tree, reported: number): (comment: number) => number {
  const every = Math.max(1, Math.floor(tree.article.length / (2 * Math.max(1, reported))));
  let seen = 0;
  let done = 0;
  return (comment) => {
    if (!isVisibleCode(tree.status[comment])) return 0;
    seen += 1;
    if (seen % every !== 0 || done === reported) return 0;
    done += 1;
    return 1 + (done % 3);
  };
}

/** Rows of the table `comments`, to be asked for in order. */
export function createCommentRows(tree: Tree, prolificId: string, reported: number) {
  const comments = tree.article.length;
  const flagCount = flagsOn(tree, reported);
  const place = (comment: number): number[] =>
    [tree.parent, tree.root, tree.depth, tree.reader].map((numbers) => numbers[comment] as number);

  const pathOf = (comment: number): string => {
    if (tree.depth[comment] === 0) return '';
    return pathOf(tree.parent[comment] as number) + idOf(comment, comments);
  };

  /** Columns author_name to text_hash. */
  const contentOf = (comment: number, reader: number, status: CommentStatus): Value[] => {
    if (status === 'deleted') return ['', null, '[]', '', ''];
    const text = sentencesOf(comment);
    const email = shareOf(comment, 23) < SHARE_WITH_EMAIL ? `reader-${reader}@mail.example` : null;
    return [nameOf(reader), email, `[{"t":"p","c":["${text}"]}]`, text, hashLike(comment, 7)];
  };

  return (comment: number): Value[] => {
    const status = COMMENT_STATUSES[tree.status[comment] as number] as CommentStatus;
    const [parent, root, depth, reader] = place(comment) as [number, number, number, number];
    const [up, down] = isVisibleCode(tree.status[comment]) ? votesOn(comment) : [0, 0];
    const flags = flagCount(comment);
    return [
      idOf(comment, comments),
      articleKey(tree.article[comment] as number),
      parent === -1 ? null : idOf(parent, comments),
      idOf(root, comments),
      depth,
      pathOf(comment),
      readerId(reader, prolificId),
      ...contentOf(comment, reader, status),
      status,
      tree.listed[comment] as number,
      status === 'pending' ? HELD : '[]',
      up,
      down,
      wilson(up, down),
      tree.replyCount[comment] as number,
      flags,
      flags,
      hashLike(reader, 8),
      `key-${comment}`.padEnd(12, '-'),
      postedAt(comment, comments),
    ];
  };
}
