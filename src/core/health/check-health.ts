import type { Clock } from '../platform/clock.ts';
import { faultOf } from '../platform/fault.ts';
import { ok, type Result } from '../result.ts';
import type { Place } from '../site/directory.ts';
import type { HealthStore, Migration, Run } from './health-store.ts';
import { type Plan, type Size, sizeOf } from './size.ts';

export type Grade = 'ok' | 'warn' | 'fail';

/** A part that was looked at, with its state; `error`: the kind of error that stood in the way. */
export type Finding =
  | { name: 'storage'; database: string; millis: number; error: string | null }
  | { name: 'schema'; database: string; found: string | null; known: string }
  | { name: 'size'; database: string; size: Size }
  | { name: 'jobs'; database: string; ranAt: number | null; failing: Record<string, number> }
  | { name: 'kv'; database: null; error: string | null };

export type Check = Finding & { grade: Grade };

export interface Health {
  version: string;
  checkedAt: number;
  checks: Check[];
}

/** The jobs run every minute; a few minutes without are a platform's hiccup. */
export const LATE_MILLIS = 300_000;

interface HealthDeps {
  clock: Clock;
  version: string;
  plan: Plan | null;
  directory: { places: readonly Place[] };
  storesIn(place: Place): { health: HealthStore };
}

const gradeOfSchema = (found: string | null, known: string): Grade => {
  if (found === known) return 'ok';
  return found !== null && found > known ? 'warn' : 'fail';
};

const gradeOfSize = ({ mark }: Size): Grade => {
  if (mark === 0) return 'ok';
  return mark === 95 ? 'fail' : 'warn';
};

/** A database in which no job ever ran is late from the time of its last migration on. */
const gradeOfJobs = (run: Run | null, migration: Migration | null, now: number): Grade => {
  const since = Math.min(run?.at ?? migration?.appliedAt ?? 0, ...Object.values(run?.failing ?? {}));
  if (now - since > LATE_MILLIS) return 'fail';
  return run === null || Object.keys(run.failing).length > 0 ? 'warn' : 'ok';
};

async function checkDatabase({ clock, plan, storesIn }: HealthDeps, place: Place): Promise<Check[]> {
  const { database } = place;
  const begin = clock.now();
  const checks: Check[] = [];
  try {
    const { health } = storesIn(place);
    const migration = await health.findLastMigration();
    const [found, known] = [migration?.name ?? null, health.knownMigration];
    checks.push({ name: 'schema', database, grade: gradeOfSchema(found, known), found, known });
    const { written, run, bytes } = await health.probe(begin);
    const error = written === begin ? null : 'written and not read';
    const now = clock.now();
    checks.unshift({ name: 'storage', database, grade: error === null ? 'ok' : 'fail', millis: now - begin, error });
    const { at: ranAt = null, failing = {} } = run ?? {};
    checks.push({ name: 'jobs', database, grade: gradeOfJobs(run, migration, now), ranAt, failing });
    const size = bytes === null ? null : sizeOf(bytes, plan);
    if (size !== null) checks.push({ name: 'size', database, grade: gradeOfSize(size), size });
  } catch (thrown) {
    const { error } = faultOf(thrown);
    checks.unshift({ name: 'storage', database, grade: 'fail', millis: clock.now() - begin, error });
  }
  return checks;
}

async function checkKv({ directory: { places }, storesIn }: HealthDeps): Promise<Check> {
  const [first] = places;
  if (first === undefined) throw new Error('no database is bound');
  try {
    await storesIn(first).health.readKv();
    return { name: 'kv', database: null, grade: 'ok', error: null };
  } catch (thrown) {
    return { name: 'kv', database: null, grade: 'fail', error: faultOf(thrown).error };
  }
}

/** Looks at all that the Worker stands on. It writes a row in each database, and nothing in KV. */
export async function checkHealth(deps: HealthDeps): Promise<Result<Health>> {
  const { places } = deps.directory;
  const found = await Promise.all([...places.map((place) => checkDatabase(deps, place)), checkKv(deps)]);
  return ok({ version: deps.version, checkedAt: deps.clock.now(), checks: found.flat() });
}

/** A whole is as good as its worst part. */
export function worstOf(checks: readonly { grade: Grade }[]): Grade {
  return (['fail', 'warn'] as const).find((grade) => checks.some((check) => check.grade === grade)) ?? 'ok';
}
