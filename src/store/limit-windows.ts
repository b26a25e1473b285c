import { lowestIdAt } from '../core/platform/sortable-id.ts';
import {
  type Attempt,
  dayOf,
  hourOfDay,
  type LimitWindow,
  type Recent,
  type Refusal,
  recentSeconds,
  refusalOf,
} from '../core/rate-limit/attempt.ts';
import type { LimitWindowStore } from '../core/rate-limit/limit-window-store.ts';
import { type Actor, networkLimits } from '../core/rate-limit/limits.ts';
import { partOf } from '../core/rate-limit/network.ts';
import type { Database } from './database.ts';
import { type SQL, sql } from './sql.ts';

/** A dot stands before every further part of a network's name, and the next character after it ends the range. */
const within = (part: string): SQL => sql`network >= ${`${part}.`} AND network < ${`${part}/`}`;

/** The windows of the attempt's whole range, a row for each network with any: today's, and what yesterday still counts. */
const windowsInReach = (
  { siteId, operation, network, now }: Attempt,
  columns: (name: string, isToday: boolean) => SQL,
) =>
  sql.join(
    [network.today, network.yesterday].map(
      (name, back) => sql`SELECT ${columns(name, back === 0)} FROM limit_windows
        WHERE day = ${dayOf(now) - back} AND site_id = ${siteId} AND operation = ${operation}
          AND ${within(partOf(name, 'range'))}`,
    ),
    sql` UNION ALL `,
  );

/** `recent` and `last`, and whether the window is of the attempt's own block and network. */
const placed = (name: string): SQL =>
  sql`recent, last, network = ${name} AS by_network, (${within(partOf(name, 'block'))}) AS by_block`;

const FILTERS: Partial<Record<Actor, SQL>> = {
  network: sql`FILTER (WHERE by_network)`,
  block: sql`FILTER (WHERE by_block)`,
  range: sql``,
};

/** True where a window may have a try since then: each entry of a JSON list that is looked into is a row read. */
const isOfLate = (since: number): SQL => sql`last >= ${lowestIdAt(since)}`;

const startOf = (windowSeconds: number, now: number): number => now - windowSeconds * 1_000;

/** True while all limits of the attempt's networks have room. */
export function hasRoom(attempt: Attempt): SQL {
  const limits = networkLimits(attempt.operation, attempt.isStranger);
  const since = startOf(limits[0]?.windowSeconds ?? 0, attempt.now);
  const isCounted = sql`key + 0 >= ${hourOfDay(attempt.now)}`;
  const counted = windowsInReach(
    attempt,
    (name, isToday) => sql`${placed(name)},
      (SELECT total(value) FROM json_each(hours) WHERE ${isToday ? sql`1` : isCounted}) AS in_a_day`,
  );
  const rooms = limits.flatMap(({ actor, count, aDay }) => {
    const isBelow = (column: string, most: number) =>
      sql`${sql.raw(`total(${column})`)} ${FILTERS[actor]} < ${sql.raw(`${most}`)}`;
    return [isBelow('in_window', count), ...(aDay === undefined ? [] : [isBelow('in_a_day', aDay)])];
  });
  return sql`(SELECT ${sql.join(rooms, sql` AND `)} FROM (
    SELECT *, iif(${isOfLate(since)}, (SELECT count(*) FROM json_each(recent) WHERE value ->> 0 > ${since}), 0) AS in_window
    FROM (${counted})))`;
}

const keyOf = ({ siteId, operation, network, now }: Attempt): SQL =>
  sql`day = ${dayOf(now)} AND site_id = ${siteId} AND operation = ${operation} AND network = ${network.today}`;

/**
 * Counts the attempt while `room` is true, and none at a site that is not there: anybody can invent those. Of its
 * network's single tries those are kept that a limit still looks for.
 * @param facts what is kept of this try beside its time
 */
