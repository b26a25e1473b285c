import { type Article, UNREGISTERED } from '../article/article.ts';
import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import { beginAttempt, refuseAttempt, withinBurst } from '../rate-limit/admit.ts';
import type { Bursts } from '../rate-limit/bursts.ts';
import type { CoolDowns } from '../rate-limit/cool-downs.ts';
import { banAt } from '../reader/reader.ts';
import type { ReaderStore } from '../reader/reader-store.ts';
import { ok, type Result, refuse } from '../result.ts';
import { REMEMBERED_MS } from '../screening/phases/repeated-text.ts';
import { screenComment } from '../screening/screen-comment.ts';
import type { Verdict } from '../screening/screening.ts';
import type { Site } from '../site/site.ts';
import { readAuthorName } from './author-name.ts';
import { MAX_DEPTH } from './comment.ts';
import { type CommentStatus, isInShadow, isVisible } from './comment-status.ts';
import type { OwnComment } from './own-comment.ts';
import {
  attemptToPost,
  type CommentToInsert,
  type Earlier,
  type ParentComment,
  type PostingContext,
  placeUnder,
} from './posting.ts';
import type { PostingStore } from './posting-store.ts';
import { readSource } from './read-source.ts';

export interface PostCommentInput {
  articleKey: string;
  parentId: string | null;
  authorName: string;
  authorEmail: string | null;
  body: string;
  idempotencyKey: string | null;
  /** The form's page, and the origin that the browser vouches for; null when it says nothing. */
  page: { url: string; origin: string } | null;
  requestOrigin: string | null;
}

interface PostCommentDeps {
  ids: Ids;
  hashing: Hashing;
  bursts: Bursts;
  coolDowns: CoolDowns;
  postings: PostingStore;
  readers: Pick<ReaderStore, 'hasApproved'>;
}

export function statusFor(outcome: Exclude<Verdict['outcome'], 'refuse'>): CommentStatus {
  return ({ publish: 'published', hold: 'pending', reject: 'rejected', shadow: 'rejected' } as const)[outcome];
}

/** The article to post under; for one that nobody registered, the page to register it by. */
const findArticle = (
  input: PostCommentInput,
  site: Site,
  article: PostingContext['article'],
): Result<{ article: Pick<Article, 'commenting' | 'moderation'>; registerUrl: string | null }> => {
  if (article !== null) return ok({ article, registerUrl: null });
  const registrable = site.settings.unknownArticles === 'register';
  const { page, requestOrigin } = input;
  // Only the address, and only where the browser itself names the same registered origin: the rest of what a first
  // visitor's browser says about an article could be anything.
  const isVouchedFor = page !== null && page.origin === requestOrigin && site.origins.includes(page.origin);
  if (!registrable || !isVouchedFor) return refuse({ reason: 'article-unknown', registrable });
  return ok({ article: UNREGISTERED, registerUrl: page.url });
};

/** The author of a comment in the shadow must be able to answer it as if it were published. */
const isShownTo = (readerId: string, parent: ParentComment): boolean =>
  isVisible(parent.status) || (isInShadow(parent) && parent.readerId === readerId);

/**
 * The page to register the article by, if any. What nothing can change comes first: what is not there, then a ban, a
 * closed article, and a parent that takes no reply. What the reader can mend is asked after that.
 */
const checkPlace = (
  input: PostCommentInput,
  { now, actor }: Context<ReaderActor>,
  { site, article, parent, reader }: Pick<PostingContext, 'article' | 'parent' | 'reader'> & { site: Site },
): ReturnType<typeof findArticle> => {
  const under = findArticle(input, site, article);
  if (!under.ok) return under;
  if (input.parentId !== null && parent?.articleKey !== input.articleKey)
    return refuse({ reason: 'not-found', what: 'comment' });
  const { ban, banUntil } = banAt(reader, now);
  if (ban === 'ban') return refuse({ reason: 'banned', until: banUntil });
  if (under.value.article.commenting === 'closed') return refuse({ reason: 'commenting-closed' });
  if (parent === null) return under;
  if (!isShownTo(actor.id, parent)) return refuse({ reason: 'parent-gone' });
  if (parent.depth >= MAX_DEPTH) return refuse({ reason: 'thread-too-deep', maxDepth: MAX_DEPTH });
  return under;
};

/** All that was sent, as it would be stored: the same request differs in nothing of it. */
const hashOfRequest = (deps: PostCommentDeps, siteId: string, input: PostCommentInput, name: string, source: string) =>
  deps.hashing.text(
    siteId,
    JSON.stringify([input.articleKey, input.parentId, name, input.authorEmail, input.page?.url ?? null, source]),
  );

