import { type ArticleFields, UNREGISTERED } from '../../../src/core/article/article.ts';
import type { ArticleStore } from '../../../src/core/article/article-store.ts';
import type { Deed } from '../../../src/core/event/event.ts';
import { visibleUnder } from './counts.ts';
import { insertEvent } from './events.ts';
import { toArticle, toSite } from './rows.ts';
import { articleIn, type StoredArticle, siteIn, type Tables } from './tables.ts';

/** Registers an article by the address of its page alone, if nobody has registered it. */
export function registerByPage(tables: Tables, deed: Deed, key: string, url: string): void {
  const { site, now } = deed;
  if (articleIn(tables, site, key) !== undefined) return;
  insertEvent(tables, deed, { verb: 'article.registered', subject: { kind: 'article', id: key }, articleKey: key });
  tables.articles.push({
    siteId: site,
    key,
    publicKey: key,
    aliases: [],
    url,
    headline: null,
    section: null,
    topics: [],
    authors: [],
    keyPoints: [],
    image: null,
    publishedAt: now,
    commenting: 'open',
    moderation: null,
    listedCount: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}

const change = (tables: Tables, deed: Deed, article: StoredArticle, fields: Partial<ArticleFields>): void => {
  const { key } = article;
  const about = { subject: { kind: 'article', id: key }, articleKey: key } as const;
  const { commenting = article.commenting, moderation = article.moderation } = fields;
  if (commenting !== article.commenting) {
    insertEvent(tables, deed, { ...about, verb: commenting === 'closed' ? 'article.closed' : 'article.opened' });
  }
  if (moderation !== article.moderation) {
    const facts = { from: article.moderation, to: moderation };
    insertEvent(tables, deed, { ...about, verb: 'article.mode-changed', facts });
  }
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  Object.assign(article, given, { version: article.version + 1, updatedAt: deed.now });
  article.listedCount = visibleUnder(tables, deed.site, key).length;
};

export function createArticleStore(tables: Tables): ArticleStore {
  return {
    async find(siteId, key) {
      const article = articleIn(tables, siteId, key);
      return {
        site: toSite(siteIn(tables, siteId)),
        article: article === undefined ? null : toArticle(tables, article),
      };
    },

    async put(deed, key, description, where = 'any') {
      const { site: siteId, now } = deed;
      const before = articleIn(tables, siteId, key);
      const isThere = before !== undefined;
      if ((where === 'absent' && isThere) || (where === 'present' && !isThere)) return { isWritten: false, isThere };
      if (typeof where === 'object' && !where.versions.includes(before?.version ?? 0))
        return { isWritten: false, isThere };
      if (before !== undefined) {
        change(tables, deed, before, description);
        return { isWritten: true, article: toArticle(tables, before), created: false };
      }
      const fields = { ...UNREGISTERED, ...description };
      const article = {
        ...fields,
        siteId,
        key,
        publicKey: key,
        aliases: [],
        listedCount: 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      const { commenting, moderation } = fields;
      const facts = { commenting, moderation };
      const subject = { kind: 'article', id: key } as const;
      insertEvent(tables, deed, { verb: 'article.created', subject, articleKey: key, facts });
      tables.articles.push(article);
      return { isWritten: true, article: toArticle(tables, article), created: true };
    },

    async rekey(deed, key, to) {
      const { site: siteId, now } = deed;
      const article = articleIn(tables, siteId, key);
      if (article === undefined) return null;
      const taken = articleIn(tables, siteId, to);
      const isFree = taken === undefined || taken === article;
      if (isFree && article.publicKey !== to) {
        const about = { subject: { kind: 'article', id: article.key }, articleKey: article.key } as const;
        insertEvent(tables, deed, { ...about, verb: 'article.rekeyed', facts: { from: article.publicKey, to } });
        Object.assign(article, { publicKey: to, version: article.version + 1, updatedAt: now });
        article.aliases = [...new Set([...article.aliases, to])].filter((one) => one !== article.key);
      }
      return toArticle(tables, article);
    },

    async remove(deed, asked) {
      const { site: siteId } = deed;
      const article = articleIn(tables, siteId, asked);
      if (article === undefined) return null;
      const { key } = article;
      const removed = toArticle(tables, article);
      const facts = { comments: removed.commentCount };
      insertEvent(tables, deed, {
        ...{ verb: 'article.removed', subject: { kind: 'article', id: key }, articleKey: key, facts },
      });
      const isIts = (one: { siteId: string; articleKey: string }) => one.siteId === siteId && one.articleKey === key;
      const gone = new Set(tables.comments.filter(isIts).map(({ id }) => id));
      tables.articles = tables.articles.filter((one) => one !== article);
      tables.comments = tables.comments.filter((one) => !isIts(one));
      tables.votes = tables.votes.filter((one) => one.siteId !== siteId || !gone.has(one.commentId));
      tables.flags = tables.flags.filter((one) => one.siteId !== siteId || !gone.has(one.commentId));
      tables.ranked = tables.ranked.filter((one) => !isIts(one));
      return removed;
    },

    async update(deed, key, fields) {
      const article = articleIn(tables, deed.site, key);
      if (article === undefined) return null;
      change(tables, deed, article, fields);
      return toArticle(tables, article);
    },
  };
}
