import type { DatabaseSync } from 'node:sqlite';
import { COMMENT_STATUSES, type CommentStatus } from '../../core/comment/comment-status.ts';
import type { Verb } from '../../core/event/event.ts';
import { RECENT_HOURS } from '../../core/front-page/article-listing.ts';
import { lowestIdAt, sortableId } from '../../core/platform/sortable-id.ts';
import { COMMENT_ROW_COLUMNS, commentRow } from '../../store/comment-row.ts';
import { HOURS_KEPT, hourOf, MILLIS_AN_HOUR } from '../../store/ranking-store.ts';
import { createComments, flagsOn, idOf, isVisibleCode, readerId } from './comments.ts';
import { hashLike, numberOf } from './random.ts';
import { articleKey, type CrowdShape, postedAt, VIRAL_ARTICLE } from './shape.ts';
import { codeOf, type Tree } from './tree.ts';

/** The things that all of the writing needs. */
export interface Crowd {
  database: DatabaseSync;
  siteId: string;
  shape: CrowdShape;
  tree: Tree;
  /** The reader's id of PROLIFIC_GUEST_KEY in this state folder. */
  prolificId: string;
  onProgress(what: string, done: number, all: number): void;
}

const PROGRESS_EVERY = 100_000;

const insertInto = ({ database, siteId }: Crowd, table: string, columns: readonly string[]) => {
  const marks = columns.map(() => '?').join(', ');
  return database.prepare(
    `INSERT INTO ${table} (site_id, ${columns.join(', ')}) VALUES ('${siteId.replaceAll("'", "''")}', ${marks})`,
  );
};

/** Runs `work` for each number below `all`, in one transaction. */
const forEach = (crowd: Crowd, what: string, all: number, work: (n: number) => void): void => {
  crowd.database.exec('BEGIN');
  for (let n = 0; n < all; n += 1) {
    if (n % PROGRESS_EVERY === 0) crowd.onProgress(what, n, all);
    work(n);
  }
  crowd.database.exec('COMMIT');
  crowd.onProgress(what, all, all);
};

export function writeComments(crowd: Crowd): void {
  const { tree, shape, prolificId } = crowd;
  const insert = insertInto(crowd, 'comments', COMMENT_ROW_COLUMNS);
  const commentOf = createComments(tree, prolificId, shape);
  forEach(crowd, 'comments', shape.comments, (comment) => insert.run(...commentRow(commentOf(comment))));
}

export function writeFlags(crowd: Crowd): void {
  const { tree, shape } = crowd;
  const insert = insertInto(crowd, 'flags', ['comment_id', 'reader_id', 'reason', 'created_at']);
  const flagCount = flagsOn(tree, shape.reported);
  forEach(crowd, 'reports', shape.comments, (comment) => {
    for (let flag = flagCount(comment); flag > 0; flag -= 1) {
      const id = idOf(comment, shape.comments);
      insert.run(
        id,
        hashLike(numberOf(comment, 30 + flag), 9),
        'offensive',
        postedAt(comment, shape.comments) + 60_000,
      );
    }
  });
}

const VERB_TO = {
  approved: 'comment.approved',
  rejected: 'comment.rejected',
  spam: 'comment.marked-as-spam',
  deleted: 'comment.deleted',
} as const satisfies Partial<Record<CommentStatus, Verb>>;
const MODERATOR = { kind: 'moderator', id: 'crowd-moderator', name: 'Mara Lind' };
const MINUTES_UNTIL_DECIDED = 5;

/** Writes one event for each comment on which somebody has decided. */
export function writeEvents(crowd: Crowd): void {
  const { tree, shape, prolificId } = crowd;
  const columns = ['subject_kind', 'subject_id', 'id', 'verb', 'actor_kind', 'actor_id', 'actor_name', 'article_key'];
  const insert = insertInto(crowd, 'events', [...columns, 'facts']);
  forEach(crowd, 'decisions', shape.comments, (comment) => {
    const status = COMMENT_STATUSES[tree.status[comment] ?? 0];
    if (status === undefined || status === 'published' || status === 'pending') return;
    const at = postedAt(comment, shape.comments) + MINUTES_UNTIL_DECIDED * 60_000;
    const author = { kind: 'reader', id: readerId(tree.reader[comment] as number, prolificId), name: null };
    const by = status === 'deleted' ? author : MODERATOR;
    const facts = {
      from: 'published',
      to: status,
      ...(status === 'rejected' && { reason: 'Please stay with the subject.' }),
      ...(status === 'deleted' && { lastWord: '' }),
    };
    const [id, of] = [sortableId(at, new Uint8Array(7)), idOf(comment, shape.comments)];
    const article = articleKey(tree.article[comment] as number);
    insert.run('comment', of, id, VERB_TO[status], by.kind, by.id, by.name, article, JSON.stringify(facts));
  });
}

