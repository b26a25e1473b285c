import * as addresses from '../../contract/addresses.ts';
import { describeVerification, lineOf, timeOf } from '../log-lines.ts';
import { type Command, command, siteOf } from './command.ts';

export const logCommands: Command[] = [
  command('log verify', addresses.verifyLog, {
    usage: '<site>',
    about: 'whether the log still is what was sealed; ends with 1 if it is not',
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: describeVerification,
    goOn: ({ next }) => (next === null ? null : { after: next }),
    isFault: ({ broken }) => broken.length > 0,
  }),
  command('log', addresses.readLog, {
    usage: '<site> [--since <time>] [--by <name>] [--json]',
    about: 'what was done there and by whom, oldest first; --by takes an id or a kind, too',
    takes: { args: 1, options: ['since', 'by', 'json'] },
    take: ([site], { since, by }) => ({
      site: siteOf(site),
      query: { limit: 500, ...(since !== undefined && { since: timeOf(since) }), ...(by !== undefined && { by }) },
    }),
    describe: ({ events }, { json }) =>
      events.map((event) => (json ? JSON.stringify(event) : lineOf(event))).join('\n'),
    none: 'There are no such events.',
    goOn: ({ next }) => (next === null ? null : { cursor: next }),
  }),
];
