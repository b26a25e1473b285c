import { expect, test } from 'vitest';
import type { TableStore } from '../../src/core/backup/table-store.ts';
import { StoreUnavailable } from '../../src/core/platform/store-unavailable.ts';
import { FIRST_PLACE } from '../../src/core/site/directory.ts';
import type { Stores } from '../../src/core/stores.ts';
import { createApp } from '../../src/http/app.ts';
import { createOriginBook } from '../../src/http/cache/origin-book.ts';
import { createPageCache } from '../../src/http/cache/page-cache.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { type Audience, ROUTES } from '../../src/reference/described.ts';
import { createLimiters } from '../support/memory/platform.ts';

const unreachable = () => Promise.reject(new StoreUnavailable('outage', 'no store here'));
const hash = async () => 'hash';

/** A store that knows what it is told here, and for the rest does not answer. */
const store = (known: Record<string, unknown> = {}) =>
  new Proxy(known, { get: (_, name) => known[String(name)] ?? unreachable });

/** Every credential is good and nothing else is stored: who is let in gets a refusal of another kind. */
const dependencies = (role: 'moderator' | 'admin'): Dependencies => ({
  clock: { now: () => 0 },
  ids: { sortable: () => 'id', token: () => 'token' },
  hashing: {
    reader: hash,
    network: async () => 'range.block.network',
    text: hash,
    token: hash,
    tokens: async () => ['hash'],
    formerReader: async () => null,
    session: hash,
    form: async () => '',
    digest: hash,
  },
  mailer: { isSetUp: false, send: async () => false },
  isOperatorKey: async (key) => key === 'operator-key',
  secretMarks: async () => ({}),
  random: () => 0,
  receivers: new Map(),
  publicUrl: null,
  ...createLimiters(),
  pages: createPageCache(),
  originBook: createOriginBook(),
  plan: null,
  version: 'unbuilt',
  purger: () => {},
  directory: { places: [FIRST_PLACE], placeOf: async () => FIRST_PLACE, enter: unreachable },
  isFullForReaders: () => false,
  openStores: () => {
    const stores: Partial<Record<keyof Stores, unknown>> = {
      sites: store({ findApiKey: async () => ({ id: 'k', name: 'cms', createdAt: 0 }) }),
      moderators: store({ findBySession: async () => ({ id: 'm', name: 'M', role }) }),
      bookmark: () => null,
    };
    return new Proxy(stores, { get: (_, name: keyof Stores) => stores[name] ?? store() }) as Stores;
  },
  openTables: () => store() as unknown as TableStore,
  log: () => {},
});

const cookie = { Cookie: '__Host-belowline-demo=session', Origin: 'http://localhost' };
const credentials: Record<Audience, Record<string, string>> = {
  anyone: {},
  reader: { Authorization: `Bearer ${'k'.repeat(43)}` },
  publisher: { Authorization: 'Bearer bl_demo_key' },
  moderator: cookie,
  admin: cookie,
  operator: { Authorization: 'Bearer operator-key' },
};
const callers = Object.keys(credentials) as Audience[];

test.each(ROUTES.map((described) => [described.name, described] as const))(
  '%s lets in whom it says, and nobody else',
  async (_, { method, path, audience }) => {
    const address = path.replace('{site}', 'demo').replace(/\{\w+\}/g, '1tq5p9k2v0c8m4x7');
    const admitted: Audience[] = [];
    for (const caller of callers) {
      const env = dependencies(caller === 'admin' ? 'admin' : 'moderator');
      const request = { method, headers: credentials[caller] };
      const response = await createApp().request(address, request, env);
      if (response.status !== 401 && response.status !== 403) admitted.push(caller);
    }
    // An open route is open to all; a guest key is anything of its form; an admin is a moderator too.
    const expected = audience.includes('anyone')
      ? callers
      : callers.filter((who) => audience.includes(who) || (who === 'admin' && audience.includes('moderator')));
    expect(admitted).toEqual(expected);
  },
);
