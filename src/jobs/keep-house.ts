import type { RankingStore } from '../core/front-page/ranking-store.ts';
import type { Clock } from '../core/platform/clock.ts';
import type { ModeratorStore } from '../core/team/moderator-store.ts';

/** Hours of articles a batch: an article with fifty topics is two hundred rows written. */
const RELIST_BATCH = 200;

/** Batches a run, so that one minute's work never runs into the next. */
const RELIST_BATCHES = 20;

/**
 * Every minute: brings "most commented", of all time and of the last hours, up to date, and deletes what is over:
 * sessions, sign-in links, hours that no ranking looks back to.
 * @returns how many changes the lists were behind, counted by article and hour
 */
export async function keepHouse(deps: {
  clock: Clock;
  rankings: RankingStore;
  moderators: ModeratorStore;
}): Promise<number> {
  const now = deps.clock.now();
  await deps.rankings.turnHour(now);
  let relisted = 0;
  for (let batch = 0; batch < RELIST_BATCHES; batch += 1) {
    const done = await deps.rankings.relist(RELIST_BATCH);
    relisted += done;
    if (done < RELIST_BATCH) break;
  }
  await deps.moderators.deleteExpired(now);
  return relisted;
}
