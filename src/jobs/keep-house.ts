import { type Plan, sizeOf } from '../core/health/size.ts';
import { faultOf } from '../core/platform/fault.ts';
import type { Directory, Place } from '../core/site/directory.ts';
import type { Stores } from '../core/stores.ts';
import { deleteExpired } from './delete-expired.ts';
import { deleteRemoved } from './delete-removed.ts';
import { deliverLetters } from './deliver-letters.ts';
import { endBans } from './end-bans.ts';
import { endNetworkHolds } from './end-network-holds.ts';
import { forgetLimitWindows } from './forget-limit-windows.ts';
import { emptyOldComments, forgetTraces } from './forget-traces.ts';
import type { Job, JobDeps } from './job.ts';
import { noticeSecrets } from './notice-secrets.ts';
import { relist } from './relist.ts';
import { sealEvents } from './seal-events.ts';
import { turnDayKeys } from './turn-day-keys.ts';
import { turnHour } from './turn-hour.ts';

/** The order matters: the rankings leave an hour before anything is added to them, and receivers may take long. */
const JOBS: readonly Job[] = [
  turnHour,
  relist,
  deleteExpired,
  deleteRemoved,
  turnDayKeys,
  forgetTraces,
  forgetLimitWindows,
  emptyOldComments,
  endBans,
  endNetworkHolds,
  noticeSecrets,
  sealEvents,
  deliverLetters,
];

/** Nothing begins later than this. What goes on into the next minute's work does no harm: see job.ts. */
const BEGIN_WITHIN_MILLIS = 25_000;

type House = Omit<JobDeps, keyof Stores> & {
  directory: Pick<Directory, 'places'>;
  plan: Plan | null;
  openStores(place: Place, start: string): Stores;
  log(event: string, facts: Record<string, string | number | null>): void;
};

/** The outcome of a job in one database. */
export interface Kept {
  job: string;
  database: string;
  done: number;
  failed: number;
}

/** Sites take turns, and one with more to do comes again after all others. A step that fails stops no other. */
async function runJob(job: Job, deps: JobDeps, until: number, onError: (error: unknown, siteId: string) => void) {
  if (deps.clock.now() >= until) return 0;
  const due = (await job.due?.(deps, job.steps)) ?? [''];
  let done = 0;
  let steps = 0;
  for (const siteId of due) {
    if (steps === job.steps || deps.clock.now() >= until) break;
    steps += 1;
    try {
      const step = await job.step(deps, siteId);
      done += step.done;
      if (step.isMore) due.push(siteId);
    } catch (error) {
      onError(error, siteId);
    }
  }
  return done;
}

/**
 * Without a site a database rests: it is new, or a restore is filling it, which puts its sites in last and may be met
 * by no job before. One that does not answer is no reason to rest: each job then says so.
 */
async function isAtRest(house: House, place: Place): Promise<boolean> {
  try {
    return !(await house.openStores(place, 'first-primary').sites.isAnyThere());
  } catch {
    return false;
  }
}

async function keepDatabase(house: House, place: Place, jobs: readonly Job[], until: number): Promise<Kept[]> {
  const { database } = place;
  const { clock, ids, hashing, secretMarks, random, receivers, log } = house;
  const kept: Kept[] = [];
  const due = (await isAtRest(house, place)) ? [] : jobs;
  for (const { name: job, ...work } of due) {
    let failed = 0;
    // The message is not logged: it may quote a statement.
    const onError = (error: unknown, site: string) => {
      failed += 1;
      log('job-failed', { job, database, site: site || null, ...faultOf(error) });
    };
    let done = 0;
    try {
      const deps = {
        clock,
        ids,
        hashing,
        secretMarks,
        random,
        receivers,
        ...house.openStores(place, 'first-primary'),
      };
      done = await runJob({ name: job, ...work }, deps, until, onError);
    } catch (error) {
      onError(error, '');
    }
    if (done > 0) log('job-done', { job, database, done });
    kept.push({ job, database, done, failed });
  }
  await recordRun(house, place, kept);
  return kept;
}

const HOUR_MILLIS = 3_600_000;

/** Keeps that the jobs have gone through the database, and says once an hour how large it is. */
async function recordRun(house: House, place: Place, kept: readonly Kept[]): Promise<void> {
  const { database } = place;
  const now = house.clock.now();
  const failed = kept.filter((job) => job.failed > 0).map(({ job }) => job);
  try {
    const { health } = house.openStores(place, 'first-primary');
    const { before, bytes } = await health.recordRun(now, failed);
    const isSameHour = Math.floor((before?.at ?? 0) / HOUR_MILLIS) === Math.floor(now / HOUR_MILLIS);
    if (bytes === null || isSameHour) return;
    const { limitBytes, percent, mark } = sizeOf(bytes, house.plan);
    house.log(mark === 0 ? 'database-size' : 'database-filling', { database, bytes, limitBytes, percent, mark });
  } catch (error) {
    house.log('job-failed', { job: 'record-run', database, site: null, ...faultOf(error) });
  }
}

/**
 * Runs each job in each database, every minute. Databases work side by side, so that none waits for one that does not
 * answer; within one, jobs and sites take turns.
 */
export async function keepHouse(house: House, jobs: readonly Job[] = JOBS): Promise<Kept[]> {
  const until = house.clock.now() + BEGIN_WITHIN_MILLIS;
  return (await Promise.all(house.directory.places.map((place) => keepDatabase(house, place, jobs, until)))).flat();
}
