import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PlainError, ROOT, runCommand } from './project.ts';
import { runProgram } from './run-program.ts';

/** The same rules as in `npm test`, over collections of real comments that are too large to keep here, or not ours. */
await runCommand(async () => {
  const folder = process.env.CORPORA;
  if (!folder) throw new PlainError('Say where the collections are: CORPORA=../shared/corpora npm run check:corpora');
  const path = resolve(folder);
  if (!existsSync(path)) throw new PlainError(`CORPORA is ${folder}, but there is no ${path}.`);
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  // One file after the other: one of them says how much processor time a comment may take.
  const run = [vitest, 'run', '--project', 'corpora', '--no-file-parallelism', ...process.argv.slice(2)];
  return runProgram(process.execPath, run, { ...process.env, CORPORA: path });
});
