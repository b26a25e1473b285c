import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { Meter } from '../../src/bench/meter.ts';
import { compose } from '../../src/compose.ts';
import type { OwnCommentView } from '../../src/contract/comment.ts';
import type { DecisionKind, QueueName, QueueView } from '../../src/contract/moderation.ts';
import type { ThreadView } from '../../src/contract/thread.ts';
import { type Config, readConfig } from '../../src/env.ts';
import { createApp } from '../../src/http/app.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { keepHouse } from '../../src/jobs/keep-house.ts';

/** Our own origin, where moderators work. */
export const ORIGIN = 'https://comments.example';

/** Where the demo readers' pages are; registered for every site. */
export const NEWS = 'https://news.example';

let made = 0;

/** The article of a comment, for tests that name the comment alone. */
const articleOf = async (siteId: string, id: string): Promise<string> => {
  const found = await env.DB.prepare('SELECT article_key FROM comments WHERE site_id = ? AND id = ?')
    .bind(siteId, id)
    .first<{ article_key: string }>();
  return found?.article_key ?? 'ferry';
};

/** An address with its article: tests may say `/comments/{id}` for short. */
const inFull = async (path: string): Promise<string> => {
  const [, site = '', id = ''] = /^\/v1\/sites\/([^/]+)\/comments\/([^/?]+)/.exec(path) ?? [];
  if (id !== '') return path.replace('/comments/', `/articles/${await articleOf(site, id)}/comments/`);
  return path === '/v1/preview' ? `/v1/sites/site-${made}/preview` : path;
};

/** The comments of a body, each with its article. */
const bodyInFull = async (path: string, body: unknown): Promise<unknown> => {
  const [, site = ''] = /^\/v1\/sites\/([^/]+)\/decisions/.exec(path) ?? [];
  const comments = (body as { comments?: unknown } | undefined)?.comments;
  if (site === '' || !Array.isArray(comments)) return body;
  const placed = comments.map(async (comment: string | { id: string }) => {
    const one = typeof comment === 'string' ? { id: comment } : comment;
    return { article: await articleOf(site, one.id), ...one };
  });
  return { ...(body as object), comments: await Promise.all(placed) };
};

/** A key as a browser makes it. */
export const guestKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds.
type Any = any;

/**
 * A whole site on the real Worker code, D1 and KV, with a clock that the test moves and a meter on every binding.
 * Each has a site id of its own, so tests of one file do not see each other.
 * @param bindings what shall stand in place of the real ones, such as a KV that can be made to fail
 * @param database where its site is: then two are bound, else the first alone
 */
