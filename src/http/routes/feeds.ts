import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { readNewestComments } from '../../core/front-page/read-recent.ts';
import { readNewestUnder } from '../../core/thread/read-newest.ts';
import { articleTag, heldVersions, notModified, publicText, siteTag, versionTag } from '../cache/cache.ts';
import { movedFrom } from '../cache/moved.ts';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { type Served, serve } from '../gate/serve.ts';
import { atomFeed } from '../views/atom-feed.ts';
import { articleFeed, type Feed, siteFeed } from '../views/feed.ts';
import { jsonFeed } from '../views/json-feed.ts';
import { listOf } from './articles.ts';

type Asked = 'c' | 'deps' | 'context' | 'params' | 'query';
type SiteFeedAsked = Pick<Served<typeof routes.getAtomFeed>, Asked>;
type ArticleFeedAsked = Pick<Served<typeof routes.getArticleAtomFeed>, Asked>;

/** A way to write a feed, and what it is called on the wire. */
interface Format {
  type: string;
  write(feed: Feed): string;
}

const ATOM: Format = { type: 'application/atom+xml; charset=utf-8', write: atomFeed };
const JSON_FEED: Format = { type: 'application/feed+json; charset=utf-8', write: jsonFeed };

const serveSiteFeed =
  ({ type, write }: Format) =>
  async ({ c, deps, context, query }: SiteFeedAsked): Promise<Response> => {
    const list = listOf(query);
    const result = await readNewestComments(deps, context, { list, limit: query.limit });
    if (!result.ok) return problemResponse(c, result.problem);
    const { site, comments } = result.value;
    const feed = siteFeed(site, list, comments, c.req.url);
    return publicText(c, siteTag(context.site), type, write(feed), comments.length === 0);
  };

const serveArticleFeed =
  ({ type, write }: Format) =>
  async ({ c, deps, context, params, query }: ArticleFeedAsked): Promise<Response> => {
    const input = { articleKey: params.article, limit: query.limit, held: heldVersions(c) };
    const result = await readNewestUnder(deps, context, input);
    if (!result.ok) return problemResponse(c, result.problem);
    if ('unchanged' in result.value) {
      return notModified(c, result.value.unchanged, articleTag(context.site, params.article));
    }
    const { article, comments } = result.value;
    const moved = movedFrom(c, params.article, article);
    if (moved) return moved;
    c.header('ETag', versionTag(article.version));
    const feed = articleFeed(article, comments, c.req.url);
    return publicText(c, articleTag(context.site, article.key), type, write(feed), false);
  };

export function serveFeeds(app: Hono<AppEnv>): void {
  serve(app, routes.getAtomFeed, serveSiteFeed(ATOM));
  serve(app, routes.getJsonFeed, serveSiteFeed(JSON_FEED));
  serve(app, routes.getArticleAtomFeed, serveArticleFeed(ATOM));
  serve(app, routes.getArticleJsonFeed, serveArticleFeed(JSON_FEED));
}
