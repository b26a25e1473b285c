import { type ArticleFields, UNREGISTERED } from '../core/article/article.ts';
import type { ArticleStore, WriteWhere } from '../core/article/article-store.ts';
import type { Deed } from '../core/event/event.ts';
import { RECENT_HOURS } from '../core/front-page/article-listing.ts';
import { isFree, keyOf } from './article-key.ts';
import type { Database } from './database.ts';
import { carryOut, factsOf, insertEvents } from './events.ts';
import { firstVersion, nextVersion } from './next-version.ts';
import { insertLetters } from './outbox.ts';
import { toArticle, toSite } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './site-store.ts';
import { type SQL, sql } from './sql.ts';

export function articleByKey(siteId: string, key: string): SQL {
  return sql`SELECT * FROM articles WHERE site_id = ${siteId} AND key = ${keyOf(siteId, key)}`;
}

/** Whether an article is in the state in which it may be written; for statements before the one that writes it. */
const isIn = (siteId: string, key: SQL, where: WriteWhere): SQL => {
  if (where === 'any') return sql`TRUE`;
  const versions =
    typeof where === 'object'
      ? sql`AND version IN (SELECT value FROM json_each(${JSON.stringify(where.versions)}))`
      : sql``;
  const isThere = sql`EXISTS (SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${key} ${versions})`;
  return where === 'absent' ? sql`NOT ${isThere}` : isThere;
};

/**
 * True where the article in table alias `a` may be listed: the publisher has described it, or readers see a comment
 * under it. One that a comment has registered is a stranger's word until then.
 */
export const isListable = sql`(a.headline IS NOT NULL OR a.comment_count > 0)`;

/** Enters articles, which a query finds, in the lists that their rows name, so that row and lists always agree. */
export function enterInLists(articles: SQL): SQL {
  return sql`
    WITH a AS MATERIALIZED (${articles}), labels (site_id, key, kind, label) AS (
      SELECT site_id, key, 'site', '' FROM a
      UNION SELECT site_id, key, 'section', section FROM a WHERE section IS NOT NULL
      UNION SELECT a.site_id, a.key, 'topic', value FROM a, json_each(a.topics)
      UNION SELECT a.site_id, a.key, 'author', value FROM a, json_each(a.authors))
    INSERT INTO article_lists (site_id, kind, label, article_key, published_at, comment_count)
    SELECT site_id, kind, label, key, published_at, comment_count FROM labels JOIN a USING (site_id, key)
    WHERE ${isListable} ON CONFLICT DO NOTHING`;
}

const listsOf = (siteId: string, key: string): SQL[] => [
  sql`DELETE FROM article_lists WHERE site_id = ${siteId} AND article_key = ${keyOf(siteId, key)}`,
  enterInLists(articleByKey(siteId, key)),
];

/**
 * Registers an article by the address of its page alone; the publisher's own words replace it later. It is in no list
 * yet: relisting enters it when a comment under it is seen.
 */
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
  const subject = { kind: 'article', id: sql`key` } as const;
  const article = sql`FROM articles WHERE site_id = ${deed.site} AND key = ${keyOf(deed.site, key)} AND ${isDue}`;
  const events: SQL[] = [];
  if (commenting !== undefined) {
    const verb = commenting === 'closed' ? 'article.closed' : 'article.opened';
    events.push(
      insertEvents(deed, { verb, subject, articleKey: sql`key` }, sql`${article} AND commenting <> ${commenting}`),
    );
  }
  if (moderation !== undefined) {
    const facts = factsOf({ from: sql`moderation`, to: sql`${moderation}` });
    events.push(
      insertEvents(
        deed,
        { verb: 'article.mode-changed', subject, articleKey: sql`key`, facts },
        sql`${article} AND moderation IS NOT ${moderation}`,
      ),
    );
  }
  return events;
}

