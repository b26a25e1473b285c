import type { BodyFormat } from '../../contract/body.ts';
import type { routes } from '../../contract/routes.ts';
import type { PermalinkView, RepliesView, ThreadSort, ThreadView } from '../../contract/thread.ts';
import { ok, type Result } from '../../core/result.ts';
import type { Permalink } from '../../core/thread/permalink.ts';
import { readPermalink, readReplies } from '../../core/thread/read-replies.ts';
import { readThread, type ThreadPage } from '../../core/thread/read-thread.ts';
import type { ShownComment } from '../../core/thread/shown-comment.ts';
import type { ThreadPosition } from '../../core/thread/thread.ts';
import { articleTag, heldVersions, notModified, versionTag } from '../cache/cache.ts';
import { movedFrom } from '../cache/moved.ts';
import type { AppContext } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import type { Served } from '../gate/serve.ts';
import { permalinkView, type RepliesCursor, repliesView, threadView } from '../views/thread.ts';

const threadScope = (siteId: string, articleKey: string, sort: string) => ['thread', siteId, articleKey, sort];

/** The score is of the one order that goes by it: in another it would give a page as many addresses as there are numbers. */
const writeThreadCursor = (scope: string[], sort: ThreadSort, { id, score }: ThreadPosition): string =>
  writeCursor(scope, sort === 'top' ? [id, score] : [id]);

const readThreadCursor = (
  scope: string[],
  sort: ThreadSort,
  text: string | undefined,
): Result<ThreadPosition | null> => {
  if (sort === 'top') {
    const cursor = readCursor<[string, number]>(scope, text, ['string', 'number']);
    return cursor.ok ? ok(cursor.value && { id: cursor.value[0], score: cursor.value[1] }) : cursor;
  }
  const cursor = readCursor<[string]>(scope, text, ['string']);
  return cursor.ok ? ok(cursor.value && { id: cursor.value[0], score: 0 }) : cursor;
};

const repliesScope = (siteId: string, commentId: string) => ['replies', siteId, commentId];

const repliesCursor =
  (siteId: string): RepliesCursor =>
  (commentId, last) =>
    writeCursor(repliesScope(siteId, commentId), [last.path]);

/**
 * The last step of a public answer, as JSON or as HTML of the same view: with the tag that it is purged by, and whether
 * it is of nothing. `source` is what the view was made of.
 */
type Publish<View, Source> = (c: AppContext, tag: string, view: View, isOfNothing: boolean, source: Source) => Response;

/** Pages of HTML ask for no format: their texts are made of the tree. */
type Asked<Name extends 'getThread' | 'listReplies' | 'getPermalink'> = Omit<
  Served<(typeof routes)[Name]>,
  'headers' | 'body' | 'query'
> & { query: Omit<Served<(typeof routes)[Name]>['query'], 'format'> & { format?: BodyFormat } };

export async function answerThread(
  { c, deps, context, params, query }: Asked<'getThread'>,
  publish: Publish<ThreadView, ThreadPage>,
): Promise<Response> {
  const { sort, limit, format } = query;
  const tag = articleTag(context.site, params.article);
  const scope = threadScope(context.site, params.article, sort);
  const cursor = readThreadCursor(scope, sort, query.cursor);
  if (!cursor.ok) return problemResponse(c, cursor.problem);
  const after = cursor.value;
  const input = { articleKey: params.article, sort, limit, after, held: heldVersions(c) };
  const result = await readThread(deps, context, input);
  if (!result.ok) return problemResponse(c, result.problem);
  const page = result.value;
  if ('unchanged' in page) return notModified(c, page.unchanged, tag);
  const itsOwn = (key: string) => after && writeThreadCursor(threadScope(context.site, key, sort), sort, after);
  const moved = page.article && movedFrom(c, params.article, page.article, itsOwn(page.article.publicKey));
  if (moved) return moved;
  if (page.article !== null) c.header('ETag', versionTag(page.article.version));
  const next = page.next && writeThreadCursor(scope, sort, page.next);
  const cursors = { next, replies: repliesCursor(context.site) };
  const isOfNothing = page.article === null || (after !== null && page.comments.length === 0);
  const shownTag = page.article === null ? tag : articleTag(context.site, page.article.key);
  return publish(c, shownTag, threadView(params.article, page, sort, cursors, format), isOfNothing, page);
}

export async function answerReplies(
  { c, deps, context, params, query }: Asked<'listReplies'>,
  publish: Publish<RepliesView, { articleKey: string }>,
): Promise<Response> {
  const tag = articleTag(context.site, params.article);
  const cursor = readCursor<[string]>(repliesScope(context.site, params.id), query.cursor, ['string']);
  if (!cursor.ok) return problemResponse(c, cursor.problem);
  const result = await readReplies(deps, context, {
    articleKey: params.article,
    commentId: params.id,
    afterPath: cursor.value?.[0] ?? null,
    limit: query.limit,
    held: heldVersions(c),
  });
  if (!result.ok) return problemResponse(c, result.problem);
  if ('unchanged' in result.value) return notModified(c, result.value.unchanged, tag);
  c.header('ETag', versionTag(result.value.version));
  const isOfNothing = result.value.replies.length === 0;
  const shownTag = articleTag(context.site, result.value.articleKey);
  const view = repliesView(params.id, result.value, repliesCursor(context.site), query.format);
  return publish(c, shownTag, view, isOfNothing, result.value);
}

export async function answerPermalink(
  { c, deps, context, params, query }: Asked<'getPermalink'>,
  publish: Publish<PermalinkView, Permalink<ShownComment>>,
): Promise<Response> {
  const tag = articleTag(context.site, params.article);
  const input = { articleKey: params.article, commentId: params.id, held: heldVersions(c) };
  const result = await readPermalink(deps, context, input);
  if (!result.ok) return problemResponse(c, result.problem);
  const permalink = result.value;
  if ('unchanged' in permalink) return notModified(c, permalink.unchanged, tag);
  const moved = movedFrom(c, params.article, permalink.article);
  if (moved) return moved;
  c.header('ETag', versionTag(permalink.article.version));
  const shownTag = articleTag(context.site, permalink.article.key);
  return publish(c, shownTag, permalinkView(permalink, repliesCursor(context.site), query.format), false, permalink);
}
