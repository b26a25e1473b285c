import { findMine } from '../../contract/addresses.ts';
import type { OwnCommentView, VoteView } from '../../contract/comment.ts';
import type { ThreadScope } from '../reading/scopes.ts';
import { guestKey } from './guest.ts';
import { callAsGuest } from './signed-calls.ts';
import { dropStored, readObject, writeStored } from './storage.ts';

/** Caches keep a page for a quarter of a minute; a reader's clock and a slow line may add as much again. */
const CACHED_MS = 60_000;

/** Comments deleted in this browser a moment ago, and the time of the last deletion: caches may still have them. */
interface Deleted {
  at: number;
  ids: string[];
}

/** This reader's own comments and votes under one article, beside the thread that is the same for all. */
export class OwnComments {
  readonly comments = new Map<string, OwnCommentView>();
  votes: Record<string, VoteView['value']> = {};

  readonly #thread: ThreadScope;
  readonly #deletedKey: string;
  readonly #deleted: string[] = [];

  constructor(thread: ThreadScope) {
    this.#thread = thread;
    this.#deletedKey = `belowline:deleted:${thread.site}`;
    const { at = 0, ids = [] } = readObject<Deleted>(this.#deletedKey);
    if (Math.abs(Date.now() - at) < CACHED_MS && Array.isArray(ids)) this.#deleted = ids;
    else dropStored(this.#deletedKey);
  }

  wasDeleted(id: string): boolean {
    return this.#deleted.includes(id);
  }

  rememberDeleted(id: string): void {
    this.#deleted.push(id);
    const deleted: Deleted = { at: Date.now(), ids: this.#deleted };
    writeStored(this.#deletedKey, JSON.stringify(deleted));
  }

  /** False when they could not be loaded. Nothing is asked for somebody who never wrote here. */
  async load(): Promise<boolean> {
    const { api, site } = this.#thread;
    if (guestKey(site) === null) return true;
    const headers = { ...(api.bookmark && { 'Belowline-Bookmark': api.bookmark }) };
    const outcome = await callAsGuest(this.#thread, findMine, { headers });
    if (!outcome.ok) return false;
    this.votes = outcome.value.votes;
    for (const own of outcome.value.comments) this.comments.set(own.id, own);
    return true;
  }

  /** The comments that are not deleted, oldest first: ids sort by the time of posting. */
  get alive(): OwnCommentView[] {
    return [...this.comments.values()].filter((own) => own.status !== 'deleted').sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get hasPublished(): boolean {
    return [...this.comments.values()].some((own) => own.status === 'published');
  }
}
