import * as addresses from '../../contract/addresses.ts';
import { describeWordsTest } from '../words-lines.ts';
import { type Command, command, need, siteOf } from './command.ts';

export const wordsCommands: Command[] = [
  command('words test', addresses.testWords, {
    usage: '<site> <text>',
    about:
      'which entries of the site’s word lists a comment with this text would hit, whether they reject or hold it, and why',
    takes: { args: 2, options: [] },
    take: ([site, text]) => ({ site: siteOf(site), body: { text: need(text, 'The text') } }),
    describe: describeWordsTest,
  }),
];
