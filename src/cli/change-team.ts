import * as addresses from '../contract/addresses.ts';
import type { NewModerator } from '../contract/moderator.ts';
import { need, siteOf } from './commands/command.ts';
import { teamInWords } from './commands/moderator.ts';
import type { Errand } from './errand.ts';
import { askAsOperator } from './operator-api.ts';
import type { OperatorTarget } from './operator-target.ts';
import { PlainError } from './project.ts';

/** The moderator with this id or e-mail address. */
async function findModerator(target: OperatorTarget, site: string, typed: string | undefined) {
  const named = need(typed, "The moderator's e-mail address or id");
  const team = await askAsOperator(target, addresses.listModerators, { site });
  // Addresses are kept in lower case.
  const found = team.moderators.find(({ id, email }) => id === named || email === named.toLowerCase());
  if (found) return found;
  throw new PlainError(`${named} is nobody in the team of ${site}. Name one of these:\n${teamInWords(team)}`);
}

export const teamErrands: Errand[] = [
  {
    words: ['moderator', 'role'],
    usage: '<site> <email or id> moderator|admin',
    about: 'what somebody may do from their next request on',
    takes: { args: 3, options: [] },
    async run(target, [site, who, typed]) {
      const role = need(typed, 'The role') as NonNullable<NewModerator['role']>;
      const { id } = await findModerator(target, siteOf(site), who);
      const changed = await askAsOperator(target, addresses.changeRole, { site: siteOf(site), id, body: { role } });
      console.log(`${changed.name} is ${changed.role} now.`);
    },
  },
  {
    words: ['moderator', 'remove'],
    usage: '<site> <email or id>',
    about: 'somebody leaves the team; what they decided stays',
    takes: { args: 2, options: [] },
    async run(target, [site, who]) {
      const { id, name } = await findModerator(target, siteOf(site), who);
      await askAsOperator(target, addresses.removeModerator, { site: siteOf(site), id });
      console.log(`${name} is no longer in the team.`);
    },
  },
];
