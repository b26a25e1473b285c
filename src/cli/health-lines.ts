import type { HealthCheckView } from '../contract/health.ts';

/** A line a check, faults in capitals. */
export function describeHealth({ status, version, checks }: HealthCheckView): string {
  const lines = checks.map(
    (check) => `${(check.status === 'ok' ? 'ok' : check.status.toUpperCase()).padEnd(4)}  ${check.detail}`,
  );
  return [...lines, `${status === 'ok' ? 'All is well' : 'Look at the above'}. Version ${version}.`].join('\n');
}
