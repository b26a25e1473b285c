import * as addresses from '../../contract/addresses.ts';
import { type Command, command, counted, need, siteOf } from './command.ts';

export const readerCommands: Command[] = [
  command('reader forget-email', addresses.forgetAddress, {
    usage: '<site> <email>',
    about: 'takes a reader’s e-mail address out of every comment, step by step; stopped at any place, type it again',
    takes: { args: 2, options: [] },
    take: ([site, email]) => ({ site: siteOf(site), body: { email: need(email, 'The e-mail address') } }),
    describe: ({ looked, forgotten, next }) =>
      `Looked at ${counted(looked, 'comment')}, ${forgotten} forgotten.${next === null ? ' That was the last step.' : ''}`,
    goOn: ({ next }) => (next === null ? null : { after: next }),
  }),
];
