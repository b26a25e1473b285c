import type { Body } from '../body/body.ts';
import type { CommentStatus } from './comment-status.ts';

/**
 * The deepest reply that is stored, counted from 0. A comment's ancestors are then found with one statement
 * (D1 binds 100 parameters) and its place in the thread is a path of at most 31 × 16 characters.
 */
export const MAX_DEPTH = 31;

/** One comment as the product's rules see it. Times are epoch milliseconds. */
export interface Comment {
  siteId: string;
  id: string;
  articleKey: string;
  parentId: string | null;
  rootId: string;
  depth: number;
  readerId: string;
  authorName: string;
  body: Body;
  source: string;
  status: CommentStatus;
  revision: number;
  upVotes: number;
  downVotes: number;
  replyCount: number;
  createdAt: number;
  editedAt: number | null;
}
