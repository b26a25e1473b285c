import { isVisible } from '../../../src/core/comment/comment-status.ts';
import { attemptToPost, type CommentToInsert, type InsertOutcome } from '../../../src/core/comment/posting.ts';
import type { PostingStore } from '../../../src/core/comment/posting-store.ts';
import { lowestIdAt, timeOfId } from '../../../src/core/platform/sortable-id.ts';
import { type Refusal, refusalOf } from '../../../src/core/rate-limit/attempt.ts';
import { LIMITS, type Limit, limitFor } from '../../../src/core/rate-limit/limits.ts';
import { registerByPage } from './article-store.ts';
import { count as countAttempt, windowsFor } from './limit-windows.ts';
import { carryHoldOn, isNetworkHeld } from './network-holds.ts';
import { insertLetterAboutPublished } from './outbox.ts';
import { isShownTo, standingOf, toArticle, toOwnComment, toSite } from './rows.ts';
import { sameTextAs } from './same-text.ts';
import { articleIn, byText, commentIn, type StoredComment, siteIn, type Tables } from './tables.ts';

const MILLIS_A_MINUTE = 60_000;
const MILLIS_A_DAY = 24 * 60 * MILLIS_A_MINUTE;

const minuteOf = (at: number) => Math.floor(at / MILLIS_A_MINUTE);

const newestFirst = (a: StoredComment, b: StoredComment) => byText(b.id, a.id);

type Request = Pick<CommentToInsert, 'siteId' | 'readerId' | 'idempotencyKey'>;

/** This reader's comment with the same Idempotency-Key since then; none without a key. */
const madeWith = (tables: Tables, { siteId, readerId, idempotencyKey }: Request, since: number) =>
  tables.comments.find(
    (comment) =>
      idempotencyKey !== null &&
      comment.idempotencyKey === idempotencyKey &&
      comment.siteId === siteId &&
      comment.readerId === readerId &&
      comment.createdAt >= since,
  );

/** The refusal until the comment that has to leave the window first has left it. */
const refusalByReader = (own: StoredComment[], count: number, windowSeconds: number, now: number): Refusal | null => {
  const blocker = own
    .filter(({ id }) => id >= lowestIdAt(now - windowSeconds * 1_000 + 1))
    .sort(newestFirst)
    .at(count - 1);
  if (blocker === undefined) return null;
  return { limit: LIMITS.commentByReader, count, windowSeconds, retryAt: timeOfId(blocker.id) + windowSeconds * 1_000 };
};

const whyRefused = (tables: Tables, comment: CommentToInsert): InsertOutcome | null => {
  const { siteId, articleKey, parentId, readerId, createdAt, registerUrl } = comment;
  const article = articleIn(tables, siteId, articleKey);
  const commenting = article?.commenting ?? (registerUrl === null ? 'closed' : 'open');
  if (commenting === 'closed') return { outcome: 'closed' };

  const parent = parentId === null ? undefined : commentIn(tables, siteId, parentId);
  // A comment in the shadow takes only replies in the shadow.
  const isShown = (above: StoredComment) => (comment.shadowed ? isShownTo(readerId, above) : isVisible(above.status));
  if (parentId !== null && (parent === undefined || !isShown(parent))) return { outcome: 'parent-gone' };

  const ofSite = tables.comments.filter((other) => other.siteId === siteId);
  const own = ofSite.filter((other) => other.readerId === readerId);
  const { count, windowSeconds, aDay } = LIMITS.commentByReader;
  const attempt = attemptToPost(comment);
  const refusal =
    refusalByReader(own, aDay, MILLIS_A_DAY / 1_000, createdAt) ??
    refusalByReader(own, count, windowSeconds, createdAt) ??
    refusalOf(attempt, windowsFor(tables, attempt));
  if (refusal !== null) return { outcome: 'limited', refusal };

  const inMinute = ofSite.filter((other) => minuteOf(other.createdAt) === minuteOf(createdAt));
  const retryAt = (minuteOf(createdAt) + 1) * MILLIS_A_MINUTE;
  const ofArticle = inMinute.filter((other) => other.articleKey === articleKey);
  const ceilings: [StoredComment[], Limit][] = [
    [ofArticle, LIMITS.commentByArticle],
    [inMinute, LIMITS.commentBySite],
  ];
  for (const [these, ceiling] of ceilings) {
    const limit = limitFor(ceiling, comment.isStranger);
    if (these.length < limit.count) continue;
    const { count, windowSeconds } = limit;
    return { outcome: 'limited', refusal: { limit, count, windowSeconds, retryAt } };
  }
  return null;
};

export function createPostingStore(tables: Tables): PostingStore {
  return {
    async loadPosting({
      siteId,
      articleKey,
      parentId,
      readerId,
      textHash,
      sameTextSince,
      idempotencyKey,
      network,
      now,
    }) {
      const article = articleIn(tables, siteId, articleKey);
      const parent = parentId === null ? undefined : commentIn(tables, siteId, parentId);
      const earlier = madeWith(tables, { siteId, readerId, idempotencyKey }, now - MILLIS_A_DAY);
      return {
        site: toSite(siteIn(tables, siteId)),
        article: article === undefined ? null : toArticle(tables, article),
        parent: parent === undefined ? null : { ...toOwnComment(tables, parent), path: parent.path },
        isNetworkHeld: isNetworkHeld(tables, siteId, network, now),
        reader: standingOf(tables, siteId, readerId),
        sameText: sameTextAs(tables, { siteId, articleKey, parentId, readerId, textHash, sameTextSince }),
        earlier:
          earlier === undefined ? null : { comment: toOwnComment(tables, earlier), requestHash: earlier.requestHash },
      };
    },

    async insert(comment) {
      const {
        siteId,
        readerId,
        articleKey,
        registerUrl,
        network,
        isNetworkHeld: isHeld,
        isStranger,
        ...fields
      } = comment;
      const earlier = madeWith(tables, comment, comment.createdAt - MILLIS_A_MINUTE);
      if (earlier !== undefined)
        return { outcome: 'replayed', comment: toOwnComment(tables, earlier), requestHash: earlier.requestHash };
      const refusal = whyRefused(tables, comment);
      if (refusal !== null) return refusal;

      if (registerUrl !== null) {
        const actor = { kind: 'reader', id: readerId, name: null } as const;
        const deed = { site: siteId, id: comment.id, actor, now: comment.createdAt };
        registerByPage(tables, deed, articleKey, registerUrl);
      }
      const stored = {
        ...fields,
        siteId,
        readerId,
        articleKey,
        network: network.today,
        revision: 1,
        editedAt: null,
        broughtVotes: { up: 0, down: 0 },
      };
      if (isHeld) carryHoldOn(tables, siteId, network, comment.createdAt);
      countAttempt(tables, attemptToPost(comment));
      tables.comments.push(stored);
      if (isVisible(comment.status)) {
        const article = articleIn(tables, siteId, articleKey);
        if (article !== undefined) article.version += 1;
        insertLetterAboutPublished(tables, { site: siteId, id: comment.id }, comment.id);
      }
      return { outcome: 'inserted', comment: toOwnComment(tables, stored), requestHash: stored.requestHash };
    },
  };
}
