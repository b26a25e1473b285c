import type { Attempt, Refusal } from '../core/rate-limit/attempt.ts';
import type { CoolDowns } from '../core/rate-limit/cool-downs.ts';
import { type Limit, networkLimits } from '../core/rate-limit/limits.ts';
import { partOf } from '../core/rate-limit/network.ts';
import { inTime, kvIsLate } from './in-time.ts';

/** A reader waits for the answer, and the database would give it, too. */
const PATIENCE_MILLIS = 200;

/** KV shows a write elsewhere after a minute; a site that it was asked about is asked about no earlier. */
const REMEMBERED_MILLIS = 60_000;

/** KV takes one write a second of a key, and so many a day on the free plan that each minute may have one. */
const WRITTEN_MILLIS = 60_000;

/** A shorter cool-down is over before others can read it, and asking the database for so long is cheap. */
const WORTH_WRITING_MILLIS = 300_000;

/** The most sites that an isolate remembers; those that it was asked about first are forgotten first. */
const MOST_SITES = 1_000;

/** The most cool-downs that are remembered of a site, some 100 kB; those that began first are forgotten first. */
const MOST_SCOPES = 1_000;

/** After a fault KV is left alone for so long, and each such time is logged once. */
const FAULT_MILLIS = 60_000;

/** A refusal without its limit, which is found again by its scope: the operation, and the part of the network. */
interface Kept {
  until: number;
  count: number;
  windowSeconds: number;
}

interface Known {
  scopes: Map<string, Kept>;
  askedAt: number;
  writtenAt: number;
}

const scopeOf = ({ network }: Attempt, { operation, actor }: Limit): string =>
  `${operation} ${partOf(network.today, actor)}`;

/** The one that came first leaves where there are too many. */
const insertBounded = <Value>(map: Map<string, Value>, key: string, value: Value, most: number): Value => {
  map.delete(key);
  const [first] = map.keys();
  if (map.size >= most && first !== undefined) map.delete(first);
  map.set(key, value);
  return value;
};

/**
 * One key a site, `cd:{site}`: all readers' attempts read the same, which is then near each of them, where a key of
 * their own network's would be far from most. It is written when a limit trips for long, at most once a minute and
 * isolate, and by nothing else. What two isolates write at the same time may lack the other's; the database counts.
 */
export function createCoolDowns(kv: KVNamespace, log: (event: string, facts: { call: string }) => void): CoolDowns {
  const sites = new Map<string, Known>();
  let restUntil = 0;

  const keyOf = (siteId: string): string => `cd:${siteId}`;

  const tried = async <T>(call: string, now: number, work: () => Promise<T>): Promise<T | null> => {
    if (now < restUntil) return null;
    try {
      return await inTime(work(), PATIENCE_MILLIS, kvIsLate);
    } catch {
      if (now >= restUntil) log('kv-unavailable', { call });
      restUntil = now + FAULT_MILLIS;
      return null;
    }
  };

  /** The one of two refusals of a scope that holds for longer is kept; true where it is this one. */
  const remember = ({ scopes }: Known, scope: string, kept: Kept): boolean => {
    if ((scopes.get(scope)?.until ?? 0) >= kept.until) return false;
    insertBounded(scopes, scope, kept, MOST_SCOPES);
    return true;
  };

  /** The refusals known of the site: from this isolate, or KV with it. */
  const knownOf = async ({ siteId, now }: Attempt): Promise<Known> => {
    const known =
      sites.get(siteId) ?? insertBounded(sites, siteId, { scopes: new Map(), askedAt: 0, writtenAt: 0 }, MOST_SITES);
    if (now < known.askedAt + REMEMBERED_MILLIS) return known;
    // Noted before KV answers: attempts of the meantime ask the database.
    known.askedAt = now;
    const stored = await tried('get', now, () => kv.get<[string, Kept][]>(keyOf(siteId), 'json'));
    for (const [scope, kept] of stored ?? []) remember(known, scope, kept);
    return known;
  };

  const write = async (siteId: string, known: Known, now: number): Promise<void> => {
    const lasting = [...known.scopes].filter(([, { until }]) => until - now >= WORTH_WRITING_MILLIS);
    known.writtenAt = now;
    const expirationTtl = Math.ceil((Math.max(...lasting.map(([, { until }]) => until)) - now) / 1_000);
    await tried('put', now, () => kv.put(keyOf(siteId), JSON.stringify(lasting), { expirationTtl }));
  };

  return {
    async find(attempt) {
      const { scopes } = await knownOf(attempt);
      for (const limit of networkLimits(attempt.operation)) {
        const kept = scopes.get(scopeOf(attempt, limit));
        if (kept === undefined || kept.until <= attempt.now) continue;
        return { limit, count: kept.count, windowSeconds: kept.windowSeconds, retryAt: kept.until };
      }
      return null;
    },

    async start(attempt, { limit, count, windowSeconds, retryAt }: Refusal) {
      if (!networkLimits(attempt.operation).includes(limit)) return;
      const { siteId, now } = attempt;
      const known = await knownOf(attempt);
      const isNew = remember(known, scopeOf(attempt, limit), { until: retryAt, count, windowSeconds });
      const isDue = retryAt - now >= WORTH_WRITING_MILLIS && now >= known.writtenAt + WRITTEN_MILLIS;
      if (isNew && isDue) await write(siteId, known, now);
    },
  };
}
