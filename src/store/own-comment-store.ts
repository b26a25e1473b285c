import { keptSource } from '../core/body/markdown-of.ts';
import type { OwnCommentStore } from '../core/comment/own-comment-store.ts';
import type { Verb } from '../core/event/event.ts';
import type { Signal } from '../core/screening/screening.ts';
import { keyOf } from './article-key.ts';
import { articleByKey } from './article-store.ts';
import type { Database } from './database.ts';
import { carryOut, eventsOn, reasonOf } from './events.ts';
import { countAttempt, hasRoom, type LimitWindowRow, refusalIn, wasCounted, windowsRefusing } from './limit-windows.ts';
import { carryHoldOn, type SiteRowWithHold, siteWithHold } from './network-holds.ts';
import { nextVersion } from './next-version.ts';
import { toArticle, toOwnComment, toSite, toStanding } from './rows.ts';
import { findSameText, type SameTextRow, toSameText } from './same-text.ts';
import type { ArticleRow, CommentRow, ReaderRow, SiteRow } from './schema.ts';
import { siteById } from './site-store.ts';
import { type SQL, sql } from './sql.ts';
import { statusChanges } from './status-changes.ts';
import { deleteTextTrace, moveTextTrace } from './trace-store.ts';

/** A reader's page view asks for these, the newest comments first; older ones are in the thread itself. */
const MINE_LIMIT = 50;
const VOTES_LIMIT = 500;

/** Comments with the last word about each, where that was a moderator's. `from` names them as table alias `c`. */
const withReason = (from: SQL): SQL => sql`
  SELECT c.*, (SELECT ${reasonOf}
    FROM ${eventsOn(sql`c.site_id`, 'comment', sql`c.id`)} ORDER BY e.id DESC LIMIT 1) AS reason
  FROM ${from}`;

export function ownComment(which: SQL): SQL {
  return withReason(sql`comments c WHERE ${which}`);
}

type OwnRow = CommentRow & { reason: string | null };

const findMine =
  (database: Database): OwnCommentStore['findMine'] =>
  async (siteId, articleKey, readerId) => {
    const {
      site: [site],
      comments,
      votes,
    } = await database.batch<{ site: SiteRow; comments: OwnRow; votes: { comment_id: string; value: 1 | -1 } }>({
      site: siteById(siteId),
      comments: withReason(sql`(
      SELECT * FROM comments INDEXED BY comments_by_reader_and_article
      WHERE site_id = ${siteId} AND reader_id = ${readerId} AND article_key = ${keyOf(siteId, articleKey)} AND author_name <> ''
      ORDER BY id DESC LIMIT ${MINE_LIMIT}) c`),
      votes: sql`SELECT comment_id, value FROM votes
      WHERE site_id = ${siteId} AND reader_id = ${readerId} AND article_key = ${keyOf(siteId, articleKey)}
      ORDER BY comment_id DESC LIMIT ${VOTES_LIMIT}`,
    });
    return {
      site: site === undefined ? null : toSite(site),
      comments: comments.map(toOwnComment),
      votes: new Map(votes.map((vote) => [vote.comment_id, vote.value])),
    };
  };

