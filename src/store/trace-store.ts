import type { Body } from '../core/body/body.ts';
import { keptSource } from '../core/body/markdown-of.ts';
import type { TraceStore } from '../core/comment/trace-store.ts';
import { lowestIdAt, timeOfId } from '../core/platform/sortable-id.ts';
import type { Database } from './database.ts';
import { type SQL, sql } from './sql.ts';

/** A trace is deleted a day after the end of its slot, so it is kept for at most six hours more than a day. */
const MILLIS_A_SLOT = 6 * 60 * 60 * 1_000;

/** The clocks of two machines differ a little: a comment of the other may stand in the next slot already. */
const MILLIS_AHEAD = 60_000;

/** The most terms of a compound SELECT in D1. A day cuts five slots, and six when the next one begins within `MILLIS_AHEAD`. */
const MOST_TERMS = 5;

const slotOf = (at: number): number => Math.floor(at / MILLIS_A_SLOT);

export const traceOf = {
  text: (textHash: string) => `text ${textHash}`,
  /** Every comment has it, for what its reader is found by: also one without a key, for which no request is looked up. */
  request: (readerId: string, idempotencyKey: string | null) => `request ${readerId} ${idempotencyKey ?? ''}`,
};

interface Traced {
  siteId: string;
  trace: string;
  /** Epoch milliseconds. */
  since: number;
  now: number;
}

/** The beginning of the slot of this time. */
export function slotStart(at: number): number {
  return slotOf(at) * MILLIS_A_SLOT;
}

/**
 * The ids of the comments since then that have the trace. Each slot is one seek, written out, and a range only where
 * time cuts a slot: D1 counts a row for each value of an IN list and for a range with nothing in it, and none for a key
 * that is not there.
 */
export function tracedIds({ siteId, trace, since, now }: Traced): SQL {
  const slots: SQL[] = [];
  for (let slot = slotOf(now + MILLIS_AHEAD); slot >= slotOf(since); slot -= 1) {
    const isCut = slot * MILLIS_A_SLOT < since;
    slots.push(sql`SELECT comment_id AS id FROM comment_traces
      WHERE site_id = ${siteId} AND slot = ${slot} AND trace = ${trace}
        ${isCut ? sql`AND comment_id >= ${lowestIdAt(since)}` : sql``}`);
  }
  const together = (some: SQL[]): SQL => sql.join(some, sql` UNION ALL `);
  if (slots.length <= MOST_TERMS) return together(slots);
  return sql`SELECT id FROM (${together(slots.slice(0, MOST_TERMS))}) UNION ALL ${together(slots.slice(MOST_TERMS))}`;
}

/** True when the comment in this table alias has the trace. */
export function hasTrace(alias: string, trace: string): SQL {
  const [of, slot] = [sql.raw(alias), sql.raw(`${alias}.created_at / ${MILLIS_A_SLOT}`)];
  return sql`EXISTS (SELECT 1 FROM comment_traces t
    WHERE t.site_id = ${of}.site_id AND t.slot = ${slot} AND t.trace = ${trace} AND t.comment_id = ${of}.id)`;
}

export interface Trace {
  trace: string;
  /** The hash of the whole request, beside the trace of its key. */
  requestHash?: string | null;
  /** The network's name of the day, there as well. */
  network?: string;
}

/** The hash of the request with this key that made the comment in this table alias. */
export function requestHashIn(
  alias: string,
  { readerId, idempotencyKey }: { readerId: string; idempotencyKey: string },
): SQL {
  const [of, slot] = [sql.raw(alias), sql.raw(`${alias}.created_at / ${MILLIS_A_SLOT}`)];
  return sql`(SELECT t.request_hash FROM comment_traces t WHERE t.site_id = ${of}.site_id AND t.slot = ${slot}
    AND t.trace = ${traceOf.request(readerId, idempotencyKey)} AND t.comment_id = ${of}.id)`;
}

/** Leaves a comment's traces, if it went in. */
export function leaveTraces(comment: { siteId: string; id: string }, traces: Trace[], inserted: SQL): SQL {
  const values = sql.join(
    traces.map(({ trace, requestHash = null, network = null }) => sql`(${trace}, ${requestHash}, ${network})`),
    sql`, `,
  );
  return sql`INSERT INTO comment_traces (site_id, slot, trace, comment_id, request_hash, network)
    SELECT ${comment.siteId}, ${slotOf(timeOfId(comment.id))}, column1, ${comment.id}, column2, column3
    FROM (VALUES ${values}) WHERE ${inserted}`;
}

/** The networks that the reader has posted from since then: what has been deleted in the meantime counts, too. */
export function networksOf(siteId: string, readerId: string, since: number, now: number): SQL {
  const first = slotOf(since);
  const slots = Array.from({ length: slotOf(now + MILLIS_AHEAD) - first + 1 }, (_, n) => first + n);
  // A space ends the reader's id, and the next character after it the range.
  return sql`SELECT t.network FROM json_each(${JSON.stringify(slots)}) s CROSS JOIN comment_traces t
    WHERE t.slot = s.value AND t.site_id = ${siteId} AND t.trace >= ${`request ${readerId} `}
      AND t.trace < ${`request ${readerId}!`} AND t.comment_id >= ${lowestIdAt(since)}`;
}

interface TextTrace {
  siteId: string;
  id: string;
  /** The hash of the text before the change. */
  textHash: string;
}

const textTrace = ({ siteId, id, textHash }: TextTrace): SQL => sql`
  site_id = ${siteId} AND slot = ${slotOf(timeOfId(id))} AND trace = ${traceOf.text(textHash)} AND comment_id = ${id}`;

/** A changed text is found by its new words alone; one whose trace is deleted already gets no new one. */
export function moveTextTrace(of: TextTrace, textHash: string, happened: SQL): SQL {
  return sql`UPDATE comment_traces SET trace = ${traceOf.text(textHash)} WHERE ${textTrace(of)} AND ${happened}`;
}

export function deleteTextTrace(of: TextTrace, happened: SQL): SQL {
  return sql`DELETE FROM comment_traces WHERE ${textTrace(of)} AND ${happened}`;
}

interface OldRow {
  site_id: string;
  id: string;
  body: string;
  source: string;
  revision: number;
}

export function createTraceStore(database: Database): TraceStore {
  return {
    async forget(before, limit) {
      const deleted = await database.all(sql`
        DELETE FROM comment_traces WHERE (slot, site_id, trace, comment_id) IN (
          SELECT slot, site_id, trace, comment_id FROM comment_traces WHERE slot < ${slotOf(before)} LIMIT ${limit})
        RETURNING 1`);
      return deleted.length;
    },

    async emptyOld(limit) {
      const old = await database.all<OldRow>(sql`
        SELECT site_id, id, body, source, revision FROM comments INDEXED BY comments_by_network
        WHERE network_key IS NOT NULL LIMIT ${limit}`);
      if (old.length === 0) return 0;
      const emptied = old.map(({ body, source, ...row }) => [
        row.site_id,
        row.id,
        row.revision,
        keptSource(source, JSON.parse(body) as Body) === '',
      ]);
      // A comment that was edited in between keeps its source. Its columns are emptied, so that the job ends.
      await database.all(sql`
        UPDATE comments SET network_key = NULL, idempotency_key = NULL, text_hash = '',
          source = iif(revision = old.value ->> 2 AND old.value ->> 3, '', source)
        FROM json_each(${JSON.stringify(emptied)}) old
        WHERE comments.site_id = old.value ->> 0 AND comments.id = old.value ->> 1`);
      return old.length;
    },
  };
}
