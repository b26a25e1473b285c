import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { PlainError, ROOT, runCommand } from '../cli/project.ts';
import { checkMutants, type Verdict } from './check.ts';
import type { Mutant } from './draw.ts';

const HELP = `npm run check:mutants -- [options]

Breaks the product on purpose, one small change at a time, and says which changes no test has noticed. Runs all tests
of the product once, to see which of them reach what; then, for each change, those that reach it, until one fails.

  --count <number>  how many changes are tested (20; a thorough run takes 200)
  --seed <number>   draws other changes (1)
  --only <path>     changes files that begin with it, such as src/store/ or src/core/rate-limit/admit.ts
  --tests <path>    shows them only to test files that begin with it, such as tests/node/ (all)
  --help            this text

--only and --tests can be given several times. Exit code 1 if less than 97 in a hundred were noticed.
`;

const ENOUGH = 0.97;

const readOptions = () => {
  try {
    const { values } = parseArgs({
      options: {
        count: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string', multiple: true, default: ['src/'] },
        tests: { type: 'string', multiple: true, default: ['tests/'] },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
};

const readNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new PlainError(`--${name} takes a positive number, not "${text}".`);
};

const WIDTH = 60;

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
};

const describe = ({ file, line, operator, from, to }: Mutant): string =>
  `${file}:${line}  ${operator}: ${short(from)} → ${short(to) || 'nothing'}`;

const show = ({ mutant, fate, killer, seconds }: Verdict): void => {
  const by = fate === 'killed' ? `\n            ${killer ?? 'the tests came to no end'}` : '';
  console.log(`${fate.padEnd(9)} ${describe(mutant)}  ${seconds.toFixed(1)} s${by}`);
};

const summarize = (verdicts: Verdict[], minutes: number): number => {
  const numberOf = (fate: Verdict['fate']): number => verdicts.filter((verdict) => verdict.fate === fate).length;
  const tested = verdicts.length - numberOf('refused');
  const share = numberOf('killed') / tested;
  console.log(
    `\n${numberOf('killed')} of ${tested} were noticed (${(share * 100).toFixed(1)} %), ` +
      `${numberOf('refused')} others refused by the compiler, in ${minutes.toFixed(1)} minutes.`,
  );
  const survivors = verdicts.filter(({ fate }) => fate === 'survived').map(({ mutant }) => describe(mutant));
  if (survivors.length > 0) console.log(`\nNoticed by no test:\n${survivors.sort().join('\n')}`);
  return share >= ENOUGH ? 0 : 1;
};

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  console.log('The tests run once on the product as it is: those that have not since they or it were changed.');
  const started = performance.now();
  const minutes = (): number => (performance.now() - started) / 60_000;
  const verdicts = await checkMutants({
    root: ROOT,
    seed: readNumber('seed', options.seed),
    count: readNumber('count', options.count),
    only: options.only,
    tests: options.tests,
    lanes: availableParallelism(),
    onBaseline: ({ tests, faults }) => {
      console.log(`${tests.length} test files pass, after ${minutes().toFixed(1)} minutes.\n`);
      if (faults.length > 0) console.log(`Left out, as they fail without any change:\n${faults.join('\n')}\n`);
    },
    onVerdict: show,
  });
  if (verdicts.length === 0) throw new PlainError(`Nothing to change in ${options.only.join(', ')}.`);
  return summarize(verdicts, minutes());
});
