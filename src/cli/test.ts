import { join } from 'node:path';
import { buildIfChanged } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { ROOT, runCommand } from './project.ts';
import { runProgram } from './run-program.ts';

// `corpora` needs data that is not in the repository; it has a command of its own.
const PROJECTS = ['core', 'worker', 'tooling', 'e2e'];

const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/** Everything after `npm test --` goes to vitest: names of files, `-t <name>`, `--project core`. */
const args = process.argv.slice(2);

function chosenProjects(): string[] {
  const chosen = args.flatMap((arg, index) => {
    if (arg === '--project') return [args[index + 1] ?? ''];
    return arg.startsWith('--project=') ? [arg.slice('--project='.length)] : [];
  });
  return chosen.length > 0 ? chosen : PROJECTS;
}

await runCommand(async () => {
  const projects = chosenProjects();
  const env = { ...process.env };
  if (projects.includes('e2e')) {
    env.CHROMIUM_PATH = await ensureChromium();
    console.log(`Browser tests use ${env.CHROMIUM_PATH}`);
  }
  // Once, before several of them would at the same time.
  if (projects.some((name) => name !== 'core')) await buildIfChanged();
  const defaults = projects === PROJECTS ? PROJECTS.flatMap((name) => ['--project', name]) : [];
  return runProgram(process.execPath, [VITEST, 'run', ...defaults, ...args], env);
});
