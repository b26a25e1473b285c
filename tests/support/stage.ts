import * as z from 'zod/mini';
import { ModeratorPath } from '../../src/contract/paths.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { ApiKeyId, CommentId, ReaderId } from '../../src/contract/scalars.ts';
import type { Context } from '../../src/core/event/context.ts';
import { whoMay } from '../../src/core/event/permissions.ts';
import { makeStamp } from '../../src/http/gate/form-stamp.ts';
import type { Described } from '../../src/reference/described.ts';
import { exampleOf } from '../../src/reference/example-of.ts';
import { componentsOf } from '../../src/reference/json-schema.ts';
import { WORDS } from '../../src/reference/words.ts';
import { gatherCast, type Member, type Tenant } from './cast.ts';
import { type Answer, guestKey, type Newsroom, openNewsroom, tokenOf } from './newsroom.ts';
import type { HeaderFields } from './newsroom-answer.ts';
import { rounds } from './rigs.ts';

/** Two sites with things to call about, and the call of each route of the contract about each of them. */

type Kind =
  | 'nothing'
  | 'article'
  | 'comment'
  | 'reader'
  | 'moderator'
  | 'key'
  | 'link'
  | 'mailbox'
  | 'site'
  | 'database'
  | 'table';

/** The place of a thing, seen from the site that is asked: there (by the author or by somebody else), or not. */
export type Where = 'here' | 'somebody’s' | 'under another article' | 'of another site' | 'nowhere';

export interface Thing {
  article: string;
  id: string;
  database?: string;
  table?: string;
  /** The stamp of a form that is open for a while. */
  stamp?: string;
}

export interface Call {
  method: string;
  path: string;
  body?: object;
  form?: object;
}

const KIND_OF_ID = new Map<unknown, Kind>([
  [CommentId, 'comment'],
  [ReaderId, 'reader'],
  [ApiKeyId, 'key'],
  [ModeratorPath.shape.id, 'moderator'],
]);

const components = componentsOf();

const requestOf = (schema: z.ZodMiniType) => JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));

/** The thing that a route is about: by the last parameter of its path, or else by what its body names. */
export const kindOf = ({ route, path }: Described): Kind => {
  const { id, article, database, table, ...rest }: Record<string, unknown> = route.params?.shape ?? {};
  if (table !== undefined) return 'table';
  if (database !== undefined) return 'database';
  const unknown = Object.keys(rest).filter((name) => name !== 'site');
  const kind = id === undefined ? (article === undefined ? 'nothing' : 'article') : KIND_OF_ID.get(id);
  if (kind === undefined || unknown.length > 0) throw new Error(`${path}: the stage has no such thing (${unknown})`);
  if (route.body === undefined || id !== undefined) return kind;
  const fields = requestOf(route.body);
  // The place of a step, from which the next one goes on: it is about the whole site.
  if (fields.includes('"after"')) return 'nothing';
  if (fields.includes('/CommentId"')) return 'comment';
  if (kind !== 'nothing') return kind;
  if (fields.includes('"token"')) return 'link';
  if (fields.includes('"email"')) return 'mailbox';
  return fields.includes('/SiteId"') ? 'site' : 'nothing';
};

const WHERE: Readonly<Record<Kind, readonly Where[]>> = {
  nothing: ['here'],
  article: ['here', 'of another site', 'nowhere'],
  comment: ['here', 'somebody’s', 'under another article', 'of another site', 'nowhere'],
  reader: ['here', 'of another site', 'nowhere'],
  moderator: ['here', 'of another site', 'nowhere'],
  key: ['here', 'of another site', 'nowhere'],
  link: ['here', 'of another site', 'nowhere'],
  mailbox: ['here', 'of another site', 'nowhere'],
  site: ['here', 'nowhere'],
  database: ['here', 'nowhere'],
  table: ['here', 'nowhere'],
};

/** A route of the whole house has no site in its address. */
export const tenantsOf = ({ path }: Described): readonly Tenant[] =>
  path.includes('{site}') ? ['own', 'other', 'unknown'] : ['own'];

/**
 * The callers of a route: of the forged ones a part, in a short rig, which is another part for the next route. Where
 * everybody may, nobody's credential is looked at, and a part of the cast does.
 */
