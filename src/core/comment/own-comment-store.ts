import type { Article } from '../article/article.ts';
import type { Body } from '../body/body.ts';
import type { Deed } from '../event/event.ts';
import type { Attempt, Refusal } from '../rate-limit/attempt.ts';
import type { ReaderStanding } from '../reader/reader.ts';
import type { SameText, Signal } from '../screening/screening.ts';
import type { Site } from '../site/site.ts';
import type { CommentStatus } from './comment-status.ts';
import type { OwnComment } from './own-comment.ts';

export interface Editable {
  comment: OwnComment;
  site: Site;
  article: Article;
  reader: ReaderStanding;
  isNetworkHeld: boolean;
  /** The reasons for which it was held or more. */
  signals: Signal[];
  lastEventId: string | null;
  /** Other comments with the text that it is to have. */
  sameText: SameText[];
}

export interface OwnCommentStore {
  /** The reader's latest comments under one article, in any state, and their votes there. */
  findMine(
    siteId: string,
    articleKey: string,
    readerId: string,
  ): Promise<{ site: Site | null; comments: OwnComment[]; votes: Map<string, 1 | -1> }>;
  /**
   * The comment in any state, with the data that screening an edit needs, and the id of the last event on it. `text`: the
   * hash of the text that it is to have, and since when the same text counts as a repetition; null for a deletion. An
   * attempt that finds no comment of this reader's is not counted, nor refused.
   */
  findOwn(
    attempt: Attempt,
    query: {
      articleKey: string;
      id: string;
      readerId: string;
      text: { textHash: string; sameTextSince: number } | null;
    },
  ): Promise<{ found: Editable | null } | { refusal: Refusal }>;
  /** null: somebody changed it in between. */
  edit(
    deed: Deed,
    edit: {
      articleKey: string;
      id: string;
      from: CommentStatus;
      to: CommentStatus;
      shadowed: boolean;
      revision: number;
      body: Body;
      source: string;
      textHash: string;
      /** The hash of the text before the edit. */
      textHashBefore: string;
      signals: Signal[];
    },
  ): Promise<OwnComment | null>;
  /** Erases text, name and address. False: somebody changed it in between. */
  erase(
    deed: Deed,
    erase: {
      articleKey: string;
      id: string;
      from: CommentStatus;
      revision: number;
      textHash: string;
    },
  ): Promise<boolean>;
}
