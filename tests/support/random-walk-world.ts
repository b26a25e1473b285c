import { env } from 'cloudflare:workers';
import { StoreUnavailable } from '../../src/core/platform/store-unavailable.ts';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { guestKey, NEWS, ORIGIN, openNewsroom } from './newsroom.ts';
import { Dice } from './random-walk.ts';
import { Model } from './random-walk-model.ts';

const GUESTS = 6;

/** Every walk begins at this time, so that all runs are alike. */
export const START = Date.UTC(2026, 10, 24, 8);

/** The stores that public pages are read from. */
const READ = ['sites', 'articles', 'threads', 'comments', 'recent'];

export const LABELS = { section: 'Harbour', topic: 'ferry', author: 'Vera Lind' };

export interface Answer {
  path: string;
  status: number;
  headers: Headers;
  body: string;
}

interface Sending {
  headers?: Record<string, string>;
  body?: unknown;
  /** True goes past the page cache, to the app itself. */
  direct?: boolean;
}

/** KV works while people sign in and then fails: only D1's own, exact limits are left, and nobody waits. */
const openKv = () => {
  let spent = false;
  const kv = new Proxy(env.KV, {
    get: (target, name) => (spent ? () => Promise.reject(new Error('quota')) : Reflect.get(target, name).bind(target)),
  });
  return { kv, spend: () => (spent = true) };
};

/**
 * A site with guests, a desk, a publisher and one article of each kind, behind the page cache as worker.ts puts it.
 * @param number tells the worlds apart: a mark of one in an answer of another is a leak between sites
 */
export const openWorld = async (seed: number, number: number) => {
  const dice = new Dice(seed);
  const { kv, spend } = openKv();
  const room = await openNewsroom({ moderation: 'post' }, { databases: new Map([['DB', env.DB]]), kv });
  room.clock.now = START;
  let down = false;
  const logged: string[] = [];
  const dependencies: Dependencies = {
    ...room.dependencies,
    openStores: (place, start) => {
      if (!down) return room.dependencies.openStores(place, start);
      const outage = () => Promise.reject(new StoreUnavailable('outage', 'D1_ERROR'));
      const store = new Proxy({}, { get: () => outage });
      return {
        ...room.dependencies.openStores(place, start),
        ...Object.fromEntries(READ.map((name) => [name, store])),
      };
    },
    log: (event, facts) => logged.push(JSON.stringify({ event, ...facts })),
  };

  const answer = async (request: Request) => room.app.fetch(request, dependencies);
  const fromCache = createPublicCache(dependencies, answer);

  let marks = 0;
  const mark = (kind: 'mark' | 'name' | 'mail' | 'note' | 'reason' | 'desk' | 'word', revision = ''): string => {
    marks += 1;
    return `${kind}-${number}${String(marks).padStart(5, '0')}${revision}`;
  };

  const secrets = new Set<string>([env.OPERATOR_KEY, room.asPublisher.Authorization.split(' ')[1] ?? '']);
  const asDesk = async (role: 'moderator' | 'admin') => {
    const member = await room.desk(mark('desk'), role).session();
    secrets.add(member.cookie.split('=')[1] ?? '');
    return member.headers;
  };
  const desk = [await asDesk('moderator'), await asDesk('moderator')];
  const admin = await asDesk('admin');
  spend();
  const guests = Array.from({ length: GUESTS }, guestKey);
  for (const guest of guests) secrets.add(guest);

  /** The guest's network address, another every few minutes, so that only a reader's own limit is met. */
  const addressOf = (guest: number): string => {
    const place = (Math.floor((room.clock.now - START) / 240_000) % 65_536).toString(16);
    return guest % 2 === 0 ? `2001:db8:${place}:${number}${guest}::7` : `198.51.100.${number * 10 + guest}`;
  };

  const send = async (method: string, path: string, { headers, body, direct }: Sending = {}): Promise<Answer> => {
    const all = new Headers({ 'CF-Connecting-IP': addressOf(dice.below(GUESTS)), ...headers });
    if (body !== undefined) all.set('Content-Type', 'application/json');
    const init = { method, headers: all, body: body === undefined ? null : JSON.stringify(body) };
    const request = new Request(`${ORIGIN}${path}`, init);
    const address = direct === true ? null : publicAddressOf(request);
    const response = await (address === null ? answer(request) : fromCache(request, address, () => undefined));
    return { path, status: response.status, headers: response.headers, body: await response.text() };
  };

  const asGuest = (guest: number) => ({
    Authorization: `Bearer ${guests[guest]}`,
    'CF-Connecting-IP': addressOf(guest),
    Origin: NEWS,
  });

  const model = new Model(() => room.clock.now);
  return {
    dice,
    model,
    site: room.site,
    at: room.at,
    clock: room.clock,
    send,
    mark,
    asGuest,
    guests: guests.map((_, guest) => guest),
    readerId: (guest: number) => room.dependencies.hashing.reader(room.site, guests[guest] ?? ''),
    desk,
    admin,
    publisher: room.asPublisher,
    /** Secrets that the harness alone knows; the others are in the rows. */
    secrets,
    logged: [room.logged, logged],
    outage: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      down = true;
      return work().finally(() => (down = false));
    },
    /** The article of the last step. */
    touched: 'post',
  };
};

export type World = Awaited<ReturnType<typeof openWorld>>;
