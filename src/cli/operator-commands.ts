import type { ApiKeyList } from '../contract/site.ts';
import { PlainError } from './project.ts';

export const HELP = `npm run belowline -- <command> [--local]

  site create <id> --name <name> --origin <https://news.example> [--origin …]
                                    a new site; the origins whose pages may embed its threads
  key create <site> --name <name>   a key for the publisher's own server, shown once
  key list <site>                   the keys there are, by id and name
  key revoke <site> <id>            from the next request on, the key opens nothing
  invite <site> <email> --role moderator|admin --name <name>
                                    someone who may sign in to the console; gives the first link
  sign-in-link <site> <email>       a link that signs that person in once

  --local   what \`npm start\` serves on this machine; else BELOWLINE_URL and OPERATOR_KEY say where
  --help    this text
`;

interface Options {
  name?: string | undefined;
  origin?: string[] | undefined;
  role?: string | undefined;
}

interface Command {
  words: string[];
  prepare(args: string[], options: Options): { path: string; method?: 'GET' | 'DELETE'; body?: unknown };
  describe(answer: unknown): string;
}

function need(value: string | undefined, what: string): string {
  if (value) return value;
  throw new PlainError(`${what} is missing.\n\n${HELP}`);
}

function sitePath(site: string | undefined, rest: string): string {
  return `/v1/sites/${encodeURIComponent(need(site, 'The site'))}/${rest}`;
}

const field = (answer: unknown, name: string) => String((answer as Record<string, unknown>)[name] ?? '');

export const COMMANDS: Command[] = [
  {
    words: ['site', 'create'],
    prepare: ([id], { name, origin }) => ({
      path: '/v1/sites',
      body: { id: need(id, "The site's id"), name: need(name, '--name'), origins: origin ?? [] },
    }),
    describe: (answer) => `Site ${field(answer, 'id')} is there.`,
  },
  {
    words: ['key', 'create'],
    prepare: ([site], { name }) => ({ path: sitePath(site, 'keys'), body: { name: need(name, '--name') } }),
    describe: (answer) =>
      `${field(answer, 'key')}\nThis key is shown once. Keep it where your server keeps its secrets.`,
  },
  {
    words: ['key', 'list'],
    prepare: ([site]) => ({ path: sitePath(site, 'keys'), method: 'GET' }),
    describe(answer) {
      const { keys } = answer as ApiKeyList;
      if (keys.length === 0) return 'There are no keys.';
      return keys.map(({ id, name, createdAt }) => `${id}  ${createdAt.slice(0, 10)}  ${name}`).join('\n');
    },
  },
  {
    words: ['key', 'revoke'],
    prepare: ([site, id]) => ({
      path: sitePath(site, `keys/${encodeURIComponent(need(id, "The key's id (see key list)"))}`),
      method: 'DELETE',
    }),
    describe: () => 'The key is revoked.',
  },
  {
    words: ['invite'],
    prepare: ([site, email], { name, role }) => ({
      path: sitePath(site, 'moderators'),
      body: { email: need(email, 'The e-mail address'), name: need(name, '--name'), role: role ?? 'moderator' },
    }),
    describe(answer) {
      const { signInUrl, mailed } = answer as { signInUrl: string; mailed: boolean };
      return `${signInUrl}\nThis link signs in once.${mailed ? ' It has been mailed, too.' : ' No mail was sent: hand it over.'}`;
    },
  },
  {
    words: ['sign-in-link'],
    prepare: ([site, email]) => ({
      path: sitePath(site, 'operator/sign-in-links'),
      body: { email: need(email, 'The e-mail address') },
    }),
    describe: (answer) => field(answer, 'url'),
  },
];
