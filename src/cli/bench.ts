import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFlatness, flatnessTable } from './bench/flat.ts';
import { PlainError, runCommand } from './project.ts';

const HELP = `npm run bench -- [options]

  --flat <folder>  compare what requests cost there (npm run seed:crowd) and with 100 comments; exit code 1 if more
  --help           this text
`;

const readOptions = () => {
  try {
    const { values } = parseArgs({ options: { flat: { type: 'string' }, help: { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
};

const runFlat = async (stateDir: string): Promise<number> => {
  if (!existsSync(join(stateDir, 'v3'))) throw new PlainError(`${stateDir} holds no database: npm run seed:crowd.`);
  const comparisons = await checkFlatness(stateDir);
  console.log(flatnessTable(comparisons));
  for (const { name, plans } of comparisons.filter(({ isFlat }) => !isFlat))
    console.log(`\n${name}\n${plans.join('\n')}`);
  return comparisons.every(({ isFlat }) => isFlat) ? 0 : 1;
};

await runCommand(async () => {
  process.env.WRANGLER_SEND_METRICS = 'false';
  const { flat, help } = readOptions();
  if (help) {
    console.log(HELP);
    return 0;
  }
  if (flat !== undefined) return runFlat(flat);
  return 0;
});
