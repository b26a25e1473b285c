import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { withoutVisitor } from '../../core/article/page-address.ts';
import { deleteComment } from '../../core/comment/delete-comment.ts';
import { editComment } from '../../core/comment/edit-comment.ts';
import { findMine } from '../../core/comment/find-mine.ts';
import { postComment } from '../../core/comment/post-comment.ts';
import { previewComment } from '../../core/comment/preview-comment.ts';
import { flagComment } from '../../core/flag/flag-comment.ts';
import { voteComment } from '../../core/vote/vote-comment.ts';
import { purgeArticles } from '../cache/cache.ts';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { mineView, ownCommentView } from '../views/own-comment.ts';

/** A page's address as it may be kept: without the visitor's place on it, their name there, and how they came. */
const pageOf = (address: string | null | undefined) => {
  if (!address) return null;
  const url = new URL(address);
  url.hash = '';
  url.username = '';
  url.password = '';
  url.search = withoutVisitor(url.search.slice(1));
  return { url: url.href, origin: url.origin };
};

export function serveComments(app: Hono<AppEnv>): void {
  serve(app, routes.postComment, async ({ c, deps, context, params, headers, body }) => {
    const result = await postComment(deps, context, {
      articleKey: params.article,
      parentId: body.parentId ?? null,
      authorName: body.authorName,
      authorEmail: body.authorEmail ?? null,
      body: body.body,
      idempotencyKey: headers['idempotency-key'] ?? null,
      page: pageOf(body.pageUrl),
      requestOrigin: c.req.header('Origin') ?? null,
    });
    if (!result.ok) return problemResponse(c, result.problem);
    const view = ownCommentView(result.value.comment, result.value.site.settings, context.now);
    c.header('Location', `${new URL(c.req.url).pathname}/${view.id}`);
    return c.json(view, view.status === 'published' ? 201 : 202);
  });

  serve(app, routes.findMine, async ({ c, deps, context, params }) => {
    const result = await findMine(deps, context, { articleKey: params.article });
    return result.ok ? c.json(mineView(result.value, context.now)) : problemResponse(c, result.problem);
  });

  serve(app, routes.editComment, async ({ c, deps, context, params, body }) => {
    const input = { articleKey: params.article, commentId: params.id, body: body.body };
    const result = await editComment(deps, context, input);
    if (!result.ok) return problemResponse(c, result.problem);
    purgeArticles(c, context.site, [result.value.comment.articleKey]);
    return c.json(ownCommentView(result.value.comment, result.value.site.settings, context.now));
  });

  serve(app, routes.deleteComment, async ({ c, deps, context, params }) => {
    const result = await deleteComment(deps, context, { articleKey: params.article, commentId: params.id });
    if (!result.ok) return problemResponse(c, result.problem);
    purgeArticles(c, context.site, [result.value.articleKey]);
    return c.body(null, 204);
  });

  serve(app, routes.voteComment, async ({ c, deps, context, params, body }) => {
    const input = { articleKey: params.article, commentId: params.id, value: body.value };
    const result = await voteComment(deps, context, input);
    return result.ok ? c.json(result.value) : problemResponse(c, result.problem);
  });

  serve(app, routes.flagComment, async ({ c, deps, context, params, body }) => {
    const result = await flagComment(deps, context, { articleKey: params.article, commentId: params.id, ...body });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });

  serve(app, routes.previewComment, async ({ c, deps, context, body }) => {
    const result = await previewComment(deps, context, { body: body.body });
    return result.ok ? c.json(result.value) : problemResponse(c, result.problem);
  });
}