export const callersOf = ({ route }: Described, cast: readonly Member[]): readonly Member[] => {
  const isOpen = whoMay(route.action).some((who) => who === 'anyone');
  const share = rounds({ short: 4, long: 1 });
  return cast.filter((member, i) => (isOpen ? i % 4 === 0 : !member.isForged || (i + route.at.length) % share === 0));
};

export const placesOf = (described: Described): readonly Where[] => WHERE[kindOf(described)];

/** A thing under the name of its kind, and with what stands above it in an address. */
const thingOf = (kind: Kind, name: string): Thing => {
  if (kind === 'article') return { article: name, id: '' };
  if (kind === 'database') return { article: '', id: name, database: name };
  return kind === 'table' ? { article: '', id: name, database: 'DB', table: name } : { article: 'ferry', id: name };
};

let made = 0;
const next = () => (made += 1);

const PUBLISHED_AT = '2026-11-01T10:00:00Z';

/** Bodies that must name a thing of the stage, or be another one each time; the reference's examples do for the rest. */
const BODIES: { readonly [Name in RouteName]?: (thing: Thing) => object } = {
  postComment: ({ id }) => ({ body: `Sentence ${next()} of the rig.`, authorName: 'Ada', parentId: id }),
  submitCommentForm: ({ id, stamp }) => ({
    step: 'post',
    body: `Sentence ${next()} of the rig.`,
    authorName: 'Ada',
    parentId: id,
    stamp,
  }),
  editComment: () => ({ body: `Another sentence ${next()}.` }),
  decideOne: () => ({ decision: 'reject', expectedStatus: 'published', revision: 1, reason: 'No.' }),
  decide: (thing) => ({
    decision: 'reject',
    comments: [{ ...thing, expectedStatus: 'published', revision: 1 }],
  }),
  undo: (thing) => ({ comments: [thing] }),
  signIn: ({ id }) => ({ token: id }),
  requestSignInLink: ({ id }) => ({ email: id }),
  createSignInLink: ({ id }) => ({ email: id }),
  inviteModerator: ({ id }) => ({ email: id, name: 'Another Nell' }),
  createSite: ({ id }) => ({ id, name: 'Another site' }),
  changeSettings: () => ({ maxLinks: next() % 50 }),
  rekeyArticle: () => ({ key: `key-${next()}` }),
  updateArticle: () => ({ headline: `Headline ${next()}` }),
};

