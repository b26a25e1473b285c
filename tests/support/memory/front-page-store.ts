import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { ArticleListing } from '../../../src/core/front-page/article-listing.ts';
import type { FrontPageStore } from '../../../src/core/front-page/front-page-store.ts';
import { visibleUnder } from './counts.ts';
import { toArticle, toSite, toThreadComment } from './rows.ts';
import { articleIn, byText, type StoredArticle, siteIn, type Tables } from './tables.ts';

/** The newest articles of a section, topic or author in which comments are looked for. */
const ARTICLES_LOOKED_AT = 40;

type List = Pick<ArticleListing, 'kind' | 'label'>;

const isIn = ({ kind, label }: List, { section, topics, authors }: StoredArticle): boolean =>
  ({
    site: label === '',
    section: section === label,
    topic: topics.includes(label),
    author: authors.includes(label),
  })[kind];

export function createFrontPageStore(tables: Tables): FrontPageStore {
  const published = (siteId: string, list: List, now: number): StoredArticle[] =>
    tables.articles.filter(
      (one) => one.siteId === siteId && isIn(list, one) && one.publishedAt <= now && isListable(one),
    );

  /** One that a comment has registered is a stranger's word until a comment under it is seen. */
  const isListable = ({ siteId, key, headline }: StoredArticle): boolean =>
    headline !== null || visibleUnder(tables, siteId, key).length > 0;

  /** Comments of the last hours, as of the last relisting. */
  const activityOf = ({ siteId, key }: StoredArticle, hours: number): number => {
    const oldest = (siteIn(tables, siteId)?.rankedHour ?? 0) - hours;
    return tables.ranked
      .filter((one) => one.siteId === siteId && one.articleKey === key && one.hour >= oldest)
      .reduce((sum, { count }) => sum + count, 0);
  };

  return {
    async list({ siteId, kind, label, sort, now, limit, after }) {
      const placeOf = (article: StoredArticle) => (sort === 'newest' ? article.publishedAt : article.listedCount);
      type Place = { value: number; key: string };
      const order = (a: Place, b: Place) => b.value - a.value || byText(b.key, a.key);
      const rest = published(siteId, { kind, label }, now)
        .filter(({ headline, listedCount }) => headline !== null || listedCount > 0)
        .map((article) => ({ article, value: placeOf(article), key: article.key }))
        .filter((place) => after === null || order(place, after) > 0)
        .sort(order);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return {
        articles: page.map(({ article }) => toArticle(tables, article)),
        next: rest.length > limit && last !== undefined ? { value: last.value, key: last.key } : null,
      };
    },

    async counts(siteId, keys) {
      if (siteIn(tables, siteId) === undefined) return null;
      const known = keys.filter((key) => articleIn(tables, siteId, key) !== undefined);
      return new Map(known.map((key) => [key, visibleUnder(tables, siteId, key).length]));
    },

    async findMostCommented({ siteId, list, hours, limit, now }) {
      const ranked = published(siteId, list, now)
        .map((article) => ({ article, count: activityOf(article, hours) }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || byText(a.article.key, b.article.key));
      return {
        site: toSite(siteIn(tables, siteId)),
        articles: ranked.slice(0, limit).map(({ article }) => toArticle(tables, article)),
      };
    },

    async findNewestComments({ siteId, list, limit, now }) {
      const listed = published(siteId, list, now).sort((a, b) => b.publishedAt - a.publishedAt || byText(b.key, a.key));
      const some = list.kind === 'site' ? listed : listed.slice(0, ARTICLES_LOOKED_AT);
      const articles = new Map(some.map((article) => [article.key, article]));
      const newest = tables.comments
        .filter((one) => one.siteId === siteId && articles.has(one.articleKey) && isVisible(one.status))
        .sort((a, b) => byText(b.id, a.id))
        .slice(0, limit);
      return {
        site: toSite(siteIn(tables, siteId)),
        comments: newest.map((comment) => {
          const { key, url, headline } = articles.get(comment.articleKey) as StoredArticle;
          return { comment: toThreadComment(tables, comment), article: { key, url, headline } };
        }),
      };
    },
  };
}
