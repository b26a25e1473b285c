import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PlainError, runCommand } from '../cli/project.ts';
import { browserTable, measureBrowser } from './browser.ts';
import { bytesTable, weighComments } from './bytes.ts';
import { compareFirstPage } from './crowd-page.ts';
import { checkFlatness, flatnessTable } from './flat.ts';
import { reportOf, writeReport } from './report.ts';
import { runRounds } from './rounds.ts';
import { measureStartup } from './startup.ts';
import { measureStay, stayTable } from './stay.ts';

const HELP = `npm run bench -- [options]

Builds the Worker as it is deployed, runs it beside floors that do next to nothing, and compares. Takes five minutes.

  --rounds <number>  how often everything is measured (5)
  --only <words>     measure only what has these words in its name, and its floors
  --crowd <folder>   measure the first page there, too (npm run seed:crowd)
  --write            put the figures into docs/benchmarks.md
  --flat <folder>    only compare what requests cost there and with 100 comments; exit code 1 if more
  --bytes            only weigh 50,000 comments: bytes each by table and index, fresh and after a day
  --browser          only open articles of 50 and 1,000 comments in Chromium: first comment, reply
  --stay <minutes>   only leave a page open in Chromium for so long, posting: memory, nodes, requests
  --help             this text
`;

/** So many that one page more or less makes no difference. */
const WEIGHED_COMMENTS = 50_000;

/** Mean lengths in letters: a news site's comments, and those of readers who write letters to the editor. */
const WEIGHED_LENGTHS = [300, 900];

const readOptions = () => {
  try {
    const { values } = parseArgs({
      options: {
        rounds: { type: 'string', default: '5' },
        only: { type: 'string', default: '' },
        crowd: { type: 'string' },
        write: { type: 'boolean', default: false },
        flat: { type: 'string' },
        bytes: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        stay: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
};

/** A number of 1 or more. */
const numberOf = (option: string, given: string): number => {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new PlainError(`--${option} takes a number, not "${given}".`);
  return number;
};

const requireState = (stateDir: string): void => {
  if (!existsSync(join(stateDir, 'v3'))) throw new PlainError(`${stateDir} holds no database: npm run seed:crowd.`);
};

const runFlat = async (stateDir: string): Promise<number> => {
  requireState(stateDir);
  const comparisons = await checkFlatness(stateDir);
  console.log(flatnessTable(comparisons));
  for (const { name, plans } of comparisons.filter(({ isFlat }) => !isFlat))
    console.log(`\n${name}\n${plans.join('\n')}`);
  return comparisons.every(({ isFlat }) => isFlat) ? 0 : 1;
};

await runCommand(async () => {
  process.env.WRANGLER_SEND_METRICS = 'false';
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (options.bytes) {
    for (const mean of WEIGHED_LENGTHS) console.log(`${bytesTable(weighComments(WEIGHED_COMMENTS, mean))}\n`);
    return 0;
  }
  if (options.flat !== undefined) return runFlat(options.flat);
  if (options.write && options.only !== '') throw new PlainError('--write puts all figures there: leave --only out.');
  const rounds = numberOf('rounds', options.rounds);
  if (options.crowd !== undefined) requireState(options.crowd);
  if (options.browser) {
    console.log(browserTable(await measureBrowser(rounds)));
    return 0;
  }
  if (options.stay !== undefined) {
    console.log(stayTable(await measureStay(numberOf('stay', options.stay))));
    return 0;
  }
  const report = reportOf({
    ...(await runRounds(rounds, options.only)),
    startupMillis: measureStartup(rounds),
    crowdPage: options.crowd === undefined ? null : await compareFirstPage(options.crowd, rounds),
    rounds,
  });
  console.log(report);
  if (options.write) writeReport(report);
  return 0;
});
