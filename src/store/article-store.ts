import { type SQL, sql } from 'drizzle-orm';
import type { ArticleFields } from '../core/article/article.ts';
import type { ArticleStore, WriteWhere } from '../core/article/article-store.ts';
import type { Deed } from '../core/event/event.ts';
import type { Database } from './database.ts';
import { carryOut, factsOf, insertEvents } from './events.ts';
import { firstVersion, nextVersion } from './next-version.ts';
import { insertLetters } from './outbox.ts';
import { toArticle, toSite } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './site-store.ts';

export function articleByKey(siteId: string, key: string): SQL {
  return sql`SELECT * FROM articles WHERE site_id = ${siteId} AND key = ${key}`;
}

/** Whether an article is in the state in which it may be written; for statements before the one that writes it. */
const isIn = (siteId: string, key: string, where: WriteWhere): SQL => {
  if (where === 'any') return sql`TRUE`;
  const versions =
    typeof where === 'object'
      ? sql`AND version IN (SELECT value FROM json_each(${JSON.stringify(where.versions)}))`
      : sql``;
  const isThere = sql`EXISTS (SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${key} ${versions})`;
  return where === 'absent' ? sql`NOT ${isThere}` : isThere;
};

/** The places of an article in the lists, computed from its row, so that row and lists always agree. */
const listsOf = (siteId: string, key: string): SQL[] => [
  sql`DELETE FROM article_lists WHERE site_id = ${siteId} AND article_key = ${key}`,
  sql`
    WITH article AS (${articleByKey(siteId, key)}), labels (kind, label) AS (
      SELECT 'site', ''
      UNION SELECT 'section', section FROM article WHERE section IS NOT NULL
      UNION SELECT 'topic', value FROM article, json_each(article.topics)
      UNION SELECT 'author', value FROM article, json_each(article.authors))
    INSERT INTO article_lists (site_id, kind, label, article_key, published_at, comment_count)
    SELECT site_id, kind, label, key, published_at, comment_count FROM article, labels`,
];

/** Registers an article by the address of its page alone; the publisher's own words replace it later. */
export function registerByPage(deed: Deed, key: string, url: string, isDue: SQL): SQL[] {
  const { site: siteId, now } = deed;
  const isThere = sql`EXISTS (SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${key})`;
  return [
    insertEvents(
      deed,
      { verb: 'article.registered', subject: { kind: 'article', id: key }, articleKey: key },
      sql`WHERE ${isDue} AND NOT ${isThere}`,
    ),
    insertLetters(deed),
    sql`INSERT INTO articles (site_id, key, url, published_at, version, created_at, updated_at)
    SELECT ${siteId}, ${key}, ${url}, ${now}, ${firstVersion}, ${now}, ${now} WHERE ${isDue} ON CONFLICT DO NOTHING`,
    sql`INSERT INTO article_lists (site_id, kind, label, article_key, published_at)
    SELECT site_id, 'site', '', key, published_at FROM articles
    WHERE site_id = ${siteId} AND key = ${key} ON CONFLICT DO NOTHING`,
  ];
}

const assignments = (fields: Partial<ArticleFields>): SQL[] => {
  const columns: [string, unknown][] = [
    ['url', fields.url],
    ['headline', fields.headline],
    ['section', fields.section],
    ['topics', fields.topics && JSON.stringify(fields.topics)],
    ['authors', fields.authors && JSON.stringify(fields.authors)],
    ['key_points', fields.keyPoints && JSON.stringify(fields.keyPoints)],
    ['image', fields.image],
    ['published_at', fields.publishedAt],
    ['commenting', fields.commenting],
    ['moderation', fields.moderation],
  ];
  return columns
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${sql.identifier(name)} = ${value}`);
};

/** The events of a change of an article's fields. Commenting and mode leave one each where they change; the others none. */
function changesOf(
  deed: Deed,
  key: string,
  { commenting, moderation }: Partial<ArticleFields>,
  isDue = sql`TRUE`,
): SQL[] {
  const subject = { kind: 'article', id: key } as const;
  const article = sql`FROM articles WHERE site_id = ${deed.site} AND key = ${key} AND ${isDue}`;
  const events: SQL[] = [];
  if (commenting !== undefined) {
    const verb = commenting === 'closed' ? 'article.closed' : 'article.opened';
    events.push(
      insertEvents(deed, { verb, subject, articleKey: key }, sql`${article} AND commenting <> ${commenting}`),
    );
  }
  if (moderation !== undefined) {
    const facts = factsOf({ from: sql`moderation`, to: sql`${moderation}` });
    events.push(
      insertEvents(
        deed,
        { verb: 'article.mode-changed', subject, articleKey: key, facts },
        sql`${article} AND moderation IS NOT ${moderation}`,
      ),
    );
  }
  return events;
}

export function createArticleStore(database: Database): ArticleStore {
  return {
    async find(siteId, key) {
      const {
        site: [site],
        article: [article],
      } = await database.batch<{ site: SiteRow; article: ArticleRow }>({
        site: siteById(siteId),
        article: articleByKey(siteId, key),
      });
      return {
        site: site === undefined ? null : toSite(site),
        article: article === undefined ? null : toArticle(article),
      };
    },

    async put(deed, key, fields, where = 'any') {
      const { site: siteId, now } = deed;
      const isDue = isIn(siteId, key, where);
      const {
        before: [before],
        due,
        article: [row],
      } = await carryOut<{ before: unknown; due: unknown; article: ArticleRow }>(database, deed, {
        before: sql`SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${key}`,
        due: sql`SELECT 1 WHERE ${isDue}`,
        events: [
          insertEvents(
            deed,
            {
              verb: 'article.created',
              subject: { kind: 'article', id: key },
              articleKey: key,
              facts: { commenting: fields.commenting, moderation: fields.moderation },
            },
            sql`WHERE NOT EXISTS (SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${key}) AND ${isDue}`,
          ),
          ...changesOf(deed, key, fields, isDue),
        ],
        put: sql`
        INSERT INTO articles (site_id, key, url, headline, section, topics, authors, key_points, image, published_at,
          commenting, moderation, version, created_at, updated_at)
        SELECT ${siteId}, ${key}, ${fields.url}, ${fields.headline}, ${fields.section},
          ${JSON.stringify(fields.topics)}, ${JSON.stringify(fields.authors)}, ${JSON.stringify(fields.keyPoints)},
          ${fields.image}, ${fields.publishedAt}, ${fields.commenting}, ${fields.moderation}, ${firstVersion}, ${now}, ${now}
        WHERE ${isDue}
        ON CONFLICT DO UPDATE SET ${sql.join(assignments(fields), sql`, `)}, version = ${nextVersion}, updated_at = ${now}`,
        lists: listsOf(siteId, key),
        article: articleByKey(siteId, key),
      });
      if (due.length === 0) return { isWritten: false, isThere: before !== undefined };
      if (row === undefined) throw new Error('an article was put and is not there');
      return { isWritten: true, article: toArticle(row), created: before === undefined };
    },

    async update(deed, key, fields) {
      const { site: siteId, now } = deed;
      const {
        article: [row],
      } = await carryOut<{ article: ArticleRow }>(database, deed, {
        events: changesOf(deed, key, fields),
        update: sql`UPDATE articles SET ${sql.join(assignments(fields), sql`, `)}, version = ${nextVersion}, updated_at = ${now}
        WHERE site_id = ${siteId} AND key = ${key}`,
        lists: listsOf(siteId, key),
        article: articleByKey(siteId, key),
      });
      return row === undefined ? null : toArticle(row);
    },
  };
}