const exampleBody = (name: RouteName, schema: z.ZodMiniType): object => {
  const body = WORDS[name]?.body ?? exampleOf(components.toSchema(schema, 'input'), components.schemas);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${name}: give it an example in src/reference/words, or a body in stage.ts`);
  return body as object;
};

export const callOf = ({ name, method, path, route }: Described, site: string, thing: Thing): Call => {
  const parts: Record<string, string> = { site, ...thing };
  const address = path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(parts[part] ?? ''));
  const query = WORDS[name]?.query;
  return {
    method,
    path: query === undefined || method !== 'GET' ? address : `${address}?${query}`,
    ...(route.body && { [route.form ? 'form' : 'body']: BODIES[name]?.(thing) ?? exampleBody(name, route.body) }),
  };
};

/** Makes a thing of a kind at a site. Comments are the author's, or those of the guest with the key. */
const MAKERS: Readonly<Record<Kind, (room: Newsroom, guest: string, article: string) => Promise<string>>> = {
  nothing: async () => '',
  article: async (room) => {
    const key = `article-${next()}`;
    await room.publisher.putArticle(key, { publishedAt: PUBLISHED_AT });
    return key;
  },
  comment: async (room, guest, article) => (await room.reader(guest).say(undefined, { article })).id,
  reader: async (room) => {
    const reader = room.reader();
    await reader.say();
    return reader.id();
  },
  moderator: async (room) => (await room.operator.invite(newcomer())).body.moderator.id,
  key: async (room) => {
    const name = `key ${next()}`;
    await room.operator.createKey(name);
    return (await room.operator.keys()).body.keys.find((one) => one.name === name)?.id ?? '';
  },
  link: async (room) => {
    const fields = newcomer();
    await room.operator.invite(fields);
    return tokenOf((await room.operator.createSignInLink(fields.email)).body.url);
  },
  mailbox: async (room) => {
    const fields = newcomer();
    await room.operator.invite(fields);
    return fields.email;
  },
  site: async (room) => room.site,
  database: async () => 'DB',
  table: async () => 'api_keys',
};

const newcomer = () => ({ email: `member-${next()}@news.example`, name: 'Nell' });

/** The names of things that were never made; a new one each time, because asking may make it. */
const NOWHERE: Readonly<Record<Kind, () => string>> = {
  nothing: () => '',
  article: () => `never-${next()}`,
  comment: () => String(next()).padStart(16, '0'),
  reader: () => String(next()).padStart(22, 'A'),
  moderator: () => String(next()).padStart(16, '0'),
  key: () => String(next()).padStart(8, 'A'),
  link: () => String(next()).padStart(43, 'A'),
  mailbox: () => `nobody-${next()}@news.example`,
  site: () => `never-${next()}`,
  database: () => `DB_${next()}`,
  table: () => `never_${next()}`,
};

/** The stamp of a form that was made when the clock was at its time of now. */
export const stampFor = ({ clock, dependencies }: Newsroom, site: string): Promise<string> =>
  makeStamp(dependencies, { site, now: clock.now } as Context);

const furnish = async (room: Newsroom): Promise<void> => {
  for (const key of ['ferry', 'bridge']) {
    await room.publisher.putArticle(key, { publishedAt: PUBLISHED_AT });
  }
};

const SETTINGS = { moderation: 'post', unknownArticles: 'refuse', editWindowMinutes: 1_440 };

export interface Stage {
  own: Newsroom;
  other: Newsroom;
  cast: readonly Member[];
  siteOf(tenant: Tenant): string;
  thingFor(described: Described, tenant: Tenant, where: Where, isFresh: boolean): Promise<Thing>;
  /** Sends a call from a network of its own, a while after the one before, so that no limit is met. */
  send(call: Call, headers: HeaderFields): Promise<Answer>;
}

/** @param bindings replacements of the real ones, for both sites */
export const openStage = async (bindings: Parameters<typeof openNewsroom>[1] = {}): Promise<Stage> => {
  const [own, other] = [await openNewsroom(SETTINGS, bindings), await openNewsroom(SETTINGS, bindings)];
  await furnish(own);
  await furnish(other);
  const [author, somebody] = [guestKey(), guestKey()];
  const roomOf = (tenant: Tenant): Newsroom => (tenant === 'other' ? other : own);
  const elsewhere = (tenant: Tenant): Newsroom => (tenant === 'own' ? other : own);
  const kept = new Map<string, Promise<string>>();

  const make = (kind: Kind, room: Newsroom, guest: string, article: string): Promise<string> => {
    // The sites' clocks go together: a thing of one is as old as it seems to the other.
    const latest = Math.max(own.clock.now, other.clock.now) + 20_000;
    own.clock.now = latest;
    other.clock.now = latest;
    return MAKERS[kind](room, guest, article);
  };

  const thingAt = async (kind: Kind, tenant: Tenant, where: Where, isFresh: boolean): Promise<Thing> => {
    if (where === 'nowhere') return thingOf(kind, NOWHERE[kind]());
    const room = where === 'of another site' ? elsewhere(tenant) : roomOf(tenant);
    const guest = where === 'somebody’s' ? somebody : author;
    const article = where === 'under another article' ? 'bridge' : 'ferry';
    const name = `${kind} ${room.site} ${guest} ${article}`;
    const known = isFresh ? undefined : kept.get(name);
    const id = known ?? make(kind, room, guest, article);
    if (known === undefined && !isFresh) kept.set(name, id);
    return thingOf(kind, await id);
  };

  const siteOf = (tenant: Tenant): string => (tenant === 'unknown' ? 'never-was' : roomOf(tenant).site);

  let callers = 0;
  return {
    own,
    other,
    cast: await gatherCast(own, other, author),
    siteOf,
    thingFor: async (described, tenant, where, isFresh) => {
      const thing = await thingAt(kindOf(described), tenant, where, isFresh);
      return described.route.form ? { ...thing, stamp: await stampFor(own, siteOf(tenant)) } : thing;
    },
    send: ({ method, path, ...content }, headers) => {
      callers += 1;
      own.clock.tick(20);
      const network = `2001:db8:${callers.toString(16)}::1`;
      return own.request(method, path, {
        ...content,
        headers: { 'CF-Connecting-IP': network, ...headers },
      });
    },
  };
};
