import { type StoreFault, StoreUnavailable } from '../../core/platform/store-unavailable.ts';
import type { Problem } from '../../core/problem.ts';

interface Read {
  /** The name of its line in the log. */
  event: string;
  problem: Problem;
}

const MILLIS_A_DAY = 86_400_000;

/** The seconds until Cloudflare's day ends, at midnight UTC. */
const untilMidnight = (now: number): number => Math.ceil((MILLIS_A_DAY - (now % MILLIS_A_DAY)) / 1_000);

/** Somebody has to make room first. */
export const FULL_RETRY_SECONDS = 3_600;

const OF_STORE: Record<StoreFault, (now: number) => Read> = {
  outage: () => ({ event: 'store-unavailable', problem: { reason: 'unavailable', retryAfterSeconds: 5 } }),
  late: () => ({ event: 'store-late', problem: { reason: 'unavailable', retryAfterSeconds: 5 } }),
  overloaded: () => ({ event: 'store-overloaded', problem: { reason: 'overloaded', retryAfterSeconds: 30 } }),
  full: () => ({ event: 'store-full', problem: { reason: 'storage-full', retryAfterSeconds: FULL_RETRY_SECONDS } }),
  quota: (now) => ({
    event: 'store-quota-spent',
    problem: { reason: 'quota-spent', retryAfterSeconds: untilMidnight(now) },
  }),
};

/** A database that does not do its part is no fault of the request; anything else that is thrown is a defect. */
export function readFault(error: Error, now: number): Read {
  return error instanceof StoreUnavailable
    ? OF_STORE[error.fault](now)
    : { event: 'request-failed', problem: { reason: 'internal' } };
}