export function countAttempt(attempt: Attempt, room: SQL, facts: SQL[] = []): SQL {
  const { siteId, operation, network, id, now } = attempt;
  const hour = String(hourOfDay(now));
  const since = startOf(recentSeconds(operation), now);
  return sql`INSERT INTO limit_windows (day, site_id, operation, network, hours, recent, last)
    SELECT ${dayOf(now)}, ${siteId}, ${operation}, ${network.today}, json_object(${hour}, 1),
      json_array(json_array(${sql.join([sql`${now}`, ...facts], sql`, `)})), ${id}
    FROM sites WHERE id = ${siteId} AND (${room})
    ON CONFLICT DO UPDATE SET last = excluded.last,
      hours = json_set(hours, ${`$.${hour}`}, coalesce(hours ->> ${hour}, 0) + 1),
      recent = (SELECT json_group_array(json(value)) FROM (
        SELECT value FROM json_each(limit_windows.recent) WHERE value ->> 0 > ${since}
        UNION ALL SELECT value FROM json_each(excluded.recent)))`;
}

/** The attempt's window, if the attempt was counted; for a FROM clause. */
export function windowCounting(attempt: Attempt): SQL {
  return sql`(SELECT recent -> '$[#-1]' AS try FROM limit_windows WHERE ${keyOf(attempt)} AND last = ${attempt.id})`;
}

/** True when the attempt was counted, in this batch. */
export function wasCounted(attempt: Attempt): SQL {
  return sql`EXISTS (SELECT 1 FROM ${windowCounting(attempt)})`;
}

/** Voters on one comment, other than this one, from the attempt's network; with a new key also from block and range. */
export function isBurst(attempt: Attempt, vote: { commentId: string; readerId: string }, hasNewKey: SQL): SQL {
  const limits = networkLimits('votes-on-one-comment');
  const since = startOf(limits[0]?.windowSeconds ?? 0, attempt.now);
  const reached = limits.map(({ actor, count }) => {
    const isReached = sql`count(DISTINCT voter) ${FILTERS[actor]} >= ${sql.raw(`${count}`)}`;
    return actor === 'network' ? isReached : sql`(${isReached} AND ${hasNewKey})`;
  });
  return sql`(SELECT ${sql.join(reached, sql` OR `)} FROM (
    SELECT by_network, by_block, value ->> 2 AS voter 
    FROM (SELECT * FROM (${windowsInReach(attempt, placed)}) WHERE ${isOfLate(since)}), json_each(recent)
    WHERE value ->> 0 > ${since} AND value ->> 1 = ${vote.commentId} AND value ->> 2 <> ${vote.readerId}))`;
}

export interface LimitWindowRow {
  network: string;
  is_today: number;
  hours: string;
  recent: string;
}

/** The windows by which an attempt was refused. It reads one row where `counted` is true. */
export function windowsRefusing(attempt: Attempt, counted: SQL = wasCounted(attempt)): SQL {
  const windows = windowsInReach(attempt, (_, isToday) => sql`network, ${isToday ? 1 : 0} AS is_today, hours, recent`);
  return sql`SELECT * FROM (${windows}) WHERE NOT ${counted}`;
}

const toWindow = ({ network, is_today, hours, recent }: LimitWindowRow): LimitWindow => ({
  network,
  isToday: is_today === 1,
  hours: JSON.parse(hours) as Record<string, number>,
  recent: JSON.parse(recent) as Recent[],
});

export function refusalIn(attempt: Attempt, rows: LimitWindowRow[]): Refusal | null {
  return refusalOf(attempt, rows.map(toWindow));
}

export function createLimitWindowStore(database: Database): LimitWindowStore {
  return {
    async forget(now, limit) {
      const deleted = await database.all(sql`
        DELETE FROM limit_windows WHERE (day, site_id, operation, network) IN (
          SELECT day, site_id, operation, network FROM limit_windows WHERE day < ${dayOf(now) - 1} LIMIT ${limit})
        RETURNING 1`);
      return deleted.length;
    },
  };
}
