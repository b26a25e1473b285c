import type { Context } from 'hono';
import { SiteId } from '../contract/scalars.ts';
import type { TableStore } from '../core/backup/table-store.ts';
import type { Plan } from '../core/health/size.ts';
import type { Receiver } from '../core/outbox/deliver-letters.ts';
import type { Clock } from '../core/platform/clock.ts';
import type { Deadline } from '../core/platform/deadline.ts';
import type { Hashing } from '../core/platform/hashing.ts';
import type { Ids } from '../core/platform/ids.ts';
import type { Mailer } from '../core/platform/mailer.ts';
import type { Bursts } from '../core/rate-limit/bursts.ts';
import type { CoolDowns } from '../core/rate-limit/cool-downs.ts';
import type { KnownArticles } from '../core/rate-limit/read-under-article.ts';
import { type Directory, FIRST_PLACE, type Place } from '../core/site/directory.ts';
import type { Stores } from '../core/stores.ts';
import type { OriginBook } from './cache/origin-book.ts';
import type { PageCache } from './cache/page-cache.ts';
import type { Purger } from './cache/purger.ts';

/** The ports and settings that the composition root hands to each request. */
export interface Dependencies {
  clock: Clock;
  ids: Ids;
  hashing: Hashing;
  mailer: Mailer;
  /** Compares in constant time. */
  isOperatorKey(key: string): Promise<boolean>;
  /** Keyed hashes of the deployment's secrets, by their names. */
  secretMarks(): Promise<Record<string, string>>;
  random(): number;
  /** Those to whom letters go, by their names. */
  receivers: ReadonlyMap<string, Receiver>;
  /** null: the address that the request came to. */
  publicUrl: string | null;
  /** null: the operator has not said which. */
  plan: Plan | null;
  /** The build, by its commit and time. */
  version: string;
  bursts: Bursts;
  coolDowns: CoolDowns;
  knownArticles: KnownArticles;
  pages: PageCache;
  originBook: OriginBook;
  purger: Purger;
  directory: Directory;
  /** @param start `first-unconstrained`, `first-primary` or a bookmark: how fresh this request's reads must be. */
  openStores(place: Place, start: string, deadline?: Deadline): Stores;
  /** True while what room there is in a database is kept for those who make more. */
  isFullForReaders(place: Place): boolean;
  openTables(place: Place, deadline: Deadline): TableStore;
  log(event: string, facts: Record<string, string | number | boolean | null>): void;
}

export interface AppEnv {
  Bindings: Dependencies;
  Variables: {
    requestId: string;
    /** Its address in the contract. */
    route: string;
    place: Place;
    stores: Stores;
    /** Epoch milliseconds: nobody waits for the answer any longer than that. */
    deadline: number;
    /** The same answer for everybody. */
    isPublic: boolean;
    /** True: people read the answer as a page, also where it is a refusal. */
    isPage: boolean;
    /** The route's word on bookmarks. */
    bookmark: 'given' | 'taken' | null;
  };
}

export type AppContext = Context<AppEnv>;

/** Public reads may come from any replica; everything else asks the primary. */
const freshnessOf = (c: AppContext): string => (c.get('isPublic') ? 'first-unconstrained' : 'first-primary');

/** Finds out, for a request about a site, which database it is in. One that nobody knows is looked for in the first. */
export async function findPlace(c: AppContext, siteId: string): Promise<void> {
  const place = await c.env.directory.placeOf(siteId, freshnessOf(c), () => c.get('deadline'));
  if (place !== null) c.set('place', place);
}

/** The database that has the rows of the request's site. */
export function placeOf(c: AppContext): Place {
  return c.get('place') ?? FIRST_PLACE;
}

export const BOOKMARK_HEADER = 'Belowline-Bookmark';

/** The name of a database, then a bookmark of its own: it says nothing of any other. */
const BOOKMARK = /^(\w+):([0-9a-f-]{8,200})$/;

const shownBookmark = (c: AppContext): string | null => {
  const [, database, bookmark] = c.req.header(BOOKMARK_HEADER)?.match(BOOKMARK) ?? [];
  return bookmark !== undefined && database === placeOf(c).database ? bookmark : null;
};

/** The bookmark with which the reader's next request sees this write, wherever it is answered. */
export function bookmarkOf(c: AppContext): string | null {
  const bookmark = storesOf(c).bookmark();
  return bookmark === null ? null : `${placeOf(c).database}:${bookmark}`;
}

/**
 * The point that this request's reads start from. A reader's look at their own comments starts from the bookmark of
 * their last write; what a moderator decides on, and the bans and settings that a post is held against, come from the
 * primary.
 */
const startOf = (c: AppContext): string => {
  const bookmark = c.get('bookmark') === 'taken' ? shownBookmark(c) : null;
  return bookmark ?? freshnessOf(c);
};

/** The stores of this request, opened once. */
const storesOf = (c: AppContext): Stores => {
  const opened = c.get('stores');
  if (opened !== undefined) return opened;
  const stores = c.env.openStores(placeOf(c), startOf(c), () => c.get('deadline'));
  c.set('stores', stores);
  return stores;
};

/** A request as it may be logged: the route and not the address, and a site only where it can be one. */
export function factsOf(c: AppContext) {
  const site = SiteId.safeParse(c.req.param('site'));
  return {
    requestId: c.get('requestId'),
    method: c.req.method,
    route: c.get('route') ?? null,
    site: site.success ? site.data : null,
  };
}

/** A HEAD is a GET whose answer is left out. */
export function isRead(c: AppContext): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}

/** The address under which this deployment is known. */
function publicUrlOf(c: AppContext): string {
  return c.env.publicUrl ?? new URL(c.req.url).origin;
}

/** Everything a use case may ask for. */
export function depsOf(c: AppContext) {
  const { clock, ids, hashing, mailer, plan, version, secretMarks } = c.env;
  const deadline = () => c.get('deadline');
  const directory: Directory = {
    ...c.env.directory,
    enter: (siteId, place) => c.env.directory.enter(siteId, place, deadline),
  };
  const storesIn = (place: Place): Stores => c.env.openStores(place, 'first-primary', deadline);
  const tablesIn = (place: Place): TableStore => c.env.openTables(place, deadline);
  const { bursts, coolDowns, knownArticles } = c.env;
  const limiters = { bursts, coolDowns, knownArticles };
  const house = { clock, ids, hashing, mailer, directory, plan, version, secretMarks, ...limiters, storesIn, tablesIn };
  return { ...house, ...storesOf(c), publicUrl: publicUrlOf(c) };
}

export type Deps = ReturnType<typeof depsOf>;
