import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PlainError, runCommand } from '../cli/project.ts';
import { seedCrowd } from './crowd/seed.ts';
import { crowdOf } from './crowd/shape.ts';

const HELP = `npm run seed:crowd -- --state DIR [options]

Builds a database with millions of comments, to see what a page costs when much is stored.

  --state <folder>     a new state folder; needs about 2 GB for a million comments
  --comments <number>  all comments (5000000)
  --articles <number>  all articles (10000)
  --viral <number>     comments under the article "viral" (1000000)
  --replies <number>   direct replies to its first comment (100000)
  --help               this text

Look at it with \`npm start -- --state DIR\`, weigh it with \`npm run bench -- --flat DIR\`.
`;

/** The shape (a chain of 32, some of everything) needs this many. */
const FEWEST_UNDER_VIRAL = 100;

const readNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new PlainError(`--${name} takes a positive number, not "${text}".`);
};

const readOptions = () => {
  try {
    const { values } = parseArgs({
      options: {
        state: { type: 'string' },
        comments: { type: 'string', default: '5000000' },
        articles: { type: 'string', default: '10000' },
        viral: { type: 'string', default: '1000000' },
        replies: { type: 'string', default: '100000' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
};

const readShape = (options: ReturnType<typeof readOptions>) => {
  const number = (name: 'comments' | 'articles' | 'viral' | 'replies') => readNumber(name, options[name]);
  const numbers = {
    comments: number('comments'),
    articles: number('articles'),
    viral: number('viral'),
    replies: number('replies'),
  };
  const { comments, articles, viral, replies } = numbers;
  if (viral < FEWEST_UNDER_VIRAL) throw new PlainError(`--viral takes at least ${FEWEST_UNDER_VIRAL}.`);
  if (viral > comments) throw new PlainError('--viral is a part of --comments and cannot be more.');
  if (replies > viral / 2) throw new PlainError('--replies takes at most half of --viral.');
  if (articles < 2 && viral < comments)
    throw new PlainError('Comments beside the viral ones need --articles 2 or more.');
  return crowdOf(numbers);
};

/** Shows one line for each kind of row, rewritten while the number grows. */
const showProgress = () => {
  const started = performance.now();
  let last = '';
  return (what: string, done: number, all: number): void => {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const line = `  ${what.padEnd(40)} ${done.toLocaleString('en')} of ${all.toLocaleString('en')}   ${seconds} s`;
    if (process.stdout.isTTY) process.stdout.write(`${what === last ? '\r' : '\n'}${line}  `);
    else if (what !== last || done === all) console.log(line);
    last = what;
  };
};

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const stateDir = options.state;
  if (stateDir === undefined) throw new PlainError(`Say with --state where it is to go.\n\n${HELP}`);
  if (existsSync(join(stateDir, 'v3')))
    throw new PlainError(`${stateDir} holds a database already; name a new folder.`);
  const started = performance.now();
  const { file } = await seedCrowd(stateDir, readShape(options), showProgress());
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`\n  ${(statSync(file).size / 1e9).toFixed(1)} GB in ${minutes} minutes: ${file}`);
  return 0;
});
