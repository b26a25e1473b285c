import type { Network } from '../core/rate-limit/network.ts';
import type { SiteRow } from './schema.ts';
import { siteById } from './site-store.ts';
import { type SQL, sql } from './sql.ts';

/** A hold that ends later stands: no ban shortens that of another. */
const unlessLonger = sql`ON CONFLICT DO UPDATE SET until = excluded.until WHERE network_holds.until < excluded.until`;

const stands = (siteId: string, name: string, now: number): SQL =>
  sql`network_holds WHERE site_id = ${siteId} AND network = ${name} AND until > ${now}`;

/** Holds networks, a SELECT of that one column. */
export function holdNetworks(siteId: string, networks: SQL, until: number): SQL {
  return sql`INSERT INTO network_holds (site_id, network, until)
    SELECT DISTINCT ${siteId}, network, ${until} FROM (${networks}) WHERE network IS NOT NULL ${unlessLonger}`;
}

export type SiteRowWithHold = SiteRow & { is_held: number };

/** The site, and whether the network is held under either of its names: one row each, and none where there is no hold. */
export function siteWithHold(siteId: string, { today, yesterday }: Network, now: number): SQL {
  return sql`SELECT s.*, EXISTS (SELECT 1 FROM ${stands(siteId, today, now)})
      OR EXISTS (SELECT 1 FROM ${stands(siteId, yesterday, now)}) AS is_held
    FROM (${siteById(siteId)}) s`;
}

/** Carries a hold of yesterday's name on under today's, or tomorrow nothing would find it. */
export function carryHoldOn(siteId: string, { today, yesterday }: Network, now: number): SQL {
  return sql`INSERT INTO network_holds (site_id, network, until)
    SELECT site_id, ${today}, until FROM ${stands(siteId, yesterday, now)} ${unlessLonger}`;
}
