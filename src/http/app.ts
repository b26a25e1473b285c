import { HonoBase } from 'hono/hono-base';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { TrieRouter } from 'hono/router/trie-router';
import { faultOf } from '../core/platform/fault.ts';
import { type AppContext, type AppEnv, BOOKMARK_HEADER, factsOf } from './dependencies.ts';
import { readFault } from './gate/faults.ts';
import { problemResponse } from './gate/problems.ts';
import { HEADERS } from './headers.ts';
import { serveArticles } from './routes/articles.ts';
import { serveCommentForm } from './routes/comment-form.ts';
import { serveComments } from './routes/comments.ts';
import { serveDatabases } from './routes/databases.ts';
import { serveFeeds } from './routes/feeds.ts';
import { serveLog } from './routes/log.ts';
import { serveModeration } from './routes/moderation.ts';
import { serveModerators } from './routes/moderators.ts';
import { servePages } from './routes/pages.ts';
import { serveSites } from './routes/sites.ts';
import { serveThreads } from './routes/threads.ts';

/** The runtime's own messages quote what they failed on, which may be somebody's text; ours do not. */
const isOurs = (error: Error): boolean => ['Error', 'StoreUnavailable', 'StatementRefused'].includes(error.name);

/** The answer to a fault, and its line in the log. */
const onError = (error: Error, c: AppContext): Response => {
  const { event, problem } = readFault(error, c.env.clock.now());
  const answer = problemResponse(c, problem);
  c.env.log(event, {
    ...factsOf(c),
    status: answer.status,
    ...faultOf(error),
    message: isOurs(error) ? error.message.slice(0, 200) : '',
  });
  return answer;
};

/** And on the answer to a browser that asks for a page of another origin what it may send; it asks again after a day. */
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET,POST,PUT,PATCH,DELETE',
  'Access-Control-Allow-Headers': `Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,${BOOKMARK_HEADER}`,
  'Access-Control-Max-Age': '86400',
};

const RESOURCES = [
  serveArticles,
  serveThreads,
  serveFeeds,
  serveComments,
  servePages,
  serveCommentForm,
  serveModeration,
  serveModerators,
  serveSites,
  serveLog,
  serveDatabases,
];

/** The whole API: each route of the contract, behind the one gate of gate/serve.ts. */
export function createApp() {
  // The router by expressions finds a route a microsecond sooner, and takes milliseconds to compile at a cold start.
  const app = new HonoBase<AppEnv>({ router: new TrieRouter() });
  app
    .use(async (c, next) => {
      const requestId = crypto.randomUUID();
      c.set('requestId', requestId);
      for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
      c.header('X-Request-Id', requestId);
      return c.req.method === 'OPTIONS' ? c.body(null, 204, PREFLIGHT) : next();
    })
    .use(
      methodNotAllowed({
        app,
        onMethodNotAllowed: (c, methods) => {
          c.header('Allow', methods.join(', '));
          return problemResponse(c as unknown as AppContext, { reason: 'method-not-allowed' });
        },
      }),
    );
  for (const serveResource of RESOURCES) serveResource(app);
  return app.notFound((c) => problemResponse(c, { reason: 'not-found', what: 'page' })).onError(onError);
}
