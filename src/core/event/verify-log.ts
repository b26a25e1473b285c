import type { Hashing } from '../platform/hashing.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Context } from './context.ts';
import type { EventLog, Seal, Sites } from './event-log.ts';
import { hashOf } from './seal.ts';

/** An interval whose events differ from those that were sealed: after one deed, up to and including another. */
interface BrokenSeal {
  /** The id of the deed before the interval; empty at the beginning of the log. */
  after: string;
  upTo: string;
  fault: 'changed' | 'missing' | 'inserted';
  sealedAt: number;
}

export interface Verified {
  seals: number;
  events: number;
  broken: BrokenSeal[];
  /** The last seal that was checked. A copy kept elsewhere can be compared with it. */
  last: Seal | null;
  /** The id from which the next call goes on; null at the end of the log. */
  next: string | null;
}

/** The seals that one call checks. Each is one read of up to a few hundred events. */
const SEALS_A_CALL = 20;

const faultOf = (sealed: number, found: number): BrokenSeal['fault'] => {
  if (found < sealed) return 'missing';
  return found > sealed ? 'inserted' : 'changed';
};

/**
 * Hashes the log again and compares it with its seals. Each interval starts from the stored hash, so that a fault is
 * found in its own interval and in no later one.
 */
export async function verifyLog(
  deps: { log: EventLog; sites: Sites; hashing: Pick<Hashing, 'digest'> },
  { site }: Context,
  { after }: { after: string | null },
): Promise<Result<Verified>> {
  if ((await deps.sites.find(site)) === null) return refuse({ reason: 'not-found', what: 'site' });
  const [found] = after === null ? [] : await deps.log.listSeals(site, after, 1);
  // From a seal that is gone nothing can go on: what it held would be looked at by nobody. So all is looked at again.
  let previous: Seal | null = found?.lastId === after ? found : null;
  const known = previous === null ? 0 : 1;
  const seals = (await deps.log.listSeals(site, previous?.lastId ?? null, SEALS_A_CALL + known + 1)).slice(known);
  const verified: Verified = { seals: 0, events: 0, broken: [], last: null, next: null };
  for (const seal of seals.slice(0, SEALS_A_CALL)) {
    const range = { siteId: site, after: previous?.lastId ?? '', upTo: seal.lastId, limit: null };
    const events = await deps.log.listBetween(range);
    if ((await hashOf(deps.hashing, previous, events)) !== seal.hash) {
      const fault = faultOf(seal.events, events.length);
      verified.broken.push({ after: range.after, upTo: seal.lastId, fault, sealedAt: seal.sealedAt });
    }
    verified.seals += 1;
    verified.events += events.length;
    previous = seal;
  }
  verified.last = previous;
  if (seals.length > SEALS_A_CALL) verified.next = previous?.lastId ?? null;
  return ok(verified);
}
