import type { Attempt, Refusal } from '../core/rate-limit/attempt.ts';
import type { CoolDowns } from '../core/rate-limit/cool-downs.ts';
import { networkLimits } from '../core/rate-limit/limits.ts';
import { partOf } from '../core/rate-limit/network.ts';

/** A reader waits for the answer, and the database would give it, too. */
const PATIENCE_MILLIS = 200;

/** KV shows a write elsewhere after a minute; a range that it was asked about is asked about no earlier. */
const REMEMBERED_MILLIS = 60_000;

/** A shorter cool-down is over before others can read it, and asking the database for so long is cheap. */
const WORTH_WRITING_MILLIS = 300_000;

/** The most ranges that an isolate remembers; those that it was asked about first are forgotten first. */
const MOST_RANGES = 5_000;

/** After a fault KV is left alone for so long, and each such time is logged once. */
const FAULT_MILLIS = 60_000;

/** A refusal without its limit, which is found again by its scope: the operation, and the part of the network. */
interface Kept {
  until: number;
  count: number;
  windowSeconds: number;
}

type Scopes = Record<string, Kept>;

interface Known {
  scopes: Scopes;
  askedAt: number;
}

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: number | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('KV did not answer in time')), PATIENCE_MILLIS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * One key a range, `cd:{site}:{range}`, so that an attempt reads one. It is written when a limit trips for long, once a
 * scope and isolate, and by nothing else: where KV takes no write, the isolate remembers for itself.
 */
export function createCoolDowns(kv: KVNamespace, log: (event: string, facts: { call: string }) => void): CoolDowns {
  const ranges = new Map<string, Known>();
  let restUntil = 0;

  const keyOf = ({ siteId, network }: Attempt): string => `cd:${siteId}:${partOf(network.today, 'range')}`;

  const tried = async <T>(call: string, now: number, work: () => Promise<T>): Promise<T | null> => {
    if (now < restUntil) return null;
    try {
      return await inTime(work());
    } catch {
      if (now >= restUntil) log('kv-unavailable', { call });
      restUntil = now + FAULT_MILLIS;
      return null;
    }
  };

  const remember = (key: string, known: Known): Known => {
    const [first] = ranges.keys();
    if (ranges.size >= MOST_RANGES && first !== undefined) ranges.delete(first);
    ranges.delete(key);
    ranges.set(key, known);
    return known;
  };

  /** What is known of the range: from this isolate, or KV with it. */
  const knownOf = async (attempt: Attempt): Promise<Known> => {
    const { now } = attempt;
    const key = keyOf(attempt);
    const known = ranges.get(key);
    if (known !== undefined && now < known.askedAt + REMEMBERED_MILLIS) return known;
    // Noted before KV answers: attempts of the meantime ask the database.
    const fresh = remember(key, { scopes: known?.scopes ?? {}, askedAt: now });
    const stored = await tried('get', now, () => kv.get<Scopes>(key, 'json'));
    Object.assign(fresh.scopes, stored);
    return fresh;
  };

  return {
    async find(attempt) {
      const { scopes } = await knownOf(attempt);
      for (const limit of networkLimits(attempt.operation)) {
        const kept = scopes[`${limit.operation} ${partOf(attempt.network.today, limit.actor)}`];
        if (kept === undefined || kept.until <= attempt.now) continue;
        return { limit, count: kept.count, windowSeconds: kept.windowSeconds, retryAt: kept.until };
      }
      return null;
    },

    async start(attempt, { limit, count, windowSeconds, retryAt }: Refusal) {
      if (!networkLimits(attempt.operation).includes(limit)) return;
      const { now, network } = attempt;
      const key = keyOf(attempt);
      const scope = `${limit.operation} ${partOf(network.today, limit.actor)}`;
      const { scopes } = ranges.get(key) ?? remember(key, { scopes: {}, askedAt: 0 });
      const isKnown = (scopes[scope]?.until ?? 0) >= retryAt;
      for (const [name, { until }] of Object.entries(scopes)) if (until <= now) delete scopes[name];
      scopes[scope] = { until: retryAt, count, windowSeconds };
      if (isKnown || retryAt - now < WORTH_WRITING_MILLIS) return;
      const lasting = Object.entries(scopes).filter(([, { until }]) => until - now >= WORTH_WRITING_MILLIS);
      const expirationTtl = Math.ceil((Math.max(...lasting.map(([, { until }]) => until)) - now) / 1_000);
      await tried('put', now, () => kv.put(key, JSON.stringify(Object.fromEntries(lasting)), { expirationTtl }));
    },
  };
}
