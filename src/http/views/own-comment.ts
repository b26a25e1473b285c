import type { MineView, OwnCommentView } from '../../contract/comment.ts';
import { editableUntil, type OwnComment, ownStatus } from '../../core/comment/own-comment.ts';
import type { SiteSettings } from '../../core/site/site.ts';
import { isoTime } from './article.ts';

/** Said where no moderator has decided: the screening turned it away. */
const NOT_ACCEPTED = 'It contains words that this site does not accept.';

export function ownCommentView(
  comment: OwnComment,
  settings: Pick<SiteSettings, 'editWindowMinutes'>,
  now: number,
): OwnCommentView {
  const status = ownStatus(comment);
  const until = editableUntil(comment, settings);
  return {
    id: comment.id,
    parentId: comment.parentId,
    rootId: comment.rootId,
    depth: comment.depth,
    tombstone: status === 'deleted' ? 'deleted' : null,
    authorName: comment.authorName,
    body: comment.body,
    isCut: false,
    upVotes: comment.upVotes,
    downVotes: comment.downVotes,
    replyCount: comment.depth === 0 ? comment.replyCount : null,
    createdAt: isoTime(comment.createdAt),
    editedAt: comment.editedAt === null ? null : isoTime(comment.editedAt),
    status,
    reason: status === 'rejected' ? (comment.reason ?? NOT_ACCEPTED) || null : null,
    source: comment.source,
    editableUntil: until === null || now > until ? null : isoTime(until),
  };
}

export function mineView(
  mine: { site: { settings: SiteSettings }; comments: OwnComment[]; votes: Map<string, 1 | -1> },
  now: number,
): MineView {
  return {
    comments: mine.comments.map((comment) => ownCommentView(comment, mine.site.settings, now)),
    votes: Object.fromEntries(mine.votes),
  };
}