const findOwn =
  (database: Database): OwnCommentStore['findOwn'] =>
  async (attempt, { articleKey, id, readerId, text }) => {
    const { siteId, network, now } = attempt;
    const own = sql`c.site_id = ${siteId} AND c.id = ${id} AND c.article_key = ${keyOf(siteId, articleKey)}
    AND c.reader_id = ${readerId}`;
    // A try that finds nothing of the reader's own leaves no row: anybody could fill a neighbour's limit with those.
    const isOwn = sql`EXISTS (SELECT 1 FROM comments c WHERE ${own})`;
    const parentId = sql`(SELECT parent_id FROM comments WHERE site_id = ${siteId} AND id = ${id})`;
    const {
      windows,
      comment: [comment],
      site: [site],
      article: [article],
      reader: [reader],
      event: [event],
      sameText,
    } = await database.batch<{
      windows: LimitWindowRow;
      comment: OwnRow;
      site: SiteRowWithHold;
      article: ArticleRow;
      reader: ReaderRow;
      event: { id: string | null };
      sameText: SameTextRow;
    }>({
      attempt: countAttempt(attempt, sql`${isOwn} AND ${hasRoom(attempt)}`),
      carried: carryHoldOn(siteId, network, now),
      windows: windowsRefusing(attempt, sql`(NOT ${isOwn} OR ${wasCounted(attempt)})`),
      comment: ownComment(own),
      site: siteWithHold(siteId, network, now),
      article: articleByKey(siteId, articleKey),
      reader: sql`SELECT * FROM readers WHERE site_id = ${siteId} AND id = ${readerId}`,
      event: sql`SELECT max(e.id) AS id FROM ${eventsOn(sql`${siteId}`, 'comment', sql`${id}`)}`,
      sameText:
        text === null ? [] : findSameText({ siteId, articleKey, parentId, editedId: id, readerId, now, ...text }),
    });
    const refusal = refusalIn(attempt, windows);
    if (refusal !== null) return { refusal };
    if (comment === undefined || site === undefined || article === undefined) return { found: null };
    const found = {
      comment: toOwnComment(comment),
      site: toSite(site),
      article: toArticle(article),
      reader: toStanding(reader),
      isNetworkHeld: site.is_held === 1,
      signals: JSON.parse(comment.signals) as Signal[],
      lastEventId: event?.id ?? null,
      sameText: toSameText(sameText, { readerId, articleKey: comment.article_key, parentId: comment.parent_id }),
    };
    return { found };
  };

const edit =
  (database: Database): OwnCommentStore['edit'] =>
  async (deed, edit) => {
    const { articleKey, id, from, to, shadowed, revision, body, source, textHash, textHashBefore, signals } = edit;
    const siteId = deed.site;
    const changes = statusChanges(deed, {
      verb: 'comment.edited',
      reason: '',
      changes: [{ id, articleKey, from, to, revision }],
    });
    // The verb, and below the revision, hold even where another deed has the same id.
    const happened = sql`EXISTS (SELECT 1 FROM ${eventsOn(sql`${siteId}`, 'comment', sql`${id}`)} AND e.id = ${deed.id}
      AND e.verb = ${'comment.edited' satisfies Verb})`;
    // The text changes last, and only where the statements before it found the comment as its author had seen it.
    const {
      edited,
      comment: [comment],
    } = await carryOut<{ edited: unknown; comment: OwnRow }>(database, deed, {
      ...changes,
      version: sql`UPDATE articles SET version = ${nextVersion} WHERE site_id = ${siteId} AND key = (
      SELECT article_key FROM comments WHERE site_id = ${siteId} AND id = ${id} AND listed = 1) AND ${happened}`,
      trace: moveTextTrace({ siteId, id, textHash: textHashBefore }, textHash, happened),
      edited: sql`UPDATE comments SET body = ${JSON.stringify(body)}, source = ${keptSource(source, body)},
        signals = ${JSON.stringify(signals)}, shadowed = ${shadowed ? 1 : 0}, revision = revision + 1, edited_at = ${deed.now}
      WHERE site_id = ${siteId} AND id = ${id} AND revision = ${revision} AND ${happened} RETURNING id`,
      comment: ownComment(sql`c.site_id = ${siteId} AND c.id = ${id}`),
    });
    return edited.length === 1 && comment !== undefined ? toOwnComment(comment) : null;
  };

const erase =
  (database: Database): OwnCommentStore['erase'] =>
  async (deed, { articleKey, id, from, revision, textHash }) => {
    const changes = statusChanges(deed, {
      verb: 'comment.deleted',
      reason: '',
      changes: [{ id, articleKey, from, to: 'deleted', revision }],
    });
    const happened = sql`EXISTS (SELECT 1 FROM comments WHERE site_id = ${deed.site} AND id = ${id}
      AND status = 'deleted')`;
    const { erased } = await carryOut<{ erased: unknown }>(database, deed, {
      ...changes,
      trace: deleteTextTrace({ siteId: deed.site, id, textHash }, happened),
      erased: sql`UPDATE comments SET body = '[]', source = '', text_hash = '', author_name = '', author_email = NULL,
        signals = '[]', revision = revision + 1
      WHERE site_id = ${deed.site} AND id = ${id}
        AND status = 'deleted' AND revision = ${revision} RETURNING id`,
    });
    return erased.length === 1;
  };

export function createOwnCommentStore(database: Database): OwnCommentStore {
  return {
    findMine: findMine(database),
    findOwn: findOwn(database),
    edit: edit(database),
    erase: erase(database),
  };
}