export function writeReaders(crowd: Crowd): void {
  const { tree, shape, prolificId } = crowd;
  const readers = tree.reader.reduce((most, reader) => Math.max(most, reader), 0) + 1;
  const counts = new Int32Array(readers);
  const approved = new Int32Array(readers);
  const rejected = new Int32Array(readers);
  const firstSeen = new Int32Array(readers).fill(-1);
  tree.reader.forEach((reader, comment) => {
    counts[reader] = (counts[reader] ?? 0) + 1;
    const status = tree.status[comment];
    if (status === codeOf('approved')) approved[reader] = (approved[reader] ?? 0) + 1;
    if (status === codeOf('rejected') || status === codeOf('spam')) rejected[reader] = (rejected[reader] ?? 0) + 1;
    if (firstSeen[reader] === -1) firstSeen[reader] = comment;
  });
  const columns = ['id', 'comment_count', 'approved_count', 'rejected_count', 'first_seen_at'];
  const insert = insertInto(crowd, 'readers', columns);
  forEach(crowd, 'readers', readers, (reader) => {
    if (counts[reader] === 0) return;
    const seenAt = postedAt(firstSeen[reader] ?? 0, shape.comments);
    const numbers = [counts[reader] ?? 0, approved[reader] ?? 0, rejected[reader] ?? 0];
    insert.run(readerId(reader, prolificId), ...numbers, seenAt);
  });
}

/**
 * Votes are kept one by one for the prolific reader alone; the others stand in the comments' counters. Fifty million
 * rows more would say nothing that these do not: votes are only ever read by reader and article.
 */
export function writeVotes(crowd: Crowd, most = 1_000): void {
  const { database, siteId, prolificId } = crowd;
  database
    .prepare(
      `INSERT INTO votes (site_id, reader_id, article_key, comment_id, value, created_at)
      SELECT site_id, ?, article_key, id, 1, created_at + 60000 FROM comments
      WHERE site_id = ? AND article_key = '${VIRAL_ARTICLE}' AND up_votes > 0 AND reader_id <> ? ORDER BY id LIMIT ?`,
    )
    .run(prolificId, siteId, prolificId, most);
}

export function writeCounts(crowd: Crowd): void {
  const { tree, shape } = crowd;
  const insert = insertInto(crowd, 'site_counts', ['name', 'count']);
  const counts = new Map<string, number>();
  for (const code of tree.status) {
    const status = COMMENT_STATUSES[code] ?? '';
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const flagCount = flagsOn(tree, shape.reported);
  let reported = 0;
  for (let comment = 0; comment < shape.comments; comment += 1) if (flagCount(comment) > 0) reported += 1;
  if (reported > 0) counts.set('reported', reported);
  for (const [name, count] of counts) insert.run(name, count);
}

/** Visible comments by article and hour, as far back as the product keeps them, and the rankings of the last hours. */
export function writeRankings({ database, siteId, shape }: Crowd): void {
  const now = postedAt(shape.comments, shape.comments);
  const hour = hourOf(now);
  database
    .prepare(
      `INSERT INTO article_hours (site_id, hour, article_key, comment_count, ranked_count)
      SELECT site_id, created_at / ${MILLIS_AN_HOUR}, article_key, count(*), count(*) FROM comments
      WHERE site_id = ? AND id >= ? AND status IN ('approved', 'published') GROUP BY 2, 3`,
    )
    .run(siteId, lowestIdAt(now - HOURS_KEPT * MILLIS_AN_HOUR));
  database
    .prepare(
      `INSERT INTO article_activity (site_id, hours, article_key, comment_count)
      SELECT h.site_id, ranking.value, h.article_key, sum(h.ranked_count) FROM json_each(?) ranking, article_hours h
      WHERE h.site_id = ? AND h.hour >= ? - ranking.value GROUP BY 2, 3`,
    )
    .run(JSON.stringify(RECENT_HOURS), siteId, hour);
  database.prepare('UPDATE sites SET ranked_hour = ? WHERE id = ?').run(hour, siteId);
}

/** Visible comments of each article. */
export function visibleCounts({ tree, shape }: Crowd): Int32Array {
  const counts = new Int32Array(shape.articles);
  tree.article.forEach((article, comment) => {
    if (isVisibleCode(tree.status[comment])) counts[article] = (counts[article] ?? 0) + 1;
  });
  return counts;
}
