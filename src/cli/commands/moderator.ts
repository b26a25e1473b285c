import * as addresses from '../../contract/addresses.ts';
import type { NewModerator } from '../../contract/moderator.ts';
import { type Command, command, need, siteOf } from './command.ts';

const emailOf = (value: string | undefined) => need(value, 'The e-mail address');

const idOf = (value: string | undefined) => need(value, "The moderator's id (see moderator list)");

export const moderatorCommands: Command[] = [
  command('invite', addresses.inviteModerator, {
    usage: '<site> <email> --role moderator|admin --name <name>',
    about: 'someone who may sign in to the console; mails or gives the first link',
    takes: { args: 2, options: ['role', 'name'] },
    take: ([site, email], { name, role = 'moderator' }) => ({
      site: siteOf(site),
      // The server knows best which roles there are.
      body: { email: emailOf(email), name: need(name, '--name'), role: role as NewModerator['role'] },
    }),
    describe: ({ signInUrl }) =>
      signInUrl === null
        ? 'The sign-in link has been mailed.'
        : `${signInUrl}\nThis link signs in once. No mail was sent: hand it over.`,
  }),
  command('sign-in-link', addresses.createSignInLink, {
    usage: '<site> <email>',
    about: 'a link that signs that person in once',
    takes: { args: 2, options: [] },
    take: ([site, email]) => ({ site: siteOf(site), body: { email: emailOf(email) } }),
    describe: ({ url }) => url,
  }),
  command('moderator list', addresses.listModerators, {
    usage: '<site>',
    about: 'the team: id, role, e-mail address, name',
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: ({ moderators }) =>
      moderators.map(({ id, role, email, name }) => `${id}  ${role}  ${email}  ${name}`).join('\n') ||
      'There is nobody yet.',
  }),
  command('moderator role', addresses.changeRole, {
    usage: '<site> <id> moderator|admin',
    about: 'what somebody may do from their next request on',
    takes: { args: 3, options: [] },
    take: ([site, id, role]) => ({
      site: siteOf(site),
      id: idOf(id),
      body: { role: need(role, 'The role') as NonNullable<NewModerator['role']> },
    }),
    describe: ({ name, role }) => `${name} is ${role} now.`,
  }),
  command('moderator remove', addresses.removeModerator, {
    usage: '<site> <id>',
    about: 'somebody leaves the team; what they decided stays',
    takes: { args: 2, options: [] },
    take: ([site, id]) => ({ site: siteOf(site), id: idOf(id) }),
    describe: () => 'They are no longer in the team.',
  }),
];
