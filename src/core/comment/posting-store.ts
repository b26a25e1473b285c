import type { Network } from '../rate-limit/network.ts';
import type { CommentToInsert, InsertOutcome, PostingContext } from './posting.ts';

export interface PostingStore {
  loadPosting(query: {
    siteId: string;
    articleKey: string;
    parentId: string | null;
    readerId: string;
    textHash: string;
    sameTextSince: number;
    idempotencyKey: string | null;
    network: Network;
    now: number;
  }): Promise<PostingContext>;
  insert(comment: CommentToInsert): Promise<InsertOutcome>;
}
