import {
  type Attempt,
  dayOf,
  hourOfDay,
  type LimitWindow,
  type Recent,
  type Refusal,
  refusalOf,
} from '../../../src/core/rate-limit/attempt.ts';
import type { LimitWindowStore } from '../../../src/core/rate-limit/limit-window-store.ts';
import { siteIn, type Tables } from './tables.ts';

/** Today's windows of an operation at a site, and what yesterday still counts. */
export function windowsFor({ limitWindows }: Tables, { siteId, operation, now }: Attempt): LimitWindow[] {
  const today = dayOf(now);
  return limitWindows
    .filter((one) => one.siteId === siteId && one.operation === operation && one.day >= today - 1)
    .map(({ day, ...one }) => ({ ...one, isToday: day === today }));
}

export function count(tables: Tables, { siteId, operation, network, now }: Attempt, ...facts: unknown[]): void {
  if (siteIn(tables, siteId) === undefined) return;
  const { limitWindows } = tables;
  const day = dayOf(now);
  const isIt = (one: (typeof limitWindows)[number]) =>
    one.siteId === siteId && one.operation === operation && one.day === day && one.network === network.today;
  const known = limitWindows.find(isIt);
  const window = known ?? { siteId, operation, network: network.today, day, hours: {}, recent: [] };
  if (known === undefined) limitWindows.push(window);
  const hour = String(hourOfDay(now));
  window.hours[hour] = (window.hours[hour] ?? 0) + 1;
  window.recent.push([now, ...facts] as Recent);
}

/** Counts an attempt that every limit of its networks has room for. */
export function countOrRefuse(tables: Tables, attempt: Attempt, ...facts: unknown[]): Refusal | null {
  const refusal = refusalOf(attempt, windowsFor(tables, attempt));
  if (refusal === null) count(tables, attempt, ...facts);
  return refusal;
}

export function createLimitWindowStore(tables: Tables): LimitWindowStore {
  return {
    async forget(now, limit) {
      const over = tables.limitWindows.filter(({ day }) => day < dayOf(now) - 1).slice(0, limit);
      tables.limitWindows = tables.limitWindows.filter((one) => !over.includes(one));
      return over.length;
    },
  };
}
