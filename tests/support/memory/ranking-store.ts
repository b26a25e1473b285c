import type { RankingStore } from '../../../src/core/front-page/ranking-store.ts';
import { visibleUnder } from './counts.ts';
import { siteIn, type Tables } from './tables.ts';

const MILLIS_AN_HOUR = 3_600_000;

const hourOf = (at: number) => Math.floor(at / MILLIS_AN_HOUR);

/** Hours of articles where other comments are visible than the last relisting found. */
const findDue = (tables: Tables): Tables['ranked'] => {
  const due: Tables['ranked'] = [];
  for (const { siteId, key: articleKey } of tables.articles) {
    const counts = new Map<number, number>();
    for (const comment of visibleUnder(tables, siteId, articleKey)) {
      const hour = hourOf(comment.createdAt);
      counts.set(hour, (counts.get(hour) ?? 0) + 1);
    }
    const ranked = tables.ranked.filter((one) => one.siteId === siteId && one.articleKey === articleKey);
    for (const { hour } of ranked) if (!counts.has(hour)) counts.set(hour, 0);
    for (const [hour, count] of counts) {
      const before = ranked.find((one) => one.hour === hour)?.count ?? 0;
      if (before !== count) due.push({ siteId, hour, articleKey, count });
    }
  }
  return due;
};

export function createRankingStore(tables: Tables): RankingStore {
  return {
    async sitesToTurn(now, limit) {
      const due = tables.sites.filter(({ rankedHour }) => rankedHour < hourOf(now));
      return due.map(({ id }) => id).slice(0, limit);
    },

    async turnHour(siteId, now) {
      const site = siteIn(tables, siteId);
      if (site !== undefined) site.rankedHour = Math.max(site.rankedHour, hourOf(now));
    },

    async relist(limit) {
      const due = findDue(tables).slice(0, limit);
      for (const change of due) {
        const { siteId, hour, articleKey } = change;
        const isOther = (one: Tables['ranked'][number]) =>
          one.siteId !== siteId || one.hour !== hour || one.articleKey !== articleKey;
        tables.ranked = [...tables.ranked.filter(isOther), change];
        for (const article of tables.articles) {
          if (article.siteId === siteId && article.key === articleKey) {
            article.listedCount = visibleUnder(tables, siteId, articleKey).length;
          }
        }
      }
      return due.length;
    },
  };
}
