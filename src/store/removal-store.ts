import type { RemovalStore } from '../core/site/removal-store.ts';
import type { Database } from './database.ts';
import { eventsOn } from './events.ts';
import { HOURS_KEPT, hourOf, RANKINGS } from './ranking-store.ts';
import { type SQL, sql } from './sql.ts';
import { isTrusting } from './status-changes.ts';
import { turnedAway } from './visibility.ts';

/** The rows that a step looks at, and the comments that it deletes at most. */
const ROWS_A_STEP = 500;
const COMMENTS_A_STEP = 100;

interface Removal {
  site_id: string;
  article_key: string;
  stage: 'comments' | 'votes' | 'site';
  place: string;
}

/** The tables with rows of a site, and the rest of their keys. Traces and limits' windows go by themselves, by their age. */
const TABLES: readonly (readonly [table: string, key: string])[] = [
  // Under an article that is gone nobody can post.
  ['articles', 'key'],
  ['comments', 'id'],
  ['votes', 'reader_id, article_key, comment_id'],
  ['flags', 'comment_id, reader_id'],
  ['readers', 'id'],
  ['network_holds', 'network'],
  ['article_lists', 'kind, label, published_at, article_key'],
  ['article_activity', 'hours, article_key'],
  ['article_hours', 'hour, article_key'],
  ['article_aliases', 'alias'],
  ['site_counts', 'name'],
  ['sign_in_links', 'token_hash'],
  ['sessions', 'token_hash'],
  ['moderators', 'id'],
  ['api_keys', 'key_hash'],
  ['listeners', 'verb, receiver'],
  ['outbox', 'receiver, id, subject_kind, subject_id, verb'],
  ['dead_letters', 'receiver, id, subject_kind, subject_id, verb'],
  ['events', 'subject_kind, subject_id, id, verb'],
  ['seals', 'last_id'],
  ['removals', 'article_key'],
];

const removalIs = ({ site_id, article_key }: Removal): SQL =>
  sql`site_id = ${site_id} AND article_key = ${article_key}`;

const goOn = (removal: Removal, stage: Removal['stage'], place: string): SQL =>
  sql`UPDATE removals SET stage = ${stage}, place = ${place} WHERE ${removalIs(removal)}`;

/** The moderators' last word on the comment in table alias `c`. */
const lastWord = sql`coalesce((SELECT coalesce(e.facts ->> 'lastWord', e.facts ->> 'to')
  FROM ${eventsOn(sql`c.site_id`, 'comment', sql`c.id`)} ORDER BY e.id DESC LIMIT 1), '')`;

