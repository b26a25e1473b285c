import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.ts';

/** The commit where there is one, marked when files have been changed since; else the package's version. */
function sourceVersion(): string {
  const args = ['describe', '--always', '--dirty=-changed', '--abbrev=10', '--exclude=*'];
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** As in "a248d2a0f1 2026-11-29T18:04:28.000Z": each line of the log has it, and the operator's health check. */
export function buildVersion(): string {
  return `${sourceVersion()} ${new Date().toISOString()}`;
}
