import type { Network } from '../../../src/core/rate-limit/network.ts';
import type { Tables } from './tables.ts';

/** A hold that ends later stands. */
export function hold(tables: Tables, siteId: string, network: string, until: number): void {
  const known = tables.networkHolds.find((one) => one.siteId === siteId && one.network === network);
  if (known === undefined) tables.networkHolds.push({ siteId, network, until });
  else known.until = Math.max(known.until, until);
}

export function isNetworkHeld(tables: Tables, siteId: string, { today, yesterday }: Network, now: number): boolean {
  const held = tables.networkHolds.filter((one) => one.siteId === siteId && one.until > now);
  return held.some(({ network }) => network === today || network === yesterday);
}

/** A hold of yesterday's name goes on under today's. */
export function carryHoldOn(tables: Tables, siteId: string, { today, yesterday }: Network, now: number): void {
  const held = tables.networkHolds.filter((one) => one.siteId === siteId && one.until > now);
  for (const { network, until } of held) if (network === yesterday) hold(tables, siteId, today, until);
}
