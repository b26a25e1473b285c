import type { Hono } from 'hono';
import type * as z from 'zod';
import type { Route } from '../../contract/routes.ts';
import type { Context } from '../../core/event/context.ts';
import type { Action, ActorOf } from '../../core/event/permissions.ts';
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
import { problemResponse } from './problems.ts';
import { readBody, readHeaders, readParams, readQuery } from './validation.ts';

/** A route whose action stands in the table of permissions; any other does not compile. */
type ServedRoute = Route & { readonly action: Action };

type Part<R, Name extends string> = R extends { readonly [K in Name]: infer Schema extends z.ZodType }
  ? z.infer<Schema>
  : undefined;

/** All that a handler is given: nothing that the route's schemas and the table of permissions have not let through. */
export interface Served<R extends ServedRoute> {
  c: AppContext;
  deps: Deps;
  context: Context<ActorOf<R['action']>>;
  params: Part<R, 'params'>;
  query: Part<R, 'query'>;
  headers: Part<R, 'headers'>;
  body: Part<R, 'body'>;
}

/** The context of a request. Its time is that at which the request was whole. */
function contextOf(c: AppContext, site: string, actor: Context['actor']): Context {
  const now = c.env.clock.now();
  let key: Promise<string> | undefined;
  return {
    site,
    actor,
    requestId: c.get('requestId'),
    now,
    network() {
      // `CF-Connecting-IP` alone: it is the platform's word.
      key ??= c.env.hashing.network(site, c.req.header('CF-Connecting-IP') ?? 'unknown', now);
      return key;
    },
  };
}

function setBookmark(response: Response, bookmark: string | null): void {
  if (bookmark !== null) response.headers.set(BOOKMARK_HEADER, bookmark);
}

/**
 * Puts a route of the contract on the app: who may, then what was sent, then the handler. The action is asked for
 * before the body is parsed; its size and its type are looked at before that.
 */
export function serve<R extends ServedRoute>(
  app: Hono<AppEnv>,
  route: R,
  handler: (served: Served<R>) => Response | Promise<Response>,
): void {
  const [method, path] = route.at.split(' ') as [string, string];
  const answer = async (c: AppContext): Promise<Response> => {
    c.set('bookmark', route.bookmark ?? null);
    const site = c.req.param('site') ?? '';
    if (site !== '') await findPlace(c, site);
    const admitted = await admitActor(c, site, route.action);
    if (!admitted.ok) return problemResponse(c, admitted.problem);
    const params = readParams(c, route.params);
    if (!params.ok) return problemResponse(c, params.problem);
    const query = readQuery(c, route.query);
    if (!query.ok) return problemResponse(c, query.problem);
    const headers = readHeaders(c, route.headers);
    if (!headers.ok) return problemResponse(c, headers.problem);
    const body = await readBody(c, route.body);
    if (!body.ok) return problemResponse(c, body.problem);
    const deps = depsOf(c);
    const response = await handler({
      c,
      deps,
      context: contextOf(c, site, admitted.value),
      params: params.value,
      query: query.value,
      headers: headers.value,
      body: body.value,
    } as Served<R>);
    if (route.bookmark === 'given' && response.ok) setBookmark(response, bookmarkOf(c));
    return response;
  };
  const honoPath = path.replace(/\{(\w+)\}/g, ':$1');
  if (route.etag === undefined) app.on(method, honoPath, answer);
  else app.on(method, honoPath, tagged, answer);
}
