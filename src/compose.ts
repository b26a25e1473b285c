import { isFullForReaders } from './core/health/size.ts';
import type { Clock } from './core/platform/clock.ts';
import { StoreUnavailable } from './core/platform/store-unavailable.ts';
import { FIRST_PLACE, type Place } from './core/site/directory.ts';
import type { Config } from './env.ts';
import { createOriginBook } from './http/cache/origin-book.ts';
import { createPageCache } from './http/cache/page-cache.ts';
import { createPurger } from './http/cache/purger.ts';
import type { Dependencies } from './http/dependencies.ts';
import { log as writeLine } from './log.ts';
import { createBursts } from './platform/bursts.ts';
import { createHashing, markOf } from './platform/hashing.ts';
import { ids } from './platform/ids.ts';
import { createKnownArticles } from './platform/known-articles.ts';
import { createMailer, noMailer } from './platform/mailer.ts';
import { createCoolDowns } from './store/cool-downs.ts';
import { createDirectory } from './store/directory.ts';
import { createStores, nothingKnown } from './store/stores.ts';
import { createTableStore } from './store/table-store.ts';
import { VERSION } from './version.ts';

/** Builds mail for the `send_email` binding; its class comes from a module that exists in workerd alone. */
type CreateMessage = (from: string, to: string, raw: string) => unknown;

const composeMailer = (
  { email, mailFrom }: Config,
  clock: Clock,
  createMessage: CreateMessage,
  log: Dependencies['log'],
) => (email === null || mailFrom === null ? noMailer : createMailer(email, mailFrom, createMessage, clock, log));

const placesOf = ({ databases }: Config): Place[] => [...databases.keys()].map((database) => ({ database }));

const databaseOf = ({ databases }: Config, { database }: Place): D1Database => {
  const d1 = databases.get(database);
  if (d1 === undefined) throw new StoreUnavailable('outage', `${database} is not bound: add it to wrangler.toml`);
  return d1;
};

/** Makes the ports from the settings: this alone decides what stands behind each. */
export function compose(
  config: Config,
  clock: Clock,
  createMessage: CreateMessage,
  log: Dependencies['log'] = writeLine,
): Dependencies {
  const hashing = createHashing(config.secret, config.secretBefore);
  const known = new Map([...config.databases.keys()].map((database) => [database, nothingKnown()]));
  return {
    clock,
    ids,
    hashing,
    mailer: composeMailer(config, clock, createMessage, log),
    // Both sides are hashed under the secret, so how long the comparison takes tells nothing about the key.
    isOperatorKey: async (key) => (await hashing.token(key)) === (await hashing.token(config.operatorKey)),
    secretMarks: async () => ({
      SECRET: await markOf(config.secret),
      ...(config.secretBefore !== null && { SECRET_BEFORE: await markOf(config.secretBefore) }),
      OPERATOR_KEY: await markOf(config.operatorKey),
    }),
    random: Math.random,
    receivers: new Map(),
    publicUrl: config.publicUrl,
    plan: config.plan,
    version: VERSION,
    bursts: createBursts(config.rateLimiters),
    coolDowns: createCoolDowns(config.kv, log),
    knownArticles: createKnownArticles(),
    pages: createPageCache(),
    originBook: createOriginBook(),
    purger: createPurger({ clock, log }),
    directory: createDirectory(databaseOf(config, FIRST_PLACE), placesOf(config)),
    openStores: (place, start, deadline) =>
      createStores(databaseOf(config, place), config.kv, start, deadline, known.get(place.database)),
    isFullForReaders: ({ database }) => isFullForReaders(known.get(database)?.bytes ?? 0, config.plan),
    openTables: (place, deadline) => createTableStore(databaseOf(config, place), deadline),
    log,
  };
}
