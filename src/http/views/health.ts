import type { HealthCheckView } from '../../contract/health.ts';
import { type Check, type Health, worstOf } from '../../core/health/check-health.ts';
import { isoTime } from './article.ts';

const megabytes = (bytes: number): string =>
  `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;

const ago = (millis: number): string => {
  const seconds = Math.max(0, Math.round(millis / 1_000));
  return seconds < 120 ? `${seconds} seconds ago` : `${Math.round(seconds / 60)} minutes ago`;
};

const SCHEMA = {
  ok: ({ found }: { found: string | null }) => `has every migration that this Worker knows, up to ${found}.`,
  warn: ({ found, known }) =>
    `is at ${found}, and this Worker is from before that (${known}): it was rolled back, or a deploy has not ended.`,
  fail: ({ found, known }) =>
    `is at ${found ?? 'no migration'}, and this Worker needs ${known}: run \`npm run deploy\`.`,
} satisfies Record<string, (facts: { found: string | null; known: string }) => string>;

const jobsIn = (database: string, ranAt: number | null, failing: Record<string, number>, now: number): string => {
  if (ranAt === null)
    return `The jobs of the minute have not run in ${database} yet. In the first minutes after a deploy that is so; later the cron trigger is missing.`;
  const failures = Object.entries(failing).map(([job, since]) => `${job} fails since ${isoTime(since)}`);
  const more = failures.length === 0 ? '' : ` ${failures.join(', ')}: see \`job-failed\` in the log.`;
  return `The jobs of the minute last went through ${database} ${ago(now - ranAt)}.${more}`;
};

/** The sentence of a check. */
function detailOf(check: Check, now: number): string {
  const { database } = check;
  switch (check.name) {
    case 'storage':
      return check.error === null
        ? `${database} was written and read in ${check.millis} ms.`
        : `${database} cannot be written and read (${check.error}): see the log.`;
    case 'schema':
      return `${database} ${SCHEMA[check.grade](check)}`;
    case 'size': {
      const { bytes, limitBytes, percent } = check.size;
      const more = check.grade === 'ok' ? '' : ' The runbook says what to do when a database fills up.';
      return `${database} holds ${megabytes(bytes)}, ${percent} % of ${megabytes(limitBytes)}.${more}`;
    }
    case 'jobs':
      return jobsIn(check.database, check.ranAt, check.failing, now);
    case 'kv':
      return check.error === null
        ? 'KV was read. It is not written: the free plan has 1,000 writes a day.'
        : `KV cannot be read (${check.error}).`;
  }
}

export function healthCheckView({ version, checkedAt, checks }: Health): HealthCheckView {
  return {
    status: worstOf(checks),
    version,
    checkedAt: isoTime(checkedAt),
    checks: checks.map((check) => ({
      name: check.name,
      database: check.database,
      status: check.grade,
      detail: detailOf(check, checkedAt),
    })),
  };
}
