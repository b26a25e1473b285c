import { type Result, refuse } from '../result.ts';
import { type Limit, networkLimits, type Operation } from './limits.ts';
import { MILLIS_A_DAY, MILLIS_AN_HOUR, type Network, partOf } from './network.ts';

/** One try of a limited operation. A store counts it, and lets it through only while every network limit has room. */
export interface Attempt {
  siteId: string;
  operation: Operation;
  network: Network;
  /** A sortable id, which only this try has. */
  id: string;
  now: number;
  /** True for a reader without an approved comment, where the limits keep a share for the others. */
  isStranger: boolean;
}

/** A try of the last minutes: its time; of a vote that is cast also the comment, the voter, and whether it is set aside. */
export type Recent = [at: number, about?: string, by?: string, mark?: 0 | 1 | 2];

/** All tries of an operation from one network in one day. */
export interface LimitWindow {
  /** True for today's windows, false for yesterday's. */
  isToday: boolean;
  network: string;
  /** Their number, by the hour of the day. */
  hours: Record<string, number>;
  recent: Recent[];
}

/** The limit that an attempt is refused by, and the moment at which the next is allowed. */
export interface Refusal {
  limit: Limit;
  /** The number that was reached, in that time: the limit's own, or that of a day. */
  count: number;
  windowSeconds: number;
  retryAt: number;
}

export function dayOf(at: number): number {
  return Math.floor(at / MILLIS_A_DAY);
}

export function hourOfDay(at: number): number {
  return Math.floor((at % MILLIS_A_DAY) / MILLIS_AN_HOUR);
}

/** The limit's own window: the attempt that has to leave it first is the one `count` places back. */
const byWindow = (limit: Limit, windows: LimitWindow[], now: number): Refusal | null => {
  const { count, windowSeconds } = limit;
  const times = windows.flatMap(({ recent }) => recent.map(([at]) => at));
  const blocker = times
    .filter((at) => at > now - windowSeconds * 1_000)
    .sort((a, b) => b - a)
    .at(count - 1);
  return blocker === undefined ? null : { limit, count, windowSeconds, retryAt: blocker + windowSeconds * 1_000 };
};

/** The day, which ends an hour at a time: an hour of yesterday is counted until the same hour of today is over. */
const byDay = (limit: Limit, windows: LimitWindow[], now: number): Refusal | null => {
  if (limit.aDay === undefined) return null;
  const today = dayOf(now) * MILLIS_A_DAY;
  const hours = windows
    .flatMap(({ isToday, hours: counts }) =>
      Object.entries(counts).map(([hour, n]) => ({
        at: today - (isToday ? 0 : MILLIS_A_DAY) + Number(hour) * MILLIS_AN_HOUR,
        n,
      })),
    )
    .filter(({ at }) => at + MILLIS_A_DAY + MILLIS_AN_HOUR > now)
    .sort((a, b) => a.at - b.at);
  let left = hours.reduce((sum, { n }) => sum + n, 0);
  let retryAt: number | null = null;
  for (const { at, n } of hours) {
    if (left < limit.aDay) break;
    left -= n;
    retryAt = at + MILLIS_A_DAY + MILLIS_AN_HOUR;
  }
  return retryAt === null ? null : { limit, count: limit.aDay, windowSeconds: MILLIS_A_DAY / 1_000, retryAt };
};

const isIn = (part: string, network: string): boolean => network === part || network.startsWith(`${part}.`);

/** The windows of all networks that share the limit's part of the attempt's own network. */
function windowsFor(limit: Limit, { network }: Attempt, windows: LimitWindow[]): LimitWindow[] {
  const [today, yesterday] = [partOf(network.today, limit.actor), partOf(network.yesterday, limit.actor)];
  return windows.filter((one) => isIn(one.isToday ? today : yesterday, one.network));
}

/** The refusal that lasts longest; null while every limit of the attempt's networks has room. */
export function refusalOf(attempt: Attempt, windows: LimitWindow[]): Refusal | null {
  const refusals = networkLimits(attempt.operation, attempt.isStranger).flatMap((limit) => {
    const these = windowsFor(limit, attempt, windows);
    return [byWindow(limit, these, attempt.now), byDay(limit, these, attempt.now)].filter((one) => one !== null);
  });
  return refusals.reduce<Refusal | null>(
    (last, one) => (last === null || one.retryAt > last.retryAt ? one : last),
    null,
  );
}

/** Voters on one comment, other than this one, from each network that has a limit for them. */
export function isBurst(
  attempt: Attempt,
  { about, by, hasNewKey }: { about: string; by: string; hasNewKey: boolean },
  windows: LimitWindow[],
): boolean {
  return networkLimits('votes-on-one-comment').some((limit) => {
    if (limit.actor !== 'network' && !hasNewKey) return false;
    const since = attempt.now - limit.windowSeconds * 1_000;
    const voters = windowsFor(limit, attempt, windows).flatMap(({ recent }) =>
      recent
        .filter(([at, comment, voter]) => at > since && comment === about && voter !== by)
        .map(([, , voter]) => voter),
    );
    return new Set(voters).size >= limit.count;
  });
}

/** The seconds for which single tries are kept: the longest window that they are looked for in. */
export function recentSeconds(operation: Operation): number {
  const looked = [operation, ...(operation === 'vote' ? (['votes-on-one-comment'] as const) : [])];
  return Math.max(...looked.flatMap((one) => networkLimits(one).map(({ windowSeconds }) => windowSeconds)));
}

export function refuseLimited({ limit, count, windowSeconds, retryAt }: Refusal): Result<never> {
  return refuse({ reason: 'rate-limited', operation: limit.operation, limit: count, windowSeconds, retryAt });
}
