import { join } from 'node:path';
import { buildIfChanged } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { ROOT, runCommand } from './project.ts';
import { runProgram } from './run-program.ts';

// `corpora` needs data that is not in the repository; it has a command of its own.
const PROJECTS = ['node', 'worker', 'tooling', 'e2e'];

const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/** Everything after `npm test --` goes to vitest: `tests/node/words`, `-t <name>`, `--project node`. */
const args = process.argv.slice(2);

/** Their tests open pages: all of `e2e`, and a snippet of the docs in `tooling`. */
const IN_CHROMIUM = ['tooling', 'e2e'];

/** The projects that are named outright or by a path, so that `npm test -- tests/node` needs no browser. */
function chosenProjects(): string[] {
  const chosen = args.flatMap((arg, index) => {
    const named = args[index - 1] === '--project' ? arg : /^--project=(.+)$/.exec(arg)?.[1];
    return named ?? /^tests\/(\w+)/.exec(arg)?.[1] ?? [];
  });
  return chosen.length > 0 ? chosen : PROJECTS;
}

await runCommand(async () => {
  const projects = chosenProjects();
  const env = { ...process.env };
  if (projects.some((name) => IN_CHROMIUM.includes(name))) {
    env.CHROMIUM_PATH = await ensureChromium();
    console.log(`Browser tests use ${env.CHROMIUM_PATH}`);
  }
  // Building here, once, keeps several projects from doing it at the same time.
  if (projects.some((name) => name !== 'node')) await buildIfChanged();
  const named = args.some((arg) => arg.startsWith('--project'));
  const selection = named ? [] : projects.flatMap((name) => ['--project', name]);
  return runProgram(process.execPath, [VITEST, 'run', ...selection, ...args], env);
});