/** The answer to a key that has made a comment before: that comment, as it is now, to the same request alone. */
const replay = (earlier: Earlier, requestHash: string | null, input: PostCommentInput, site: Site): Result<Posted> => {
  const { comment } = earlier;
  if (earlier.requestHash === requestHash) return ok({ comment, site, isNew: false });
  const isHere = comment.articleKey === input.articleKey && comment.parentId === input.parentId;
  return refuse({ reason: 'idempotency-key-reused', commentId: isHere ? comment.id : null });
};

export interface Posted {
  comment: OwnComment;
  site: Site;
  /** False: the same request has made it before. */
  isNew: boolean;
}

const insert = async (
  deps: PostCommentDeps,
  comment: CommentToInsert,
  input: PostCommentInput,
  site: Site,
): Promise<Result<Posted>> => {
  const result = await deps.postings.insert(comment);
  switch (result.outcome) {
    case 'inserted':
      return ok({ comment: result.comment, site, isNew: true });
    case 'replayed':
      return replay(result, comment.requestHash, input, site);
    case 'closed':
      return refuse({ reason: 'commenting-closed' });
    case 'parent-gone':
      return refuse({ reason: 'parent-gone' });
    case 'limited':
      return refuseAttempt(deps, attemptToPost(comment), result.refusal);
  }
};

const post = async (
  deps: PostCommentDeps,
  context: Context<ReaderActor>,
  input: PostCommentInput,
): Promise<Result<Posted>> => {
  const name = readAuthorName(input.authorName);
  const authorName = name.ok ? name.value : '';
  const { articleKey, idempotencyKey } = input;
  const { site: siteId, now, actor } = context;
  const attempt = await beginAttempt(deps, context, 'comment');
  // A request that is sent again is answered with its comment, whatever is full by now.
  if (!attempt.ok && idempotencyKey === null) return attempt;

  const { source, text, ...written } = await readSource(deps, siteId, input.body);
  const { site, article, parent, reader, isNetworkHeld, sameText, earlier } = await deps.postings.loadPosting({
    siteId,
    articleKey,
    parentId: input.parentId,
    readerId: actor.id,
    textHash: written.textHash,
    sameTextSince: now - REMEMBERED_MS,
    idempotencyKey,
    network: await context.network(),
    now,
  });
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const key = article?.key ?? articleKey;
  const place = { ...input, articleKey: key };
  const requestHash = idempotencyKey === null ? null : await hashOfRequest(deps, siteId, place, authorName, source);
  if (earlier !== null) return replay(earlier, requestHash, place, site);
  if (!attempt.ok) return attempt;
  const under = checkPlace(place, context, { site, article, parent, reader });
  if (!under.ok) return under;
  if (!name.ok) return name;

  const verdict = screenComment({
    now,
    site,
    article: under.value.article,
    authorName,
    source,
    typed: input.body,
    body: written.body,
    text,
    reader,
    isNetworkHeld,
    sameText,
    isInShadow: parent !== null && isInShadow(parent),
  });
  if (verdict.outcome === 'refuse') return refuse(verdict.problem);

  const { id, network } = attempt.value;
  return insert(
    deps,
    {
      siteId,
      id,
      articleKey: key,
      ...placeUnder(parent, id),
      readerId: actor.id,
      authorName,
      authorEmail: input.authorEmail,
      source,
      ...written,
      status: statusFor(verdict.outcome),
      shadowed: verdict.outcome === 'shadow',
      signals: verdict.signals,
      network,
      isNetworkHeld,
      isStranger: reader.approvedCount === 0,
      idempotencyKey,
      requestHash,
      createdAt: now,
      registerUrl: under.value.registerUrl,
    },
    place,
    site,
  );
};

/**
 * Makes a reader's input a stored comment, or answers the one reason why not. Two round trips to D1, three for a refusal.
 * A comment that is stored counts by its row, and whatever else was tried as a burst. Strangers who fill their network
 * keep no reader with an approved comment out: from then on each of these counts alone.
 */
export async function postComment(
  deps: PostCommentDeps,
  context: Context<ReaderActor>,
  input: PostCommentInput,
): Promise<Result<Posted>> {
  const { site, actor } = context;
  const work = () => post(deps, context, input);
  const isForNothing = (posted: Result<Posted>) => !(posted.ok && posted.value.isNew);
  // A range, a block and a network of this name have nobody else in them.
  const ownNetwork = async () => (await deps.readers.hasApproved(site, actor.id)) && `${actor.id}..`;
  return withinBurst(deps, context, 'comment-attempt', work, isForNothing, ownNetwork);
}
