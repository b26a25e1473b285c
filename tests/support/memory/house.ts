import type { ArticleFields } from '../../../src/core/article/article.ts';
import { putArticle } from '../../../src/core/article/put-article.ts';
import { postComment } from '../../../src/core/comment/post-comment.ts';
import type { Actor } from '../../../src/core/event/actor.ts';
import type { Context } from '../../../src/core/event/context.ts';
import type { Problem } from '../../../src/core/problem.ts';
import type { Result } from '../../../src/core/result.ts';
import { changeSettings } from '../../../src/core/site/change-settings.ts';
import type { Place } from '../../../src/core/site/directory.ts';
import { createSite } from '../../../src/core/site/manage-site.ts';
import type { SiteSettings } from '../../../src/core/site/site.ts';
import { createDirectory } from './directory.ts';
import { createClock, createHashing, createIds, createLimiters, createMailer, networkNamed } from './platform.ts';
import { createMemoryStores } from './stores.ts';
import { createTables } from './tables.ts';

export const NEWS = 'https://news.example';

/** The value of a use case that a test needs done. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.value;
}

export function problemOf(result: Result<unknown>): Problem | null {
  return result.ok ? null : result.problem;
}

type NewComment = Parameters<typeof postComment>[2];

const ARTICLE: ArticleFields = {
  url: `${NEWS}/ferry`,
  headline: 'The ferry sails again',
  section: 'harbour',
  topics: ['ferries'],
  authors: ['Ida Holm'],
  keyPoints: [],
  image: null,
  publishedAt: Date.UTC(2026, 0, 1),
  commenting: 'open',
  moderation: null,
};

export type House = Awaited<ReturnType<typeof openHouse>>;

/** All that use cases need, in memory, with one site and one article. Comments are published by default. */
export async function openHouse(settings: Partial<SiteSettings> = {}, mail?: Parameters<typeof createMailer>[0]) {
  const site = 'news';
  const tables = createTables();
  const stores = createMemoryStores(tables);
  const clock = createClock();
  const mailer = createMailer(mail);
  const deps = {
    ...stores,
    ...{ clock, mailer, ids: createIds(), hashing: createHashing(), publicUrl: 'https://comments.example' },
    secretMarks: async (): Promise<Record<string, string>> => ({ SECRET: 'mark' }),
    ...createLimiters(),
    ...{ directory: createDirectory(), storesIn: (_place: Place) => stores },
  };

  const by = <Who extends Actor>(actor: Who, network = `network of ${'id' in actor ? actor.id : actor.kind}`) =>
    ({
      site,
      actor,
      requestId: 'test',
      now: clock.now(),
      network: async () => networkNamed(network, clock.now()),
      passingNetwork: async () => `${network}.${network}.${network}`,
    }) satisfies Context<Who>;
  /** Each reader comes from a network of their own, unless it is named. */
  const reader = (id: string, network?: string) => by({ kind: 'reader', id } as const, network);
  const moderator = (name: string) =>
    by({ kind: 'moderator', id: name.toLowerCase(), name, role: 'moderator' } as const);
  const operator = () => by({ kind: 'operator' } as const);

  done(await createSite(deps, { ...operator(), site: '' }, { id: site, name: 'News', origins: [NEWS] }));
  done(await changeSettings(deps, operator(), { settings: { moderation: 'post', ...settings } }));

  const putFerry = async (fields: Partial<ArticleFields> = {}, key = 'ferry') =>
    done(await putArticle(deps, operator(), { key, fields: { ...ARTICLE, ...fields } }));
  await putFerry();

  let posts = 0;
  const draft = (fields: Partial<NewComment> = {}): NewComment => {
    posts += 1;
    return {
      ...{ articleKey: 'ferry', parentId: null, authorName: 'Cleo', authorEmail: null, page: null },
      ...{ body: `The ferry is late again, day ${posts}.`, idempotencyKey: null, requestOrigin: NEWS },
      ...fields,
    };
  };
  /** The result of a post, done or not; `who` is a reader's id, or a whole context. */
  const tryPost = (who: string | Context<{ kind: 'reader'; id: string }>, fields?: Partial<NewComment>) =>
    postComment(deps, typeof who === 'string' ? reader(who) : who, draft(fields));
  const post = async (...posted: Parameters<typeof tryPost>) => done(await tryPost(...posted)).comment;

  return { site, tables, stores, deps, clock, mailer, by, reader, moderator, operator, putFerry, tryPost, post };
}
