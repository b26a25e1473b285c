import type { Article } from '../../../src/core/article/article.ts';
import { isInShadow, isVisible } from '../../../src/core/comment/comment-status.ts';
import type { OwnComment } from '../../../src/core/comment/own-comment.ts';
import type { ReaderStanding } from '../../../src/core/reader/reader.ts';
import type { Site } from '../../../src/core/site/site.ts';
import type { ThreadComment } from '../../../src/core/thread/thread.ts';
import { readerIn, reasonOn, totalsOf, visibleBelow, visibleUnder } from './counts.ts';
import type { StoredArticle, StoredComment, StoredSite, Tables } from './tables.ts';

/** Stored rows become the core's types here: the only way out of the tables, and always as a copy. */

export function toSite(site: StoredSite | undefined): Site | null {
  if (site === undefined) return null;
  const { id, name, origins, settings } = site;
  return { id, name, origins: [...origins], settings: { ...settings } };
}

export function toArticle(tables: Tables, article: StoredArticle): Article {
  const { listedCount: _, aliases: __, ...fields } = article;
  return { ...fields, commentCount: visibleUnder(tables, article.siteId, article.key).length };
}

export function toThreadComment(tables: Tables, comment: StoredComment): ThreadComment {
  const { id, parentId, rootId, depth, path, status, shadowed, authorName, body, createdAt, editedAt } = comment;
  const replyCount = depth === 0 ? visibleBelow(tables, comment).length : 0;
  const totals = totalsOf(tables, comment);
  const place = { id, parentId, rootId, depth, path, status, shadowed };
  return { ...place, authorName, body, ...totals, replyCount, createdAt, editedAt };
}

export function toOwnComment(tables: Tables, comment: StoredComment): OwnComment {
  const { siteId, articleKey, readerId, source, revision } = comment;
  const reason = reasonOn(tables, comment);
  const seen = toThreadComment(tables, comment);
  return { ...seen, siteId, articleKey, readerId, source, revision, reason };
}

export function standingOf(tables: Tables, siteId: string, readerId: string): ReaderStanding {
  const { approvedCount, ban, banUntil } = readerIn(tables, siteId, readerId);
  return { approvedCount, ban, banUntil };
}

/** True when the reader sees the comment: its author sees one in the shadow as if all could. */
export function isShownTo(readerId: string, comment: StoredComment): boolean {
  return isVisible(comment.status) || (isInShadow(comment) && comment.readerId === readerId);
}