const put =
  (database: Database): ArticleStore['put'] =>
  async (deed, key, fields, where = 'any') => {
    const { site: siteId, now } = deed;
    const first = { ...UNREGISTERED, ...fields };
    const at = keyOf(siteId, key);
    const isAsked = isIn(siteId, at, where);
    const isBeingRemoved = sql`EXISTS (SELECT 1 FROM removals WHERE site_id = ${siteId} AND article_key = ${key})`;
    const isDue = sql`(${isAsked} AND NOT ${isBeingRemoved})`;
    const {
      before: [before],
      state: [state],
      article: [row],
    } = await carryOut<{ before: unknown; state: { asked: number; being_removed: number }; article: ArticleRow }>(
      database,
      deed,
      {
        before: sql`SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${at}`,
        state: sql`SELECT ${isAsked} AS asked, ${isBeingRemoved} AS being_removed`,
        events: [
          insertEvents(
            deed,
            {
              verb: 'article.created',
              subject: { kind: 'article', id: key },
              articleKey: key,
              facts: { commenting: first.commenting, moderation: first.moderation },
            },
            sql`WHERE NOT EXISTS (SELECT 1 FROM articles WHERE site_id = ${siteId} AND key = ${at}) AND ${isDue}`,
          ),
          ...changesOf(deed, key, fields, isDue),
        ],
        put: sql`
        INSERT INTO articles (site_id, key, url, headline, section, topics, authors, key_points, image, published_at,
          commenting, moderation, version, created_at, updated_at)
        SELECT ${siteId}, ${at}, ${fields.url}, ${fields.headline}, ${fields.section},
          ${JSON.stringify(fields.topics)}, ${JSON.stringify(fields.authors)}, ${JSON.stringify(fields.keyPoints)},
          ${fields.image}, ${fields.publishedAt}, ${first.commenting}, ${first.moderation}, ${firstVersion}, ${now}, ${now}
        WHERE ${isDue}
        ON CONFLICT DO UPDATE SET ${sql.join(assignments(fields), sql`, `)}, version = ${nextVersion}, updated_at = ${now}`,
        lists: listsOf(siteId, key),
        article: articleByKey(siteId, key),
      },
    );
    if (state?.asked !== 1) return { isWritten: false, isThere: before !== undefined };
    if (state.being_removed === 1) return { isWritten: false, isBeingRemoved: true };
    if (row === undefined) throw new Error('an article was put and is not there');
    return { isWritten: true, article: toArticle(row), created: before === undefined };
  };

const rekey =
  (database: Database): ArticleStore['rekey'] =>
  async (deed, key, to) => {
    const siteId = deed.site;
    const article = sql`articles WHERE site_id = ${siteId} AND key = ${keyOf(siteId, key)}`;
    const isOther = sql`${isFree(siteId, to, sql`articles.key`)} AND coalesce(public_key, key) <> ${to}`;
    const {
      article: [row],
    } = await carryOut<{ article: ArticleRow }>(database, deed, {
      event: insertEvents(
        deed,
        {
          verb: 'article.rekeyed',
          subject: { kind: 'article', id: sql`key` },
          articleKey: sql`key`,
          facts: factsOf({ from: sql`coalesce(public_key, key)`, to }),
        },
        sql`FROM ${article} AND ${isOther}`,
      ),
      // The key before this one goes on leading here.
      alias: sql`INSERT INTO article_aliases (site_id, alias, article_key)
        SELECT site_id, ${to}, key FROM ${article} AND key <> ${to} AND ${isOther} ON CONFLICT DO NOTHING`,
      moved: sql`UPDATE articles SET public_key = nullif(${to}, key), version = ${nextVersion}, updated_at = ${deed.now}
        WHERE site_id = ${siteId} AND key = ${keyOf(siteId, key)} AND ${isOther}`,
      article: articleByKey(siteId, key),
    });
    return row === undefined ? null : toArticle(row);
  };

/** Readers see nothing of it from then on; the rows of its comments go in steps (`removal-store.ts`). */
const remove =
  (database: Database): ArticleStore['remove'] =>
  async (deed, key) => {
    const siteId = deed.site;
    const article = sql`articles WHERE site_id = ${siteId} AND key = ${keyOf(siteId, key)}`;
    const its = sql`site_id = ${siteId} AND article_key = ${keyOf(siteId, key)}`;
    const {
      article: [row],
    } = await carryOut<{ article: ArticleRow }>(database, deed, {
      article: articleByKey(siteId, key),
      event: insertEvents(
        deed,
        {
          verb: 'article.removed',
          subject: { kind: 'article', id: sql`key` },
          articleKey: sql`key`,
          facts: factsOf({ comments: sql`comment_count` }),
        },
        sql`FROM ${article}`,
      ),
      removal: sql`INSERT INTO removals (site_id, article_key, stage) SELECT site_id, key, 'comments' FROM ${article}`,
      lists: sql`DELETE FROM article_lists WHERE ${its}`,
      rankings: sql`DELETE FROM article_activity
        WHERE ${its} AND hours IN (SELECT value FROM json_each(${JSON.stringify(RECENT_HOURS)}))`,
      removed: sql`DELETE FROM ${article}`,
      // The last, because the statements before it find the article by these.
      aliases: sql`DELETE FROM article_aliases WHERE ${its}`,
    });
    return row === undefined ? null : toArticle(row);
  };

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

    put: put(database),
    rekey: rekey(database),
    remove: remove(database),

    async update(deed, key, fields) {
      const { site: siteId, now } = deed;
      const {
        article: [row],
      } = await carryOut<{ article: ArticleRow }>(database, deed, {
        events: changesOf(deed, key, fields),
        update: sql`UPDATE articles SET ${sql.join(assignments(fields), sql`, `)}, version = ${nextVersion}, updated_at = ${now}
        WHERE site_id = ${siteId} AND key = ${keyOf(siteId, key)}`,
        lists: listsOf(siteId, key),
        article: articleByKey(siteId, key),
      });
      return row === undefined ? null : toArticle(row);
    },
  };
}
