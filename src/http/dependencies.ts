import type { Context } from 'hono';
import type { Clock } from '../core/platform/clock.ts';
import type { Hashing } from '../core/platform/hashing.ts';
import type { Ids } from '../core/platform/ids.ts';
import type { Mailer } from '../core/platform/mailer.ts';
import type { Stores } from '../core/stores.ts';
import type { PageCache } from './cache/page-cache.ts';
import { isPublicRead } from './cache/public-read.ts';

/** The ports and settings that the composition root hands to each request. */
export interface Dependencies {
  clock: Clock;
  ids: Ids;
  hashing: Hashing;
  mailer: Mailer;
  /** Compares in constant time. */
  isOperatorKey(key: string): Promise<boolean>;
  /** null: the address that the request came to. */
  publicUrl: string | null;
  pages: PageCache;
  /** @param start `first-unconstrained`, `first-primary` or a bookmark: how fresh this request's reads must be. */
  openStores(start: string): Stores;
  log(event: string, facts: Record<string, string | number | boolean | null>): void;
}

export interface AppEnv {
  Bindings: Dependencies;
  Variables: {
    requestId: string;
    stores: Stores;
    /** The route's word on bookmarks. */
    bookmark: 'given' | 'taken' | null;
  };
}

export type AppContext = Context<AppEnv>;

const BOOKMARK = /^[0-9a-f-]{8,200}$/;

export const BOOKMARK_HEADER = 'Belowline-Bookmark';

/**
 * The point that this request's reads start from. Public reads may come from any replica. A reader's look at their own comments
 * starts from the bookmark of their last write. Everything else asks the primary: what a moderator decides on, and the
 * bans and settings that a post is held against.
 */
const startOf = (c: AppContext): string => {
  if (isPublicRead(c.req.raw)) return 'first-unconstrained';
  const bookmark = c.req.header(BOOKMARK_HEADER);
  const isTaken = c.get('bookmark') === 'taken' && bookmark !== undefined && BOOKMARK.test(bookmark);
  return isTaken ? bookmark : 'first-primary';
};

/** The stores of this request, opened once. */
const storesOf = (c: AppContext): Stores => {
  const opened = c.get('stores');
  if (opened !== undefined) return opened;
  const stores = c.env.openStores(startOf(c));
  c.set('stores', stores);
  return stores;
};

/** The address under which this deployment is known. */
export function publicUrlOf(c: AppContext): string {
  return c.env.publicUrl ?? new URL(c.req.url).origin;
}

/** Everything a use case may ask for. */
export function depsOf(c: AppContext) {
  const { clock, ids, hashing, mailer } = c.env;
  return { clock, ids, hashing, mailer, ...storesOf(c), publicUrl: publicUrlOf(c) };
}

export type Deps = ReturnType<typeof depsOf>;
