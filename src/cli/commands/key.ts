import * as addresses from '../../contract/addresses.ts';
import { type Command, command, need, siteOf } from './command.ts';

const KEY_NOTES = {
  current: '',
  former: '  (made under SECRET_BEFORE: write with it once before that is taken away)',
  gone: '  (opens nothing: the SECRET has changed; make a new one, and revoke this)',
} as const;

export const keyCommands: Command[] = [
  command('key create', addresses.createApiKey, {
    usage: '<site> --name <name>',
    about: 'a key for the publisher’s own server, shown once',
    takes: { args: 1, options: ['name'] },
    take: ([site], { name }) => ({ site: siteOf(site), body: { name: need(name, '--name') } }),
    describe: ({ key }) => `${key}\nThis key is shown once. Keep it where your server keeps its secrets.`,
  }),
  command('key list', addresses.listApiKeys, {
    usage: '<site>',
    about: 'the keys there are, by id and name',
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: ({ keys }) =>
      keys
        .map(({ id, name, createdAt, secret }) => `${id}  ${createdAt.slice(0, 10)}  ${name}${KEY_NOTES[secret]}`)
        .join('\n'),
    none: 'There are no keys.',
  }),
  command('key revoke', addresses.revokeApiKey, {
    usage: '<site> <id>',
    about: 'from the next request on, the key opens nothing',
    takes: { args: 2, options: [] },
    take: ([site, id]) => ({ site: siteOf(site), id: need(id, "The key's id (see key list)") }),
    describe: () => 'The key is revoked.',
  }),
];
