import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { readNewestComments } from '../../core/front-page/read-recent.ts';
import { publicJson, siteTag } from '../cache/cache.ts';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { commentView } from '../views/thread.ts';
import { listOf } from './articles.ts';
import { answerPermalink, answerReplies, answerThread } from './thread-answers.ts';

export function serveThreads(app: Hono<AppEnv>): void {
  serve(app, routes.getThread, (served) => answerThread(served, publicJson));

  serve(app, routes.listReplies, (served) => answerReplies(served, publicJson));

  serve(app, routes.getPermalink, (served) => answerPermalink(served, publicJson));

  serve(app, routes.listNewestComments, async ({ c, deps, context, query }) => {
    const result = await readNewestComments(deps, context, { list: listOf(query), limit: query.limit });
    if (!result.ok) return problemResponse(c, result.problem);
    const comments = result.value.comments.map(({ comment, article }) => ({
      ...commentView(comment, query.format),
      article,
    }));
    return publicJson(c, siteTag(context.site), { comments }, comments.length === 0);
  });
}
