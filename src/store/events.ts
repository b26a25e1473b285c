import type { Deed, Facts, SubjectKind, Verb } from '../core/event/event.ts';
import type { Database, Statements } from './database.ts';
import { insertLetters } from './outbox.ts';
import { SQL, sql } from './sql.ts';

interface Happened {
  verb: Verb | SQL;
  subject: { kind: SubjectKind; id: string | SQL };
  articleKey?: string | SQL;
  facts?: Facts | SQL;
}

/**
 * The statement that keeps a deed, to be put into its batch. `from` is the rest of a SELECT: each row that it finds
 * becomes an event, so a deed that did nothing leaves none.
 */
export function insertEvents(deed: Deed, happened: Happened, from: SQL): SQL {
  const { verb, subject, articleKey, facts } = happened;
  const said = facts instanceof SQL ? facts : JSON.stringify(facts ?? {}, (_, value) => value ?? undefined);
  return sql`
    INSERT INTO events (site_id, subject_kind, subject_id, id, verb, actor_kind, actor_id, actor_name, article_key, facts)
    SELECT ${deed.site}, ${subject.kind}, ${subject.id}, ${deed.id}, ${verb}, ${deed.actor.kind}, ${deed.actor.id},
      ${deed.actor.name}, ${articleKey ?? null}, ${said} ${from}`;
}

/** Carries out a deed in one batch: its statements, the events among them, and the letters to those who listen. */
export function carryOut<Rows extends object = Record<never, never>>(
  database: Database,
  deed: Deed,
  statements: Statements<Rows>,
): Promise<{ [Name in keyof Rows]: Rows[Name][] }> {
  return database.batch<Rows>({ ...statements, letters: insertLetters(deed) });
}

/** An object of facts in SQL, without those that are null. */
export function factsOf(facts: Record<string, SQL | string>): SQL {
  const pairs = Object.entries(facts).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  return sql`json_patch('{}', json_object(${sql.join(pairs, sql`, `)}))`;
}

/** The events on one subject, in no order; `id` may be a column of the statement around it. */
export function eventsOn(site: SQL, kind: SubjectKind, id: SQL): SQL {
  return sql`events e WHERE e.site_id = ${site} AND e.subject_kind = ${kind} AND e.subject_id = ${id}`;
}

/** The words that event `e` leaves the author to read, which may be none; null where they are no moderator's. */
export const reasonOf = sql`CASE WHEN e.actor_kind = 'reader' THEN NULL
  WHEN e.verb = ${'comment.decision-undone' satisfies Verb} THEN e.facts ->> 'lastReason'
  ELSE coalesce(e.facts ->> 'reason', '') END`;
