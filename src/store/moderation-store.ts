import type { Body } from '../core/body/body.ts';
import type { CommentStatus } from '../core/comment/comment-status.ts';
import type { FlagReason } from '../core/flag/flag-reason.ts';
import { VERB_OF } from '../core/moderation/decision.ts';
import type { ModerationStore } from '../core/moderation/moderation-store.ts';
import {
  HISTORY_KINDS,
  type ModerationEvent,
  type QueueCounts,
  type QueueEntry,
  type QueueName,
} from '../core/moderation/queue.ts';
import { timeOfId } from '../core/platform/sortable-id.ts';
import type { Signal } from '../core/screening/screening.ts';
import { keyOf } from './article-key.ts';
import type { Database } from './database.ts';
import { carryOut, eventsOn } from './events.ts';
import { toOwnComment } from './rows.ts';
import type { CommentRow, EventRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';
import { type ChangedRow, statusChanges } from './status-changes.ts';

/** The number of a reader's latest other comments that a moderator is shown beside a comment. */
const HISTORY_LIMIT = 20;
const EVENTS_LIMIT = 50;

interface ContextRow extends CommentRow {
  a_url: string;
  a_headline: string | null;
  a_section: string | null;
  r_comment_count: number | null;
  r_approved_count: number | null;
  r_rejected_count: number | null;
  r_ban: 'none' | 'ban' | 'shadow-ban' | null;
  r_ban_until: number | null;
  r_first_seen_at: number | null;
}

type ParentRow = { p_id: string; p_author_name: string; p_body: string; p_status: CommentStatus } | { p_id: null };

type QueueRow = ContextRow & ParentRow;

/** One row for each comment and three for what surrounds it: article, parent, reader. `from` has alias `c`. */
const withContext = (from: SQL): SQL => sql`
  SELECT c.*, a.url AS a_url, a.headline AS a_headline, a.section AS a_section,
    p.id AS p_id, p.author_name AS p_author_name, p.body AS p_body, p.status AS p_status,
    r.comment_count AS r_comment_count, r.approved_count AS r_approved_count, r.rejected_count AS r_rejected_count,
    r.ban AS r_ban, r.ban_until AS r_ban_until, r.first_seen_at AS r_first_seen_at
  FROM ${from}
    JOIN articles a ON a.site_id = c.site_id AND a.key = c.article_key
    LEFT JOIN comments p ON p.site_id = c.site_id AND p.id = c.parent_id
    LEFT JOIN readers r ON r.site_id = c.site_id AND r.id = c.reader_id`;

const toEntry = (row: QueueRow): QueueEntry => ({
  comment: {
    ...toOwnComment({ ...row, reason: null }),
    authorEmail: row.author_email,
    signals: JSON.parse(row.signals) as Signal[],
    flagCount: row.flag_count,
    setAsideVotes: row.quarantined_votes,
  },
  article: { key: row.article_key, url: row.a_url, headline: row.a_headline, section: row.a_section },
  parent:
    row.p_id === null
      ? null
      : {
          id: row.p_id,
          authorName: row.p_author_name,
          body: JSON.parse(row.p_body) as Body,
          status: row.p_status,
        },
  reader: {
    id: row.reader_id,
    commentCount: row.r_comment_count ?? 0,
    approvedCount: row.r_approved_count ?? 0,
    rejectedCount: row.r_rejected_count ?? 0,
    ban: row.r_ban ?? 'none',
    banUntil: row.r_ban_until,
    firstSeenAt: row.r_first_seen_at ?? row.created_at,
  },
});

const countsOf = (siteId: string): SQL => sql`SELECT name, count FROM site_counts WHERE site_id = ${siteId}`;

interface CountRow {
  name: string;
  count: number;
}

const toCounts = (rows: CountRow[]): QueueCounts => {
  const counts: QueueCounts = {
    pending: 0,
    reported: 0,
    unmoderated: 0,
    approved: 0,
    rejected: 0,
    spam: 0,
    deleted: 0,
  };
  for (const { name, count } of rows) counts[name === 'published' ? 'unmoderated' : (name as QueueName)] = count;
  return counts;
};

const listed = (siteId: string, list: QueueName): SQL =>
  list === 'reported'
    ? sql`comments c INDEXED BY comments_reported WHERE c.site_id = ${siteId} AND c.open_flags > 0`
    : sql`comments c INDEXED BY comments_by_status
        WHERE c.site_id = ${siteId} AND c.status = ${list === 'unmoderated' ? 'published' : list}`;

/** A comment's events, the latest first: changes of its status, and rulings on its votes. */
const eventsOf = (siteId: string, id: string): SQL => {
  const latest = (kind: 'comment' | 'votes') =>
    sql`SELECT * FROM (SELECT * FROM ${eventsOn(sql`${siteId}`, kind, sql`${id}`)} ORDER BY e.id DESC LIMIT ${EVENTS_LIMIT})`;
  return sql`${latest('comment')} UNION ALL ${latest('votes')} ORDER BY id DESC LIMIT ${EVENTS_LIMIT}`;
};

/** Every event on a comment or its votes is told. */
type HistoryRow = EventRow & { verb: keyof typeof HISTORY_KINDS };

const toModerationEvent = ({ id, verb, actor_kind, actor_name, facts: text }: HistoryRow): ModerationEvent => {
  const facts = JSON.parse(text) as { from?: CommentStatus; to?: CommentStatus; reason?: string; votes?: number };
  return {
    kind: HISTORY_KINDS[verb],
    moderatorName: actor_kind === 'moderator' ? actor_name : null,
    from: facts.from ?? null,
    to: facts.to ?? null,
    reason: facts.reason ?? '',
    votes: facts.votes ?? null,
    at: timeOfId(id),
  };
};

/** The verbs by which a moderator decides; a moderator can undo no other event of a comment. */
const decisionVerbs = sql.raw(`('${Object.values(VERB_OF).join("', '")}')`);

/** The state of the comments as it is now, each with the moderator who made it so. */
const currentState = (siteId: string, asked: { id: string; articleKey: string }[]): SQL => sql`
  SELECT c.id, c.status, c.revision, c.article_key, asked.value ->> 'articleKey' AS asked_key, (
    SELECT actor_name FROM ${eventsOn(sql`c.site_id`, 'comment', sql`c.id`)} ORDER BY e.id DESC LIMIT 1) AS decided_by
  FROM json_each(${JSON.stringify(asked)}) asked CROSS JOIN comments c
  WHERE c.site_id = ${siteId} AND c.id = asked.value ->> 'id'
    AND c.article_key = ${keyOf(siteId, sql`asked.value ->> 'articleKey'`)}`;

interface StateRow {
  id: string;
  status: CommentStatus;
  revision: number;
  decided_by: string | null;
  article_key: string;
  asked_key: string;
}

const findQueue =
  (database: Database): ModerationStore['findQueue'] =>
  async ({ siteId, list, order, limit, after }) => {
    const direction = order === 'oldest' ? { beyond: sql`>`, by: sql`c.id` } : { beyond: sql`<`, by: sql`c.id DESC` };
    const page = sql`(SELECT c.* FROM ${listed(siteId, list)}
    ${after === null ? sql`` : sql`AND c.id ${direction.beyond} ${after}`}
    ORDER BY ${direction.by} LIMIT ${limit}) c`;
    const { counts, rows } = await database.batch<{ counts: CountRow; rows: QueueRow }>({
      counts: countsOf(siteId),
      rows: sql`${withContext(page)} ORDER BY ${direction.by}`,
    });
    // A full page has a next one, which may be empty. This saves reading one comment more for each page.
    const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
    return { entries: rows.map(toEntry), counts: toCounts(counts), next };
  };

const findDossier =
  (database: Database): ModerationStore['findDossier'] =>
  async ({ siteId, articleKey, id }) => {
    const reader = sql`(SELECT reader_id FROM comments WHERE site_id = ${siteId} AND id = ${id})`;
    const {
      comment: [row],
      events,
      flags,
      history,
    } = await database.batch<{
      comment: QueueRow;
      events: HistoryRow;
      flags: { reason: FlagReason; note: string; created_at: number };
      history: CommentRow & { headline: string | null };
    }>({
      comment: sql`${withContext(sql`comments c`)} WHERE c.site_id = ${siteId} AND c.id = ${id}
        AND c.article_key = ${keyOf(siteId, articleKey)}`,
      events: eventsOf(siteId, id),
      flags: sql`SELECT reason, note, created_at FROM flags WHERE site_id = ${siteId} AND comment_id = ${id} LIMIT 50`,
      history: sql`SELECT c.*, a.headline FROM (
        SELECT * FROM comments INDEXED BY comments_by_reader
        WHERE site_id = ${siteId} AND reader_id = ${reader} AND id <> ${id} ORDER BY id DESC LIMIT ${HISTORY_LIMIT}) c
      JOIN articles a ON a.site_id = c.site_id AND a.key = c.article_key ORDER BY c.id DESC`,
    });
    if (row === undefined) return null;
    return {
      entry: toEntry(row),
      events: events.map(toModerationEvent),
      flags: flags.map((flag) => ({ reason: flag.reason, note: flag.note, at: flag.created_at })),
      history: history.map((past) => ({
        id: past.id,
        body: JSON.parse(past.body) as Body,
        status: past.status,
        articleKey: past.article_key,
        headline: past.headline,
        createdAt: past.created_at,
      })),
    };
  };

const decide =
  (database: Database): ModerationStore['decide'] =>
  async (deed, { verb, reason, changes }) => {
    const { changed, states, counts } = await carryOut<{
      changed: ChangedRow;
      states: StateRow;
      counts: CountRow;
    }>(database, deed, {
      ...statusChanges(deed, { verb, reason, changes }),
      states: currentState(deed.site, changes),
      counts: countsOf(deed.site),
    });
    const done = new Set(changed.map((row) => row.id));
    const stateOf = new Map(states.map((row) => [row.id + row.asked_key, row]));
    return {
      results: changes.map(({ id, articleKey }) => {
        const state = stateOf.get(id + articleKey);
        return {
          id,
          done: state !== undefined && done.has(id),
          status: state?.status ?? null,
          revision: state?.revision ?? null,
          decidedBy: state?.decided_by ?? null,
          articleKey: state?.article_key ?? null,
        };
      }),
      counts: toCounts(counts),
    };
  };

const findLastDecisions =
  (database: Database): ModerationStore['findLastDecisions'] =>
  async (siteId, comments) => {
    const rows = await database.all<{
      id: string;
      article_key: string;
      from_status: CommentStatus;
      to_status: CommentStatus;
      revision: number;
      actor_id: string | null;
      event_id: string;
    }>(sql`
    SELECT c.id, asked.value ->> 'articleKey' AS article_key, e.facts ->> 'from' AS from_status,
      e.facts ->> 'to' AS to_status, c.revision, e.actor_id, e.id AS event_id
    FROM json_each(${JSON.stringify(comments)}) asked CROSS JOIN comments c
      CROSS JOIN ${eventsOn(sql`c.site_id`, 'comment', sql`c.id`)}
      AND c.site_id = ${siteId} AND c.id = asked.value ->> 'id'
      AND c.article_key = ${keyOf(siteId, sql`asked.value ->> 'articleKey'`)}
      AND e.id = (SELECT max(e.id) FROM ${eventsOn(sql`c.site_id`, 'comment', sql`c.id`)})
      AND e.verb IN ${decisionVerbs}`);
    return rows.map((row) => ({
      id: row.id,
      articleKey: row.article_key,
      from: row.from_status,
      to: row.to_status,
      revision: row.revision,
      moderatorId: row.actor_id,
      eventId: row.event_id,
    }));
  };

export function createModerationStore(database: Database): ModerationStore {
  return {
    findQueue: findQueue(database),
    findDossier: findDossier(database),
    decide: decide(database),
    findLastDecisions: findLastDecisions(database),
  };
}
