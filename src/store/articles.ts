import { type SQL, sql } from 'drizzle-orm';
import type { Article, ArticleFields } from '../core/article/article.ts';
import type { ArticleStore } from '../core/ports.ts';
import type { Database } from './database.ts';
import { toArticle, toSite } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './sites.ts';

/** Half of what D1 binds in a statement, so that 100 keys are two statements of one batch. */
const KEYS_A_STATEMENT = 50;

export const articleByKey = (siteId: string, key: string): SQL =>
  sql`SELECT * FROM articles WHERE site_id = ${siteId} AND key = ${key}`;

/**
 * Visible comments more or less, to be set in an UPDATE of articles. `listed_count` goes along: it was the mark of what
 * is to be relisted before article_hours had one, and an index of articles where the two differ is a row written.
 */
export const countVisible = (more: SQL): SQL =>
  sql`comment_count = comment_count + ${more}, listed_count = comment_count + ${more}`;

/** Where an article stands in lists, computed from its row, so that the lists cannot say anything else. */
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
export const registerByPage = (siteId: string, key: string, url: string, now: number, isDue: SQL): SQL[] => [
  sql`INSERT INTO articles (site_id, key, url, published_at, created_at, updated_at)
    SELECT ${siteId}, ${key}, ${url}, ${now}, ${now}, ${now} WHERE ${isDue} ON CONFLICT DO NOTHING`,
  sql`INSERT INTO article_lists (site_id, kind, label, article_key, published_at)
    SELECT site_id, 'site', '', key, published_at FROM articles
    WHERE site_id = ${siteId} AND key = ${key} AND ${isDue} ON CONFLICT DO NOTHING`,
];

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

export const createArticleStore = (database: Database): ArticleStore => ({
  async find(siteId, key) {
    const [[site], [article]] = await database.batch<[SiteRow, ArticleRow]>([
      siteById(siteId),
      articleByKey(siteId, key),
    ]);
    return {
      site: site === undefined ? null : toSite(site),
      article: article === undefined ? null : toArticle(article),
    };
  },

  async put(siteId, key, fields, now) {
    const [[before], , , , [row]] = await database.batch<[unknown, unknown, unknown, unknown, ArticleRow]>([
      sql`SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${key}`,
      sql`
        INSERT INTO articles (site_id, key, url, headline, section, topics, authors, key_points, image, published_at,
          commenting, moderation, created_at, updated_at)
        VALUES (${siteId}, ${key}, ${fields.url}, ${fields.headline}, ${fields.section},
          ${JSON.stringify(fields.topics)}, ${JSON.stringify(fields.authors)}, ${JSON.stringify(fields.keyPoints)},
          ${fields.image}, ${fields.publishedAt}, ${fields.commenting}, ${fields.moderation}, ${now}, ${now})
        ON CONFLICT DO UPDATE SET ${sql.join(assignments(fields), sql`, `)}, version = version + 1, updated_at = ${now}`,
      ...listsOf(siteId, key),
      articleByKey(siteId, key),
    ]);
    if (row === undefined) throw new Error('an article was put and is not there');
    return { article: toArticle(row), created: before === undefined };
  },

  async update(siteId, key, fields, now) {
    const rows = await database.batch<[unknown, unknown, unknown, ArticleRow]>([
      sql`UPDATE articles SET ${sql.join(assignments(fields), sql`, `)}, version = version + 1, updated_at = ${now}
        WHERE site_id = ${siteId} AND key = ${key}`,
      ...listsOf(siteId, key),
      articleByKey(siteId, key),
    ]);
    const [row] = rows[3];
    return row === undefined ? null : toArticle(row);
  },

  async list({ siteId, kind, label, sort, now, limit, after }) {
    const value = sort === 'newest' ? sql`l.published_at` : sql`l.comment_count`;
    const index = sort === 'newest' ? sql`NOT INDEXED` : sql`INDEXED BY article_lists_by_count`;
    const published = sql`l.published_at <= ${now}`;
    const below = after === null ? sql`true` : sql`(${value}, l.article_key) < (${after.value}, ${after.key})`;
    // Where time is the order, a place in the list is a bound by itself; with two, the index may be entered at the wrong one.
    const isPublished = sort === 'newest' && after !== null && after.value <= now;
    const rows = await database.all<ArticleRow & { position: number }>(sql`
      SELECT a.*, ${value} AS position
      FROM article_lists l ${index} JOIN articles a ON a.site_id = l.site_id AND a.key = l.article_key
      WHERE l.site_id = ${siteId} AND l.kind = ${kind} AND l.label = ${label}
        AND ${isPublished ? below : sql`${published} AND ${below}`}
      ORDER BY ${value} DESC, l.article_key DESC LIMIT ${limit + 1}`);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      articles: page.map(toArticle) satisfies Article[],
      next: rows.length > limit && last !== undefined ? { value: last.position, key: last.key } : null,
    };
  },

  async counts(siteId, keys) {
    const statements: SQL[] = [];
    for (let i = 0; i < keys.length; i += KEYS_A_STATEMENT) {
      const some = keys.slice(i, i + KEYS_A_STATEMENT).map((key) => sql`(${key})`);
      statements.push(sql`
        SELECT key, comment_count FROM (VALUES ${sql.join(some, sql`, `)}) asked
        CROSS JOIN articles ON site_id = ${siteId} AND key = asked.column1`);
    }
    const [[site], ...answers] = await database.batch<[SiteRow, ...Pick<ArticleRow, 'key' | 'comment_count'>[]]>([
      siteById(siteId),
      ...statements,
    ]);
    return site === undefined ? null : new Map(answers.flat().map((row) => [row.key, row.comment_count]));
  },
});
