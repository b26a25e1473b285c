import type { CommentToInsert } from './posting.ts';

/** A comment with all that has become of it since it was posted. Times are epoch milliseconds. */
export interface CompleteComment
  extends Omit<
    CommentToInsert,
    | 'siteId'
    | 'textHash'
    | 'shadowed'
    | 'network'
    | 'isNetworkHeld'
    | 'isStranger'
    | 'idempotencyKey'
    | 'requestHash'
    | 'registerUrl'
  > {
  upVotes: number;
  downVotes: number;
  /** Reports that nobody has settled. */
  flags: { readerId: string; reason: string; note: string; createdAt: number }[];
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
