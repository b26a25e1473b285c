import { Hono } from 'hono';
import * as z from 'zod';
import { CommentEdit, IdempotencyKey, NewComment, NewFlag, NewVote, PreviewInput } from '../../contract/comment.ts';
import { ArticlePath, CommentPath } from '../../contract/paths.ts';
import { withoutVisitor } from '../../core/article/page-address.ts';
import { deleteComment } from '../../core/comment/delete-comment.ts';
import { editComment } from '../../core/comment/edit-comment.ts';
import { findMine } from '../../core/comment/find-mine.ts';
import { postComment } from '../../core/comment/post-comment.ts';
import { previewComment } from '../../core/comment/preview-comment.ts';
import { flagComment } from '../../core/flag/flag-comment.ts';
import { voteComment } from '../../core/vote/vote-comment.ts';
import { purgeArticles } from '../cache/cache.ts';
import { type AppContext, type AppEnv, BOOKMARK_HEADER, depsOf, networkKeyOf } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { asReader } from '../gate/reader.ts';
import { noQuery, valid } from '../gate/validation.ts';
import { mineView, ownCommentView } from '../views/own-comment.ts';

const PostHeaders = z.object({ 'idempotency-key': IdempotencyKey.optional() });

/** With it the reader's next request sees this write, wherever it is answered. */
const setBookmark = (c: AppContext): void => {
  const bookmark = depsOf(c).bookmark();
  if (bookmark !== null) c.header(BOOKMARK_HEADER, bookmark);
};

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

export const comments = new Hono<AppEnv>()
  .post(
    '/v1/sites/:site/articles/:key/comments',
    asReader,
    valid('param', ArticlePath),
    valid('header', PostHeaders),
    valid('json', NewComment),
    async (c) => {
      const { site: siteId, key: articleKey } = c.req.valid('param');
      const sent = c.req.valid('json');
      const result = await postComment(depsOf(c), {
        siteId,
        articleKey,
        parentId: sent.parentId ?? null,
        authorName: sent.authorName,
        authorEmail: sent.authorEmail ?? null,
        body: sent.body,
        readerId: c.get('readerId'),
        networkKey: await networkKeyOf(c, siteId),
        idempotencyKey: c.req.valid('header')['idempotency-key'] ?? null,
        page: pageOf(sent.pageUrl),
        requestOrigin: c.req.header('Origin') ?? null,
      });
      if (!result.ok) return problemResponse(c, result.problem);
      setBookmark(c);
      const view = ownCommentView(result.value.comment, result.value.site.settings, c.env.clock.now());
      c.header('Location', `/v1/sites/${siteId}/comments/${view.id}`);
      return c.json(view, view.status === 'published' ? 201 : 202);
    },
  )
  .get('/v1/sites/:site/articles/:key/mine', asReader, valid('param', ArticlePath), noQuery, async (c) => {
    const { site: siteId, key: articleKey } = c.req.valid('param');
    const result = await findMine(depsOf(c), { siteId, articleKey, readerId: c.get('readerId') });
    if (!result.ok) return problemResponse(c, result.problem);
    return c.json(mineView(result.value, c.env.clock.now()));
  })
  .patch(
    '/v1/sites/:site/comments/:id',
    asReader,
    valid('param', CommentPath),
    valid('json', CommentEdit),
    async (c) => {
      const { site: siteId, id: commentId } = c.req.valid('param');
      const networkKey = await networkKeyOf(c, siteId);
      const input = { siteId, commentId, readerId: c.get('readerId'), networkKey, body: c.req.valid('json').body };
      const result = await editComment(depsOf(c), input);
      if (!result.ok) return problemResponse(c, result.problem);
      setBookmark(c);
      purgeArticles(c, siteId, [result.value.comment.articleKey]);
      return c.json(ownCommentView(result.value.comment, result.value.site.settings, c.env.clock.now()));
    },
  )
  .delete('/v1/sites/:site/comments/:id', asReader, valid('param', CommentPath), async (c) => {
    const { site: siteId, id: commentId } = c.req.valid('param');
    const networkKey = await networkKeyOf(c, siteId);
    const result = await deleteComment(depsOf(c), { siteId, commentId, readerId: c.get('readerId'), networkKey });
    if (!result.ok) return problemResponse(c, result.problem);
    setBookmark(c);
    purgeArticles(c, siteId, [result.value.articleKey]);
    return c.body(null, 204);
  })
  .put(
    '/v1/sites/:site/comments/:id/vote',
    asReader,
    valid('param', CommentPath),
    valid('json', NewVote),
    async (c) => {
      const { site: siteId, id: commentId } = c.req.valid('param');
      const networkKey = await networkKeyOf(c, siteId);
      const input = { siteId, commentId, readerId: c.get('readerId'), networkKey, value: c.req.valid('json').value };
      const result = await voteComment(depsOf(c), input);
      if (!result.ok) return problemResponse(c, result.problem);
      setBookmark(c);
      return c.json(result.value);
    },
  )
  .post(
    '/v1/sites/:site/comments/:id/flags',
    asReader,
    valid('param', CommentPath),
    valid('json', NewFlag),
    async (c) => {
      const { site: siteId, id: commentId } = c.req.valid('param');
      const { reason, note } = c.req.valid('json');
      const networkKey = await networkKeyOf(c, siteId);
      const input = { siteId, commentId, readerId: c.get('readerId'), networkKey, reason, note };
      const result = await flagComment(depsOf(c), input);
      return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
    },
  )
  .post('/v1/preview', valid('json', PreviewInput), async (c) => {
    const networkKey = await networkKeyOf(c, '');
    const result = await previewComment(depsOf(c), { networkKey, body: c.req.valid('json').body });
    return result.ok ? c.json(result.value) : problemResponse(c, result.problem);
  });