export const openNewsroom = async (
  settings: Record<string, unknown> = {},
  bindings: Partial<Config> = {},
  { database }: { database?: 'DB' | 'DB_1' } = {},
) => {
  made += 1;
  const site = `site-${made}`;
  const meter = new Meter();
  const clock = { now: Date.now(), tick: (seconds: number) => (clock.now += seconds * 1_000) };
  const second = database === undefined ? undefined : meter.database(env.DB_1);
  const config = readConfig({ ...env, DB: meter.database(env.DB), DB_1: second, KV: meter.namespace(env.KV) });
  const composed = compose(
    { ...config, publicUrl: ORIGIN, ...bindings },
    { now: () => clock.now },
    (from, to, raw) => ({ from, to, raw }),
  );
  const logged: string[] = [];
  const dependencies: Dependencies = {
    ...composed,
    log: (event, facts) => logged.push(JSON.stringify({ event, ...facts })),
  };
  const app = createApp();

  const request = async <Body = Any>(
    method: string,
    path: string,
    options: { body?: unknown; rawBody?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> => {
    const headers = new Headers({ 'CF-Connecting-IP': '203.0.113.7', ...options.headers });
    const body =
      options.rawBody ?? (options.body === undefined ? null : JSON.stringify(await bodyInFull(path, options.body)));
    if (body !== null && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
    const context = createExecutionContext();
    const response = await app.fetch(
      new Request(`${ORIGIN}${await inFull(path)}`, { method, headers, body }),
      dependencies,
      context,
    );
    const text = await response.text();
    await waitOnExecutionContext(context);
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as Body,
    };
  };

  const asOperator = { Authorization: `Bearer ${env.OPERATOR_KEY}` };
  const base = `/v1/sites/${site}`;
  await request('POST', '/v1/sites', {
    headers: asOperator,
    body: { id: site, name: 'The Site', origins: [NEWS], database },
  });
  await request('PATCH', `${base}/settings`, { headers: asOperator, body: settings });
  const { body: key } = await request('POST', `${base}/keys`, { headers: asOperator, body: { name: 'cms' } });
  const asPublisher = { Authorization: `Bearer ${key.key}` };

  /** Invites somebody and signs them in; answers the headers of their browser. */
  const signIn = async (name: string, role: 'moderator' | 'admin' = 'moderator') => {
    const invited = await request('POST', `${base}/moderators`, {
      headers: asOperator,
      body: { email: `${name.toLowerCase()}@news.example`, name, role },
    });
    const token = new URL(invited.body.signInUrl).hash.replace('#token=', '');
    const session = await request('POST', `${base}/sessions`, { body: { token } });
    const cookie = session.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    return { id: invited.body.moderator.id as string, headers: { Cookie: cookie, Origin: ORIGIN }, cookie };
  };

  let moderator: Awaited<ReturnType<typeof signIn>> | undefined;
  const asModerator = async () => {
    moderator ??= await signIn('Mara');
    return moderator.headers;
  };

  const putArticle = (articleKey = 'ferry', fields: Record<string, unknown> = {}) =>
    request('PUT', `${base}/articles/${articleKey}`, {
      headers: asPublisher,
      body: {
        url: `https://news.example/${articleKey}`,
        headline: `About ${articleKey}`,
        publishedAt: '2026-11-01T10:00:00Z',
        ...fields,
      },
    });

  const post = (
    guest: string,
    body: string,
    options: {
      article?: string;
      parentId?: string;
      name?: string;
      email?: string;
      key?: string;
      pageUrl?: string;
      headers?: Record<string, string>;
    } = {},
  ) =>
    request<OwnCommentView>('POST', `${base}/articles/${options.article ?? 'ferry'}/comments`, {
      headers: {
        Authorization: `Bearer ${guest}`,
        ...(options.key !== undefined && { 'Idempotency-Key': options.key }),
        ...options.headers,
      },
      body: {
        body,
        authorName: options.name ?? 'Ada',
        ...(options.parentId !== undefined && { parentId: options.parentId }),
        ...(options.email !== undefined && { authorEmail: options.email }),
        ...(options.pageUrl !== undefined && { pageUrl: options.pageUrl }),
      },
    });

  return {
    site,
    base,
    app,
    dependencies,
    /** Each line that would have gone to the log. */
    logged,
    meter,
    clock,
    request,
    asOperator,
    asPublisher,
    asModerator,
    signIn,
    putArticle,
    post,
    thread: (query = '', article = 'ferry') => request<ThreadView>('GET', `${base}/articles/${article}/thread${query}`),
    mine: (guest: string, article = 'ferry') =>
      request('GET', `${base}/articles/${article}/mine`, { headers: { Authorization: `Bearer ${guest}` } }),
    queue: async (list: QueueName = 'pending', query = '') =>
      request<QueueView>('GET', `${base}/queue?list=${list}${query}`, { headers: await asModerator() }),
    decide: async (
      id: string,
      decision: DecisionKind,
      expectedStatus = 'pending',
      more: Record<string, unknown> = {},
    ) =>
      request('POST', `${base}/comments/${id}/decision`, {
        headers: await asModerator(),
        body: { decision, expectedStatus, revision: 1, ...more },
      }),
    /** What its site's database keeps. */
    stores: () => dependencies.openStores({ database: database ?? 'DB' }, 'first-primary'),
    /** Answers how much there was to do, over all jobs and databases. */
    runJobs: async () => (await keepHouse(dependencies)).reduce((sum, { done }) => sum + done, 0),
  };
};

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>;
