import { keptSource } from '../core/body/markdown-of.ts';
import type { CompleteComment } from '../core/comment/bulk-store.ts';
import { wilsonScore } from './vote-store.ts';

/** A complete comment with the fields that its place among the others decides. */
export interface CommentInPlace extends Omit<CompleteComment, 'flags'> {
  flagCount: number;
  listed: boolean;
  /** Visible replies of all depths, for a top-level comment. */
  replyCount: number;
}

/** The columns in the order of `commentRow`; every other column keeps its default. */
export const COMMENT_ROW_COLUMNS = [
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
  'created_at',
] as const;

/** The row of a comment as posts, edits, votes and decisions would have left it. */
export function commentRow(comment: CommentInPlace): (string | number | null)[] {
  return [
    comment.id,
    comment.articleKey,
    comment.parentId,
    comment.rootId,
    comment.depth,
    comment.path,
    comment.readerId,
    comment.authorName,
    comment.authorEmail,
    JSON.stringify(comment.body),
    keptSource(comment.source, comment.body),
    '',
    comment.status,
    comment.listed ? 1 : 0,
    JSON.stringify(comment.signals),
    comment.upVotes,
    comment.downVotes,
    wilsonScore(comment.upVotes, comment.downVotes),
    comment.replyCount,
    comment.flagCount,
    comment.flagCount,
    comment.createdAt,
  ];
}
