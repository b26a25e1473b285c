import { isVisible, tombstoneOf } from '../../../src/core/comment/comment-status.ts';
import type { Deed } from '../../../src/core/event/event.ts';
import { CHANGE_RULES, type ChangeVerb, type StatusChange } from '../../../src/core/moderation/status-change.ts';
import { isListed, lastWordOn, openFlagsOn, reasonOn } from './counts.ts';
import { eventsOn, insertEvent } from './events.ts';
import { insertLetterAboutPublished } from './outbox.ts';
import { articleIn, commentIn, type StoredComment, type Tables } from './tables.ts';

interface Change {
  verb: ChangeVerb;
  reason: string;
  changes: StatusChange[];
}

/** Settles open reports and answers how many; a negative number opens them again. */
const settleFlags = (tables: Tables, deed: Deed, verb: ChangeVerb, comment: StoredComment): number => {
  const { reports } = CHANGE_RULES[verb];
  if (reports === 'left-open') return 0;
  if (reports === 'settled') {
    const open = openFlagsOn(tables, comment);
    for (const flag of open) flag.settledBy = deed.id;
    return open.length;
  }
  const [last] = eventsOn(tables, deed.site, 'comment', comment.id);
  const settled = tables.flags.filter((flag) => flag.commentId === comment.id && flag.settledBy === last?.id);
  for (const flag of settled) flag.settledBy = null;
  return -settled.length;
};

/** True when the thread shows the change: a comment comes or goes, or a tombstone says something else. */
const isSeen = (tables: Tables, comment: StoredComment, to: StoredComment['status']): boolean =>
  isVisible(comment.status) !== isVisible(to) ||
  (tombstoneOf(comment) !== tombstoneOf({ ...comment, status: to }) && isListed(tables, comment));

const wordsOf = (tables: Tables, comment: StoredComment, word: (typeof CHANGE_RULES)[ChangeVerb]['word']) => {
  if (word === 'moderator') return {};
  if (word === 'author') return { lastWord: lastWordOn(tables, comment) };
  return { lastWord: lastWordOn(tables, comment, 1), lastReason: reasonOn(tables, comment, 1) };
};

/** Carries out the changes that are due: those of comments that still have the status and revision seen. */
export function changeStatuses(tables: Tables, deed: Deed, { verb, reason, changes }: Change): Set<string> {
  const rule = CHANGE_RULES[verb];
  const touched = new Set<string>();
  const changed = new Set<string>();
  const found = changes.flatMap(({ id, articleKey, from, to, revision }) => {
    const comment = commentIn(tables, deed.site, id, articleKey);
    const isOvertaken =
      from === 'approved' && eventsOn(tables, deed.site, 'comment', id).some((event) => event.id > deed.id);
    const isDue = comment?.status === from && comment.revision === revision && !isOvertaken;
    return comment !== undefined && isDue ? [[comment, to] as const] : [];
  });
  // A comment may be named by several keys of its article.
  const due = [...new Map(found)].map(([comment, to]) => ({ comment, to }));
  for (const { comment, to } of due) if (isSeen(tables, comment, to)) touched.add(comment.articleKey);
  for (const { comment, to } of due) {
    const { id, articleKey, status: from } = comment;
    const settledFlags = settleFlags(tables, deed, verb, comment) || null;
    const facts = { from, to, reason: reason || null, settledFlags, ...wordsOf(tables, comment, rule.word) };
    insertEvent(tables, deed, { verb, subject: { kind: 'comment', id }, articleKey, facts });
    if (!isVisible(from) && isVisible(to)) insertLetterAboutPublished(tables, deed, id);
    comment.status = to;
    if (rule.endsShadow) comment.shadowed = false;
    changed.add(id);
  }
  for (const key of touched) {
    const article = articleIn(tables, deed.site, key);
    if (article !== undefined) article.version += 1;
  }
  return changed;
}
