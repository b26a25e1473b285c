import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import { WITHIN_MILLIS } from '../../contract/routes/route.ts';
import type { ServedRoute } from '../../contract/routes.ts';
import type { Context } from '../../core/event/context.ts';
import type { Action, ActorOf } from '../../core/event/permissions.ts';
import type { Network } from '../../core/rate-limit/network.ts';
import { ok, type Result } from '../../core/result.ts';
import { tagged } from '../cache/cache.ts';
import {
  type AppContext,
  type AppEnv,
  BOOKMARK_HEADER,
  bookmarkOf,
  type Deps,
  depsOf,
  findPlace,
} from '../dependencies.ts';
import { admitActor } from './credentials.ts';
import { asPage, problemResponse } from './problems.ts';
import { checkReaderWrite } from './reader-writes.ts';
import { repeating } from './repeat.ts';
import { checkMedia, readBody, readHeaders, readParams, readQuery } from './validation.ts';

/** Its action stands in the table of permissions; a route with any other does not compile. */
type AdmittedRoute = ServedRoute & { readonly action: Action };

type Part<R, Name extends string> = R extends { readonly [K in Name]: infer Schema extends z.ZodMiniType }
  ? z.infer<Schema>
  : undefined;

/** All that a handler is given: nothing that the route's schemas and the table of permissions have not let through. */
export interface Served<R extends AdmittedRoute> {
  c: AppContext;
  deps: Deps;
  context: Context<ActorOf<R['action']>>;
  params: Part<R, 'params'>;
  query: Part<R, 'query'>;
  headers: Part<R, 'headers'>;
  body: Part<R, 'body'>;
}

/** The context of a request. Its time is that at which the request was whole. */
function contextOf(c: AppContext, { dayKeys, hashing, ids }: Deps, site: string, actor: Context['actor']): Context {
  const now = c.env.clock.now();
  // `CF-Connecting-IP` alone: it is the platform's word.
  const address = c.req.header('CF-Connecting-IP') ?? 'unknown';
  const nameUnder = (key: string) => hashing.network(site, address, key);
  const findNetwork = async (): Promise<Network> => {
    const keys = await dayKeys.find(now, ids.token);
    const [today, yesterday] = await Promise.all([nameUnder(keys.today), nameUnder(keys.yesterday)]);
    return { today, yesterday };
  };
  let network: Network | undefined;
  return {
    site,
    actor,
    requestId: c.get('requestId'),
    now,
    async network() {
      network ??= await findNetwork();
      return network;
    },
    passingNetwork: () => hashing.network('', address, null),
  };
}

/** The time that a slow connection takes to send its body is not ours. */
async function inOwnTime<Read>(c: AppContext, read: () => Promise<Read>): Promise<Read> {
  const start = Date.now();
  const sent = await read();
  c.set('deadline', c.get('deadline') + Date.now() - start);
  return sent;
}

function setBookmark(response: Response, bookmark: string | null): void {
  if (bookmark !== null) response.headers.set(BOOKMARK_HEADER, bookmark);
}

/** All that a route takes of a request, or the first part that is refused. */
async function readSent(c: AppContext, route: ServedRoute): Promise<Result<object>> {
  const params = readParams(c, route.params);
  if (!params.ok) return params;
  const query = readQuery(c, route.query);
  if (!query.ok) return query;
  const headers = readHeaders(c, route.headers);
  if (!headers.ok) return headers;
  const body = await inOwnTime(c, () => readBody(c, route));
  if (!body.ok) return body;
  return ok({ params: params.value, query: query.value, headers: headers.value, body: body.value });
}

/**
 * Puts a route of the contract on the app: who may, then what was sent, then the handler. The action is asked for
 * before the body is read; its type is looked at before that.
 */
export function serve<R extends AdmittedRoute>(
  app: Hono<AppEnv>,
  route: R,
  handler: (served: Served<R>) => Response | Promise<Response>,
): void {
  const [method, path] = route.at.split(' ') as [string, string];
  const answer = async (c: AppContext): Promise<Response> => {
    c.set('route', route.at);
    c.set('isPublic', route.action === 'read');
    c.set('bookmark', route.bookmark ?? null);
    if (route.html === 'page') asPage(c);
    c.set('deadline', Date.now() + (route.withinMillis ?? WITHIN_MILLIS));
    const media = checkMedia(c, route.form === true);
    if (!media.ok) return problemResponse(c, media.problem);
    const site = c.req.param('site') ?? '';
    if (site !== '') await findPlace(c, site);
    const admitted = await admitActor(c, site, route.action);
    if (!admitted.ok) return problemResponse(c, admitted.problem);
    const write = await checkReaderWrite(c, route, site, admitted.value);
    if (!write.ok) return problemResponse(c, write.problem);
    const sent = await readSent(c, route);
    if (!sent.ok) return problemResponse(c, sent.problem);
    const deps = depsOf(c);
    const context = contextOf(c, deps, site, admitted.value);
    const served = { c, deps, context, ...sent.value } as Served<R>;
    const response = await repeating(c, route, async () => handler(served));
    if (route.bookmark === 'given' && response.ok) setBookmark(response, bookmarkOf(c));
    return response;
  };
  const honoPath = path.replace(/\{(\w+)\}/g, ':$1');
  if (route.etag === undefined) app.on(method, honoPath, answer);
  else app.on(method, honoPath, tagged, answer);
}
