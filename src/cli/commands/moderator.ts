import * as addresses from '../../contract/addresses.ts';
import type { ModeratorView, NewModerator } from '../../contract/moderator.ts';
import { LINK_MINUTES } from '../../core/team/sign-in.ts';
import { type Command, command, need, siteOf } from './command.ts';

const LINK_SENTENCE = `It works once, and for ${LINK_MINUTES} minutes.`;

const emailOf = (value: string | undefined) => need(value, 'The e-mail address');

export function teamInWords({ moderators }: { moderators: ModeratorView[] }): string {
  return (
    moderators.map(({ id, role, email, name }) => `${id}  ${role}  ${email}  ${name}`).join('\n') ||
    'There is nobody yet.'
  );
}

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
        ? `The sign-in link has been mailed. ${LINK_SENTENCE}`
        : `${signInUrl}\nNo mail was sent: hand this link over. ${LINK_SENTENCE}`,
  }),
  command('sign-in-link', addresses.createSignInLink, {
    usage: '<site> <email>',
    about: `a link that signs that person in, once and for ${LINK_MINUTES} minutes`,
    takes: { args: 2, options: [] },
    take: ([site, email]) => ({ site: siteOf(site), body: { email: emailOf(email) } }),
    describe: ({ url }) => `${url}\n${LINK_SENTENCE}`,
  }),
  command('moderator list', addresses.listModerators, {
    usage: '<site>',
    about: 'the team: id, role, e-mail address, name',
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: teamInWords,
  }),
];
