import type { Article } from '../article/article.ts';
import type { Body } from '../body/body.ts';
import type { Attempt, Refusal } from '../rate-limit/attempt.ts';
import type { Network } from '../rate-limit/network.ts';
import type { ReaderStanding } from '../reader/reader.ts';
import type { SameText, Signal } from '../screening/screening.ts';
import type { Site } from '../site/site.ts';
import type { CommentStatus } from './comment-status.ts';
import type { OwnComment } from './own-comment.ts';

/** The comment that is being answered. */
export type ParentComment = Pick<
  OwnComment,
  'id' | 'rootId' | 'depth' | 'articleKey' | 'readerId' | 'status' | 'shadowed'
> & { path: string };

/** The place of a comment with this id: below that parent, or at the top. */
export function placeUnder(parent: Pick<ParentComment, 'id' | 'rootId' | 'depth' | 'path'> | null, id: string) {
  return parent === null
    ? { parentId: null, rootId: id, depth: 0, path: '' }
    : { parentId: parent.id, rootId: parent.rootId, depth: parent.depth + 1, path: parent.path + id };
}

/** A comment of before, with the hash of the whole request that made it; null where none was kept. */
export interface Earlier {
  comment: OwnComment;
  requestHash: string | null;
}

export interface PostingContext {
  site: Site | null;
  article: Pick<Article, 'key' | 'commenting' | 'moderation'> | null;
  parent: ParentComment | null;
  reader: ReaderStanding;
  isNetworkHeld: boolean;
  sameText: SameText[];
  /** This reader's earlier comment with the same Idempotency-Key. */
  earlier: Earlier | null;
}

export interface CommentToInsert {
  siteId: string;
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
  textHash: string;
  status: CommentStatus;
  shadowed: boolean;
  signals: Signal[];
  network: Network;
  isNetworkHeld: boolean;
  /** True for a reader without an approved comment, for whom networks, articles and sites are full earlier. */
  isStranger: boolean;
  idempotencyKey: string | null;
  /** The hash of all that was sent; kept where there is a key. */
  requestHash: string | null;
  createdAt: number;
  /** Not null: the article is registered with this address in the same batch, if the comment goes in. */
  registerUrl: string | null;
}

/** The comment as its author sees it once it is stored: no vote, no reply and no edit has met it yet. */
export function asInserted(comment: CommentToInsert): OwnComment {
  const { siteId, id, articleKey, parentId, rootId, depth, path, readerId, authorName, body, source } = comment;
  const { status, shadowed, createdAt } = comment;
  const place = { siteId, id, articleKey, parentId, rootId, depth, path };
  const untouched = { upVotes: 0, downVotes: 0, replyCount: 0, editedAt: null, revision: 1, reason: null };
  return { ...place, readerId, authorName, body, source, status, shadowed, createdAt, ...untouched };
}

/** The attempt that a comment is: its network's windows count it when it goes in. */
export function attemptToPost({ siteId, network, id, createdAt: now, isStranger }: CommentToInsert): Attempt {
  return { siteId, operation: 'comment', network, id, now, isStranger };
}

export type InsertOutcome =
  | ({ outcome: 'inserted' | 'replayed' } & Earlier)
  | { outcome: 'limited'; refusal: Refusal }
  | { outcome: 'closed' | 'parent-gone' };
