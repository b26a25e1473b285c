import { isVisible } from '../../../src/core/comment/comment-status.ts';
import { type Attempt, isBurst } from '../../../src/core/rate-limit/attempt.ts';
import { banAt } from '../../../src/core/reader/reader.ts';
import { VERB_OF_RULING } from '../../../src/core/vote/vote-ruling.ts';
import { NEW_KEY_MILLIS, type VoteStore } from '../../../src/core/vote/vote-store.ts';
import { totalsOf, votesOn } from './counts.ts';
import { insertEvent } from './events.ts';
import { countOrRefuse, windowsFor } from './limit-windows.ts';
import { isShownTo, standingOf } from './rows.ts';
import { articleIn, byText, commentIn, type StoredComment, type StoredVote, type Tables } from './tables.ts';

const countVersion = (tables: Tables, { siteId, articleKey }: StoredComment): void => {
  const article = articleIn(tables, siteId, articleKey);
  if (article !== undefined) article.version += 1;
};

/** True for a reader whose key is new. */
const hasNewKey = (tables: Tables, { siteId, now }: Attempt, readerId: string): boolean =>
  standingOf(tables, siteId, readerId).approvedCount === 0 &&
  ![...tables.comments, ...tables.votes].some(
    (one) => one.siteId === siteId && one.readerId === readerId && one.createdAt <= now - NEW_KEY_MILLIS,
  );

const castVote = (
  tables: Tables,
  comment: StoredComment,
  { readerId, value, now, mark }: { readerId: string; value: 1 | 0 | -1; now: number; mark: StoredVote['state'] },
) => {
  const { siteId, articleKey, id: commentId } = comment;
  const isTheirs = (one: { siteId: string; commentId: string; readerId: string }) =>
    one.siteId === siteId && one.commentId === commentId && one.readerId === readerId;
  const before = tables.votes.find(isTheirs);
  // The state is settled when the vote is cast, and later by moderators alone: changing it leads out of no burst.
  const state = mark === 'discarded' && value !== (before?.value ?? 0) ? mark : (before?.state ?? mark);
  const createdAt = before?.createdAt ?? now;
  tables.votes = tables.votes.filter((vote) => !isTheirs(vote));
  if (value !== 0) tables.votes.push({ siteId, articleKey, commentId, readerId, value, state, createdAt });
  const counted = [before?.state, state].includes('counts');
  if (counted && (before?.value ?? 0) !== value) countVersion(tables, comment);

  const { upVotes, downVotes } = totalsOf(tables, comment);
  const isAside = state !== 'counts';
  return {
    outcome: 'done',
    upVotes: upVotes + Number(isAside && value === 1),
    downVotes: downVotes + Number(isAside && value === -1),
  } as const;
};

export function createVoteStore(tables: Tables): VoteStore {
  return {
    async vote(attempt, { articleKey, commentId, readerId, value }) {
      const { siteId } = attempt;
      const cast = { about: commentId, by: readerId, hasNewKey: hasNewKey(tables, attempt, readerId) };
      const isSetAside = value !== 0 && isBurst(attempt, cast, windowsFor(tables, attempt));
      const refusal = countOrRefuse(tables, attempt, ...(value === 0 ? [] : [commentId, readerId]));
      if (refusal !== null) return { outcome: 'limited', refusal };
      const { ban, banUntil } = banAt(standingOf(tables, siteId, readerId), attempt.now);
      if (ban === 'ban') return { outcome: 'banned', until: banUntil };
      const comment = commentIn(tables, siteId, commentId, articleKey);
      if (comment === undefined || !isShownTo(readerId, comment)) return { outcome: 'not-found' };
      if (comment.readerId === readerId) return { outcome: 'own-comment' };

      const mark = ban === 'shadow-ban' ? 'discarded' : isSetAside ? 'set-aside' : 'counts';
      return castVote(tables, comment, { readerId, value, now: attempt.now, mark });
    },

    async ruleOnVotes(deed, { articleKey, commentId, ruling, limit }) {
      const comment = commentIn(tables, deed.site, commentId, articleKey);
      if (comment === undefined) return null;
      const aside = votesOn(tables, comment, 'set-aside').sort((a, b) => byText(a.readerId, b.readerId));
      const ruled = aside.slice(0, limit);
      for (const vote of ruled) vote.state = ruling === 'count-votes' ? 'counts' : 'discarded';
      if (ruled.length > 0) {
        const subject = { kind: 'votes', id: commentId } as const;
        insertEvent(tables, deed, {
          verb: VERB_OF_RULING[ruling],
          subject,
          articleKey: comment.articleKey,
          facts: { votes: ruled.length },
        });
        if (ruling === 'count-votes' && isVisible(comment.status)) countVersion(tables, comment);
      }
      return {
        votes: ruled.length,
        setAsideVotes: aside.length - ruled.length,
        ...totalsOf(tables, comment),
        articleKey: comment.articleKey,
      };
    },
  };
}