/** Deletes comments with their reports, and takes them out of every count. The log keeps what was done to them. */
const deleteComments = (siteId: string, ids: string[]): SQL[] => {
  const asked = JSON.stringify(ids);
  const gone = sql`comments c WHERE c.site_id = ${siteId} AND c.id IN (SELECT value FROM json_each(${asked}))`;
  return [
    sql`INSERT INTO site_counts (site_id, name, count)
      SELECT ${siteId}, name, -count(*) FROM (
        SELECT status AS name FROM ${gone} UNION ALL SELECT 'reported' FROM ${gone} AND open_flags > 0)
      WHERE true GROUP BY name ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    sql`WITH change AS MATERIALIZED (
        SELECT reader_id, count(*) AS n, sum(${turnedAway(sql`status`)}) AS rejected,
          sum(${isTrusting(lastWord)}) AS approved
        FROM ${gone} GROUP BY reader_id)
      UPDATE readers SET comment_count = comment_count - n, rejected_count = rejected_count - rejected,
        approved_count = approved_count - approved
      FROM change
      WHERE readers.site_id = ${siteId} AND readers.id IN (SELECT reader_id FROM change)
        AND readers.id = change.reader_id`,
    sql`DELETE FROM flags WHERE site_id = ${siteId} AND comment_id IN (SELECT value FROM json_each(${asked}))`,
    sql`DELETE FROM comments WHERE site_id = ${siteId} AND id IN (SELECT value FROM json_each(${asked}))`,
  ];
};

/** Goes through the site's comments in the order of time: there is no index of all that stand under one article. */
const passComments = async (database: Database, removal: Removal): Promise<number> => {
  const { site_id: siteId, article_key: key, place } = removal;
  const rows = await database.all<{ id: string; own: number }>(sql`
    SELECT id, article_key = ${key} AS own FROM comments WHERE site_id = ${siteId} AND id > ${place}
    ORDER BY id LIMIT ${ROWS_A_STEP}`);
  const own = rows.filter((row) => row.own === 1).slice(0, COMMENTS_A_STEP);
  const isCut = own.length === COMMENTS_A_STEP;
  const last = isCut ? own.at(-1) : rows.at(-1);
  const isOver = !isCut && rows.length < ROWS_A_STEP;
  const ids = own.map(({ id }) => id);
  await database.batch({
    comments: ids.length === 0 ? [] : deleteComments(siteId, ids),
    place: goOn(removal, isOver ? 'votes' : 'comments', isOver ? '' : (last?.id ?? '')),
  });
  return ids.length;
};

/** The same with votes; after the last of them nothing of the article is left. */
const passVotes = async (database: Database, removal: Removal, now: number): Promise<number> => {
  const { site_id: siteId, article_key: key, place } = removal;
  const [reader, article, comment] = place === '' ? ['', '', ''] : (JSON.parse(place) as [string, string, string]);
  const rows = await database.all<{ reader_id: string; article_key: string; comment_id: string }>(sql`
    SELECT reader_id, article_key, comment_id FROM votes
    WHERE site_id = ${siteId} AND (reader_id, article_key, comment_id) > (${reader}, ${article}, ${comment})
    ORDER BY reader_id, article_key, comment_id LIMIT ${ROWS_A_STEP}`);
  const own = rows.filter((row) => row.article_key === key);
  const last = rows.at(-1);
  const hours = JSON.stringify(Array.from({ length: HOURS_KEPT + 2 }, (_, back) => hourOf(now) + 1 - back));
  const its = sql`site_id = ${siteId} AND article_key = ${key}`;
  await database.batch({
    votes: sql`DELETE FROM votes WHERE site_id = ${siteId} AND (reader_id, article_key, comment_id) IN (
      SELECT value ->> 0, ${key}, value ->> 1
      FROM json_each(${JSON.stringify(own.map((row) => [row.reader_id, row.comment_id]))}))`,
    end:
      last !== undefined && rows.length === ROWS_A_STEP
        ? goOn(removal, 'votes', JSON.stringify([last.reader_id, last.article_key, last.comment_id]))
        : [
            sql`DELETE FROM article_hours WHERE ${its} AND hour IN (SELECT value FROM json_each(${hours}))`,
            sql`DELETE FROM article_activity WHERE ${its} AND hours IN (SELECT value FROM json_each(${RANKINGS}))`,
            sql`DELETE FROM removals WHERE ${removalIs(removal)}`,
          ],
  });
  return own.length;
};

/** One table after the other. The removal's own row stands in the last one. */
const passTables = async (database: Database, removal: Removal): Promise<number> => {
  const at = Number(removal.place);
  const [table, key] = (TABLES[at] ?? TABLES.at(-1) ?? ['removals', 'article_key']).map((name) => sql.raw(name));
  const { counted } = await database.batch<{ counted: { n: number } }>({
    deleted: sql`DELETE FROM ${table} WHERE (site_id, ${key}) IN (
      SELECT site_id, ${key} FROM ${table} WHERE site_id = ${removal.site_id} LIMIT ${ROWS_A_STEP})`,
    counted: sql`SELECT changes() AS n`,
  });
  const done = counted[0]?.n ?? 0;
  if (done < ROWS_A_STEP) await database.all(goOn(removal, 'site', String(at + 1)));
  return done;
};

export function createRemovalStore(database: Database): RemovalStore {
  return {
    async findSites(limit) {
      const rows = await database.all<{ site_id: string }>(sql`SELECT DISTINCT site_id FROM removals LIMIT ${limit}`);
      return rows.map(({ site_id }) => site_id);
    },

    async deleteSome(siteId, now) {
      // A whole site, which has no article's key, comes before its articles.
      const [removal] = await database.all<Removal>(
        sql`SELECT * FROM removals WHERE site_id = ${siteId} ORDER BY article_key LIMIT 1`,
      );
      if (removal === undefined) return { done: 0, isMore: false };
      const { stage } = removal;
      if (stage === 'site') return { done: await passTables(database, removal), isMore: true };
      if (stage === 'comments') return { done: await passComments(database, removal), isMore: true };
      return { done: await passVotes(database, removal, now), isMore: true };
    },
  };
}
