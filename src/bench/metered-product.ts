import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { buildIfChanged } from '../cli/build.ts';
import { LocalLog } from '../cli/local-log.ts';
import { localWorkerOptions } from '../cli/local-worker.ts';
import { applyMigrations } from '../cli/migrations.ts';
import { findFreePort } from '../cli/port.ts';
import { ROOT } from '../cli/project.ts';
import { readOrCreateSecrets } from '../cli/secrets.ts';
import { inviteModerator, signIn as openSession } from '../contract/addresses.ts';
import { type AnswerAt, type Request as Asked, requestTo, type Sending } from '../contract/client.ts';
import type { Address } from '../contract/routes.ts';
import { FIRST_PLACE } from '../core/site/directory.ts';
import { createApp } from '../http/app.ts';
import { createOriginBook } from '../http/cache/origin-book.ts';
import { createPageCache } from '../http/cache/page-cache.ts';
import type { Dependencies } from '../http/dependencies.ts';
import { createBursts } from '../platform/bursts.ts';
import { createHashing } from '../platform/hashing.ts';
import { ids } from '../platform/ids.ts';
import { createKnownArticles } from '../platform/known-articles.ts';
import { noMailer } from '../platform/mailer.ts';
import { createCoolDowns } from '../store/cool-downs.ts';
import { createDirectory } from '../store/directory.ts';
import { createStores, nothingKnown } from '../store/stores.ts';
import { createTableStore } from '../store/table-store.ts';
import { Meter } from './meter.ts';
import { ORIGIN } from './origin.ts';

// biome-ignore lint/suspicious/noExplicitAny: each caller knows what is answered.
type Any = any;

export interface MeteredProduct {
  meter: Meter;
  /** The real database, without the meter, to prepare it and to read plans. */
  d1: D1Database;
  operatorKey: string;
  fetch(request: Request): Promise<Response>;
  /** Fails unless the answer is a success. */
  request(asked: Asked, headers?: Record<string, string>): Promise<{ body: Any; headers: Headers }>;
  ask<At extends Address>(
    at: At,
    sending: Sending<At>,
    headers?: Record<string, string>,
  ): Promise<{ body: AnswerAt<At>; headers: Headers }>;
  /** The headers of a moderator who has just signed in. */
  signIn(siteId: string): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** The whole app in this process over the D1 and KV of a state folder, with a meter in between. No cache in front. */
export async function openMetered(stateDir: string): Promise<MeteredProduct> {
  await buildIfChanged();
  const { SECRET, OPERATOR_KEY } = readOrCreateSecrets(join(stateDir, 'secrets'));
  const log = new LocalLog(join(stateDir, 'worker.log'), true);
  const port = await findFreePort('127.0.0.1');
  const vars = { SECRET, OPERATOR_KEY };
  const server = new Miniflare(localWorkerOptions({ host: '127.0.0.1', port, stateDir, log, vars }));
  const d1 = await server.getD1Database('DB');
  await applyMigrations(d1, join(ROOT, 'migrations'));
  const meter = new Meter();
  const metered = meter.database(d1);
  const kv = meter.namespace((await server.getKVNamespace('KV')) as KVNamespace);
  const known = nothingKnown();
  const dependencies: Dependencies = {
    clock: { now: () => Date.now() },
    ids,
    hashing: createHashing(SECRET),
    mailer: noMailer,
    isOperatorKey: async (key) => key === OPERATOR_KEY,
    secretMarks: async () => ({}),
    random: () => 0,
    receivers: new Map(),
    publicUrl: ORIGIN,
    pages: createPageCache(),
    originBook: createOriginBook(),
    plan: null,
    version: 'unbuilt',
    purger: () => undefined,
    directory: createDirectory(metered, [FIRST_PLACE]),
    bursts: createBursts({}),
    knownArticles: createKnownArticles(),
    coolDowns: createCoolDowns(kv, (event, facts) => console.error(event, facts)),
    openStores: (_place, start) => createStores(metered, kv, start, undefined, known),
    isFullForReaders: () => false,
    openTables: () => createTableStore(metered),
    log: (event, facts) => console.error(event, facts),
  };
  const app = createApp();

  const fetch = async (request: Request) => app.fetch(request, dependencies);

  const request: MeteredProduct['request'] = async ({ method, path, body }, headers = {}) => {
    const init = {
      method,
      headers: { 'CF-Connecting-IP': '203.0.113.7', 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    };
    const response = await fetch(new Request(`${ORIGIN}${path}`, init));
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return { body: text === '' ? null : JSON.parse(text), headers: response.headers };
  };

  const ask: MeteredProduct['ask'] = (at, sending, headers) => request(requestTo(at, sending), headers);

  const signIn = async (siteId: string) => {
    const body = { email: `bench-${Date.now()}@news.example`, name: 'Bench', role: 'moderator' } as const;
    const asOperator = { Authorization: `Bearer ${OPERATOR_KEY}` };
    const invited = await ask(inviteModerator, { site: siteId, body }, asOperator);
    const token = new URL(invited.body.signInUrl ?? '').hash.replace('#token=', '');
    const session = await ask(openSession, { site: siteId, body: { token } });
    return { Cookie: session.headers.get('Set-Cookie')?.split(';')[0] ?? '', Origin: ORIGIN };
  };

  return { meter, d1, operatorKey: OPERATOR_KEY, fetch, request, ask, signIn, stop: () => server.dispose() };
}
