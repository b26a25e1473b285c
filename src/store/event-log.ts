import type { Event, Facts } from '../core/event/event.ts';
import type { EventLog, LogPosition, Seal } from '../core/event/event-log.ts';
import { lowestIdAt } from '../core/platform/sortable-id.ts';
import type { Database } from './database.ts';
import type { EventRow, SealRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';

/** The most events that a page looks at while it searches for one name. */
const LOOKED_AT = 1_000;

const inOrder = sql`ORDER BY id, subject_kind, subject_id, verb`;

const toEvent = (row: EventRow): Event => ({
  site: row.site_id,
  id: row.id,
  verb: row.verb,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  subject: { kind: row.subject_kind, id: row.subject_id },
  articleKey: row.article_key,
  facts: JSON.parse(row.facts) as Facts,
});

const toSeal = (row: SealRow): Seal => ({
  lastId: row.last_id,
  events: row.events,
  hash: row.hash,
  sealedAt: row.sealed_at,
});

const positionOf = (row: EventRow): LogPosition => [row.id, row.subject_kind, row.subject_id, row.verb];

function beyond(after: LogPosition | null): SQL {
  if (after === null) return sql``;
  const [id, kind, subject, verb] = after;
  return sql`AND (id, subject_kind, subject_id, verb) > (${id}, ${kind}, ${subject}, ${verb})`;
}

export function createEventLog(database: Database): EventLog {
  return {
    async list({ siteId, since, by, limit, after }) {
      const seen = sql`SELECT * FROM events INDEXED BY events_by_time
        WHERE site_id = ${siteId} AND id >= ${since === null ? '' : lowestIdAt(since)} ${beyond(after)} ${inOrder}`;
      const isTheirs = by === null ? sql`true` : sql`${by} IN (actor_name, actor_id, actor_kind)`;
      const {
        rows,
        end: [end],
      } = await database.batch<{ rows: EventRow; end: EventRow }>({
        rows: sql`SELECT * FROM (${seen} LIMIT ${LOOKED_AT}) WHERE ${isTheirs} ${inOrder} LIMIT ${limit + 1}`,
        end: sql`${seen} LIMIT 1 OFFSET ${LOOKED_AT - 1}`,
      });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : end;
      return { events: page.map(toEvent), next: last === undefined ? null : positionOf(last) };
    },

    async findSitesToSeal(upTo, limit) {
      const rows = await database.all<{ id: string }>(sql`
      SELECT s.id FROM sites s WHERE EXISTS (
        SELECT 1 FROM events e INDEXED BY events_by_time WHERE e.site_id = s.id AND e.id <= ${upTo}
          AND e.id > coalesce((SELECT max(last_id) FROM seals WHERE seals.site_id = s.id), ''))
      LIMIT ${limit}`);
      return rows.map(({ id }) => id);
    },

    async findLastSeal(siteId) {
      const [row] = await database.all<SealRow>(
        sql`SELECT * FROM seals WHERE site_id = ${siteId} ORDER BY last_id DESC LIMIT 1`,
      );
      return row === undefined ? null : toSeal(row);
    },

    async listSeals(siteId, from, limit) {
      const rows = await database.all<SealRow>(sql`
      SELECT * FROM seals WHERE site_id = ${siteId} AND last_id >= ${from ?? ''} ORDER BY last_id LIMIT ${limit}`);
      return rows.map(toSeal);
    },

    async listBetween({ siteId, after, upTo, limit }) {
      const events = sql`FROM events INDEXED BY events_by_time WHERE site_id = ${siteId} AND id > ${after}`;
      const end =
        limit === null
          ? sql`${upTo}`
          : sql`min(${upTo}, coalesce((
        SELECT id ${events} ORDER BY id LIMIT 1 OFFSET ${limit - 1}), ${upTo}))`;
      const rows = await database.all<EventRow>(sql`SELECT * ${events} AND id <= ${end} ${inOrder}`);
      return rows.map(toEvent);
    },

    async insertSeal(siteId, previous, { lastId, events, hash, sealedAt }) {
      const rows = await database.all(sql`
      INSERT INTO seals (site_id, last_id, events, hash, sealed_at)
      SELECT ${siteId}, ${lastId}, ${events}, ${hash}, ${sealedAt}
      WHERE (SELECT max(last_id) FROM seals WHERE site_id = ${siteId}) IS ${previous?.lastId ?? null}
      ON CONFLICT DO NOTHING RETURNING 1`);
      return rows.length === 1;
    },
  };
}
