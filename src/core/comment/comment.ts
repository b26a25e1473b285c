import type { Body } from '../body/body.ts';
import type { Visibility } from './comment-status.ts';

/**
 * The depth of the deepest reply; a top-level comment's is 0. One statement that names each step of a path finds all
 * ancestors, and a path has at most 31 × 16 characters.
 */
export const MAX_DEPTH = 31;

/** One comment as the product's rules see it. Times are epoch milliseconds. */
export interface Comment extends Visibility {
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
  revision: number;
  upVotes: number;
  downVotes: number;
  replyCount: number;
  createdAt: number;
  editedAt: number | null;
}
