import type { ArticleStore, Clock, ModeratorStore, RecentStore } from '../core/ports.ts';

/** Articles a batch: one with fifty topics is two hundred rows written. */
const RELIST_BATCH = 50;

/** Batches a run, so that one minute's work never runs into the next. */
const RELIST_BATCHES = 20;

/**
 * Every minute: brings "most commented" up to date, and deletes what is over: sessions, sign-in
 * links, hours that no list looks back to.
 * @returns articles whose lists were brought up to date
 */
export const keepHouse = async (deps: {
  clock: Clock;
  articles: ArticleStore;
  moderators: ModeratorStore;
  recent: RecentStore;
}): Promise<number> => {
  let relisted = 0;
  for (let batch = 0; batch < RELIST_BATCHES; batch += 1) {
    const done = await deps.articles.relist(RELIST_BATCH);
    relisted += done;
    if (done < RELIST_BATCH) break;
  }
  const now = deps.clock.now();
  await deps.moderators.deleteExpired(now);
  await deps.recent.deleteOldHours(now);
  return relisted;
};
