import type { OwnCommentView } from '../contract/comment.ts';
import type { Api } from './api.ts';
import type { VoteValue } from './votes.ts';

/** What belongs to this reader under one article, beside the thread that is the same for all. */
export class OwnComments {
  readonly comments = new Map<string, OwnCommentView>();
  votes: Record<string, VoteValue> = {};

  readonly #api: Api;
  readonly #articleKey: string;

  constructor(api: Api, articleKey: string) {
    this.#api = api;
    this.#articleKey = articleKey;
  }

  /** False when it could not be read. */
  async load(): Promise<boolean> {
    const outcome = await this.#api.mine(this.#articleKey);
    if (!outcome.ok) return false;
    this.votes = outcome.value.votes;
    for (const own of outcome.value.comments) this.comments.set(own.id, own);
    return true;
  }

  /** Oldest first. Ids sort by the time of posting. */
  get alive(): OwnCommentView[] {
    return [...this.comments.values()].filter((own) => own.status !== 'deleted').sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get hasPublished(): boolean {
    return [...this.comments.values()].some((own) => own.status === 'published');
  }
}
