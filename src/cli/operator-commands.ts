import * as addresses from '../contract/addresses.ts';
import { type AnswerAt, type Request, requestTo, type Sending } from '../contract/client.ts';
import type { NewModerator } from '../contract/moderator.ts';
import type { Address } from '../contract/routes.ts';
import { BACKUP_HELP } from './backup-commands.ts';
import { describeHealth } from './health-lines.ts';
import { describeVerification, lineOf, timeOf } from './log-lines.ts';
import { PlainError } from './project.ts';
import { describeWordsTest } from './words-lines.ts';

export const HELP = `npm run belowline -- <command> [--local]

  site create <id> --name <name> --origin <https://news.example> [--origin …] [--database DB_1]
                                    a new site; the origins whose pages may embed its threads, and the database
                                    that its rows are to be in, where there are several
  key create <site> --name <name>   a key for the publisher's own server, shown once
  key list <site>                   the keys there are, by id and name
  key revoke <site> <id>            from the next request on, the key opens nothing
  invite <site> <email> --role moderator|admin --name <name>
                                    someone who may sign in to the console; gives the first link
  sign-in-link <site> <email>       a link that signs that person in once
  words test <site> <text>          which entries of the site's word lists a comment with this text would hit, whether
                                    they reject or hold it, and why; nothing is stored
  log <site> [--since <time>] [--by <name>] [--json]
                                    what was done there and by whom, oldest first; --by takes an id or a kind, too
  health                            whether all that it stands on is well; ends with 1 if something is not
  log verify <site>                 whether the log still is what was sealed; ends with 1 if it is not
${BACKUP_HELP}
  --local   what \`npm start\` serves on this machine; else BELOWLINE_URL and OPERATOR_KEY say where
  --help    this text
`;

export interface Options {
  name?: string | undefined;
  database?: string | undefined;
  origin?: string[] | undefined;
  role?: string | undefined;
  since?: string | undefined;
  by?: string | undefined;
  json?: boolean | undefined;
}

export interface Command {
  words: string[];
  takes: Takes;
  prepare(args: string[], options: Options): Request;
  /** The answer in words; empty where there is nothing to say. */
  describe(answer: unknown, options: Options): string;
  /** The request for the rest of a long answer. */
  next(answer: unknown, args: string[], options: Options): Request | null;
  /** True when the answer is bad news: the command ends with 1. */
  isFault(answer: unknown): boolean;
}

/** How many words follow the command's own, and the options beside --local and --help. */
interface Takes {
  args: number;
  options: (keyof Options)[];
}

/** A command calls one route and says what it answered. */
interface Plan<At> {
  takes: Takes;
  take(args: (string | undefined)[], options: Options): Sending<At>;
  describe(answer: AnswerAt<At>, options: Options): string;
  /** Additions to the query for the next page; null after the last. */
  goOn?(answer: AnswerAt<At>): Record<string, string> | null;
  isFault?(answer: AnswerAt<At>): boolean;
}

function command<At extends Address>(
  words: string,
  at: At,
  { takes, take, describe, goOn, isFault }: Plan<At>,
): Command {
  return {
    words: words.split(' '),
    takes,
    prepare: (args, options) => requestTo(at, take(args, options)),
    describe: (answer, options) => describe(answer as AnswerAt<At>, options),
    next(answer, args, options) {
      const more = goOn?.(answer as AnswerAt<At>) ?? null;
      if (more === null) return null;
      const sending = take(args, options) as Sending<At> & { query?: object };
      return requestTo(at, { ...sending, query: { ...sending.query, ...more } });
    },
    isFault: (answer) => isFault?.(answer as AnswerAt<At>) ?? false,
  };
}

function need(value: string | undefined, what: string): string {
  if (value) return value;
  throw new PlainError(`${what} is missing.\n\n${HELP}`);
}

const siteOf = (value: string | undefined) => need(value, 'The site');

const emailOf = (value: string | undefined) => need(value, 'The e-mail address');

const KEY_NOTES = {
  current: '',
  former: '  (made under SECRET_BEFORE: use it once before that is taken away)',
  gone: '  (opens nothing: the SECRET has changed; make a new one, and revoke this)',
} as const;

export const COMMANDS: Command[] = [
  command('site create', addresses.createSite, {
    takes: { args: 1, options: ['name', 'origin', 'database'] },
    take: ([id], { name, origin, database }) => ({
      body: {
        id: need(id, "The site's id"),
        name: need(name, '--name'),
        origins: origin ?? [],
        ...(database !== undefined && { database }),
      },
    }),
    describe: ({ id }) => `Site ${id} is there.`,
  }),
  command('key create', addresses.createApiKey, {
    takes: { args: 1, options: ['name'] },
    take: ([site], { name }) => ({ site: siteOf(site), body: { name: need(name, '--name') } }),
    describe: ({ key }) => `${key}\nThis key is shown once. Keep it where your server keeps its secrets.`,
  }),
  command('key list', addresses.listApiKeys, {
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: ({ keys }) =>
      keys
        .map(({ id, name, createdAt, secret }) => `${id}  ${createdAt.slice(0, 10)}  ${name}${KEY_NOTES[secret]}`)
        .join('\n') || 'There are no keys.',
  }),
  command('key revoke', addresses.revokeApiKey, {
    takes: { args: 2, options: [] },
    take: ([site, id]) => ({ site: siteOf(site), id: need(id, "The key's id (see key list)") }),
    describe: () => 'The key is revoked.',
  }),
  command('invite', addresses.inviteModerator, {
    takes: { args: 2, options: ['role', 'name'] },
    take: ([site, email], { name, role = 'moderator' }) => ({
      site: siteOf(site),
      // The server knows best which roles there are.
      body: { email: emailOf(email), name: need(name, '--name'), role: role as NewModerator['role'] },
    }),
    describe: ({ signInUrl, mailed }) =>
      `${signInUrl}\nThis link signs in once.${mailed ? ' It has been mailed, too.' : ' No mail was sent: hand it over.'}`,
  }),
  command('sign-in-link', addresses.createSignInLink, {
    takes: { args: 2, options: [] },
    take: ([site, email]) => ({ site: siteOf(site), body: { email: emailOf(email) } }),
    describe: ({ url }) => url,
  }),
  command('health', addresses.checkHealth, {
    takes: { args: 0, options: [] },
    take: () => ({}),
    describe: describeHealth,
    isFault: ({ status }) => status === 'fail',
  }),
  command('words test', addresses.testWords, {
    takes: { args: 2, options: [] },
    take: ([site, text]) => ({ site: siteOf(site), body: { text: need(text, 'The text') } }),
    describe: describeWordsTest,
  }),
  command('log verify', addresses.verifyLog, {
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: describeVerification,
    goOn: ({ next }) => (next === null ? null : { after: next }),
    isFault: ({ broken }) => broken.length > 0,
  }),
  command('log', addresses.readLog, {
    takes: { args: 1, options: ['since', 'by', 'json'] },
    take: ([site], { since, by }) => ({
      site: siteOf(site),
      query: { limit: 500, ...(since !== undefined && { since: timeOf(since) }), ...(by !== undefined && { by }) },
    }),
    describe: ({ events }, { json }) =>
      events.map((event) => (json ? JSON.stringify(event) : lineOf(event))).join('\n'),
    goOn: ({ next }) => (next === null ? null : { cursor: next }),
  }),
];
