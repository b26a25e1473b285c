import * as addresses from '../contract/addresses.ts';
import { Origin } from '../contract/scalars.ts';
import { confirm, siteOf } from './commands/command.ts';
import { originOf, originsInWords } from './commands/site.ts';
import type { Errand } from './errand.ts';
import { askAsOperator } from './operator-api.ts';
import { PlainError } from './project.ts';

/** It looks first, because the API takes the removal of what is not there as done. */
export const removeOrigin: Errand = {
  words: ['origin', 'remove'],
  usage: '<site> <https://news.example> [--yes <site>]',
  about: 'pages of this origin may post no more; without the last one any page may post, which asks for --yes',
  takes: { args: 2, options: ['yes'] },
  async run(target, [id, typed], { yes }) {
    const site = siteOf(id);
    const sent = originOf(typed);
    // Written as `origin add` has it; an entry that would be refused today goes by its own letters.
    const origin = Origin.safeParse(sent).data ?? sent;
    const before = await askAsOperator(target, addresses.getSettings, { site });
    if (!before.origins.includes(origin))
      throw new PlainError(
        `${origin} is none of the origins of ${site}. Name one of these:\n${originsInWords(before)}`,
      );
    if (before.origins.length === 1)
      confirm(site, yes, `${origin} is the last origin of ${site}: without it any page may post.`);
    const remove = { origins: [origin] };
    console.log(originsInWords(await askAsOperator(target, addresses.changeSettings, { site, body: { remove } })));
  },
};
