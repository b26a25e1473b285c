import type { Hono } from 'hono';
import { NewComment } from '../../contract/comment.ts';
import type { CommentForm } from '../../contract/page.ts';
import { routes } from '../../contract/routes.ts';
import type { Body } from '../../core/body/body.ts';
import { readAuthorName } from '../../core/comment/author-name.ts';
import { type Posted, postComment } from '../../core/comment/post-comment.ts';
import { previewComment } from '../../core/comment/preview-comment.ts';
import { type FormPlace, readFormPlace } from '../../core/comment/read-form-place.ts';
import type { Problem } from '../../core/problem.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { HTML, purgeArticles } from '../cache/cache.ts';
import type { AppContext, AppEnv } from '../dependencies.ts';
import { makeStamp, readStamp, type Stamp } from '../gate/form-stamp.ts';
import { problemDocument, problemResponse } from '../gate/problems.ts';
import { type Served, serve } from '../gate/serve.ts';
import { read } from '../gate/validation.ts';
import { type Faults, type FormPage, formPage, postedPage } from '../pages/form-page.ts';
import { linksOf } from '../pages/links.ts';
import { words } from '../pages/words.ts';
import { ownCommentView } from '../views/own-comment.ts';

type Submitted = Served<typeof routes.submitCommentForm>;

/** The fields of a problem; a refusal of the text itself stands beside the text. */
const faultsOf = (problem: Problem, message: string): Faults => {
  if (problem.reason === 'invalid-input')
    return Object.fromEntries(problem.errors.map((error) => [error.field, error.message]));
  return ['comment-empty', 'comment-too-long', 'repeated-text'].includes(problem.reason) ? { body: message } : {};
};

const fault = (field: string, message: string): Result<never> =>
  refuse({ reason: 'invalid-input', errors: [{ field, message }] });

/** The comment that was typed, through the same gate as a comment in JSON. */
const readComment = ({ body, authorName, authorEmail, parentId }: CommentForm): Result<NewComment> =>
  read(NewComment, {
    body,
    authorName,
    ...(authorEmail && { authorEmail }),
    ...(parentId !== undefined && { parentId }),
  }) as Result<NewComment>;

const post = async ({ deps, context, params, body }: Submitted, stamp: Stamp): Promise<Result<Posted>> => {
  if (body.website) return fault('website', words.faults.trap);
  if (stamp.state !== 'good') return fault('stamp', words.faults[stamp.state]);
  const comment = readComment(body);
  if (!comment.ok) return comment;
  const { guestKey, idempotencyKey } = stamp;
  const actor = { kind: 'reader', id: await deps.hashing.reader(context.site, guestKey) } as const;
  return postComment(
    deps,
    { ...context, actor },
    {
      articleKey: params.article,
      parentId: comment.value.parentId ?? null,
      authorName: comment.value.authorName,
      authorEmail: comment.value.authorEmail ?? null,
      body: comment.value.body,
      idempotencyKey,
      page: null,
      requestOrigin: null,
    },
  );
};

const preview = async ({ deps, context, body }: Submitted): Promise<Result<Body>> => {
  const comment = readComment(body);
  if (!comment.ok) return comment;
  const name = readAuthorName(comment.value.authorName);
  if (!name.ok) return name;
  const shown = await previewComment(deps, context, comment.value);
  return shown.ok ? ok(shown.value.body) : shown;
};

const placeOf = async ({ deps, context, params, body }: Submitted): Promise<FormPlace | null> => {
  const place = await readFormPlace(deps, context, { articleKey: params.article, parentId: body.parentId ?? null });
  return place.ok ? place.value : null;
};

const LINKS = linksOf('');

/** The form again, with all that was typed. Its stamp is a new one where the old one is good for nothing any more. */
const formAgain = async (
  served: Submitted,
  stamp: Stamp,
  shown: Pick<FormPage, 'preview' | 'refusal'>,
): Promise<Response> => {
  const { c, deps, context, body } = served;
  const isSpent = stamp.state === 'over' || shown.refusal?.document.reason === 'idempotency-key-reused';
  const page = formPage({
    ...shown,
    links: LINKS,
    place: await placeOf(served),
    typed: body,
    stamp: isSpent ? await makeStamp(deps, context) : body.stamp,
  });
  return htmlOf(c, page.toString(), shown.refusal?.document.status ?? 200);
};

const htmlOf = (c: AppContext, html: string, status: number): Response =>
  c.body(html, status as 200, { 'Content-Type': HTML });

const refusedForm = (served: Submitted, stamp: Stamp, problem: Problem): Promise<Response> => {
  const document = problemDocument(served.c, problem);
  const detail = problem.reason === 'idempotency-key-reused' ? words.faults.reused : detailOf(problem, document.detail);
  const refusal = { document: { ...document, detail }, faults: faultsOf(problem, document.detail) };
  return formAgain(served, stamp, { preview: null, refusal });
};

/** Faults of fields that are seen stand beside them. */
const detailOf = (problem: Problem, detail: string): string => {
  if (problem.reason !== 'invalid-input') return detail;
  const unseen = problem.errors.filter(({ field }) => !['body', 'authorName', 'authorEmail'].includes(field));
  return unseen[0]?.message ?? words.checkField;
};

export function serveCommentForm(app: Hono<AppEnv>): void {
  serve(app, routes.getCommentForm, async ({ c, deps, context, params, query }) => {
    const parentId = query.parent ?? null;
    const place = await readFormPlace(deps, context, { articleKey: params.article, parentId });
    if (!place.ok) return problemResponse(c, place.problem);
    const page = formPage({
      links: LINKS,
      place: place.value,
      typed: { body: '', authorName: '', ...(parentId !== null && { parentId }) },
      stamp: await makeStamp(deps, context),
      preview: null,
      refusal: null,
    });
    return htmlOf(c, page.toString(), 200);
  });

  serve(app, routes.submitCommentForm, async (served) => {
    const { c, deps, context, body } = served;
    const stamp = await readStamp(deps, context, body.stamp);
    if (body.step === 'preview') {
      const shown = await preview(served);
      if (!shown.ok) return refusedForm(served, stamp, shown.problem);
      return formAgain(served, stamp, { preview: shown.value, refusal: null });
    }
    const posted = await post(served, stamp);
    if (!posted.ok) return refusedForm(served, stamp, posted.problem);
    const { comment, site } = posted.value;
    const view = ownCommentView(comment, site.settings, context.now);
    const isPublished = view.status === 'published';
    // A reader without script sees it by the page alone.
    if (isPublished) purgeArticles(c, context.site, [comment.articleKey]);
    const page = postedPage(LINKS, site.name, view);
    return htmlOf(c, page.toString(), isPublished ? 201 : 202);
  });
}
