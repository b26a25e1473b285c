import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainError } from '../cli/project.ts';
import { askWrangler } from '../cli/run-program.ts';
import { median } from './median.ts';

const ACTIVE = /Active:\s+([\d.]+) ms/;

/** The milliseconds in which the Worker's module loads and is not idle, by `wrangler check startup`. */
export function measureStartup(times: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-startup-'));
  try {
    const runs = Array.from({ length: times }, (_, n) => {
      const { output } = askWrangler(['check', 'startup', '--outfile', join(folder, `${n}.cpuprofile`)]);
      const active = ACTIVE.exec(output)?.[1];
      if (active === undefined) throw new PlainError(`wrangler check startup said nothing of its time:\n${output}`);
      return Number(active);
    });
    return median(runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
