import * as addresses from '../contract/addresses.ts';
import { keyOf } from './commands/article.ts';
import { confirm, siteOf } from './commands/command.ts';
import type { Errand } from './errand.ts';
import { askAsOperator } from './operator-api.ts';

/** It looks first, because a key that an article had before leads to it as well: its key of today is asked for. */
export const removeArticle: Errand = {
  words: ['article', 'remove'],
  usage: '<site> <key> --yes <key>',
  about: 'removes an article with all its comments, for good; a key that it had before leads to it, too',
  takes: { args: 2, options: ['yes'] },
  async run(target, [id, typed], { yes }) {
    const site = siteOf(id);
    const { key } = await askAsOperator(target, addresses.getArticle, { site, article: keyOf(typed) });
    const named = key === typed ? key : `${key}, as ${typed} is called today,`;
    confirm(key, yes, `This deletes ${named} and every comment under it. This cannot be undone.`);
    await askAsOperator(target, addresses.removeArticle, { site, article: key });
    console.log(`${key} is gone for everybody. Its comments are being deleted, which may take some minutes.`);
  },
};
