import type { Body } from '../body/body.ts';
import type { Signal } from '../screening/screening.ts';
import type { CommentStatus } from './comment-status.ts';

/** A comment with all that has become of it since it was posted. Times are epoch milliseconds. */
export interface CompleteComment {
  id: string;
  articleKey: string;
  parentId: string | null;
  rootId: string;
  depth: number;
  path: string;
  readerId: string;
  authorName: string;
  authorEmail: string | null;
  body: Body;
  source: string;
  status: CommentStatus;
  signals: Signal[];
  upVotes: number;
  downVotes: number;
  /** Reports that nobody has settled. */
  flags: { readerId: string; reason: string; note: string; createdAt: number }[];
  createdAt: number;
}

/**
 * Comments by the hundred, from elsewhere or from earlier: nobody screens, limits or decides on them any more. They
 * leave no traces and no events, and an approval among them counts for no reader: a moderator's word is what the events
 * say.
 */
export interface BulkStore {
  /**
   * All of them or none, with every counter that they move; under articles that are there, below parents that are among
   * them or there already. At most a hundred at once.
   */
  insertComplete(siteId: string, comments: CompleteComment[]): Promise<void>;
}
