import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ROOT } from '../cli/project.ts';
import { COMMENT_ROW_COLUMNS, commentRow } from '../store/comment-row.ts';
import { traceOf } from '../store/trace-store.ts';
import { createComments } from './crowd/comments.ts';
import { hashLike, numberOf } from './crowd/random.ts';
import { CROWD_SITE, type CrowdShape, crowdOf } from './crowd/shape.ts';
import { growTree } from './crowd/tree.ts';
import { writeArticles } from './crowd/write-articles.ts';
import {
  type Crowd,
  writeCounts,
  writeEvents,
  writeFlags,
  writeRankings,
  writeReaders,
  writeVotes,
} from './crowd/write-comments.ts';

/** Bytes of one table or index for each comment, whole pages counted. */
interface Weight {
  name: string;
  /** The part of the pages in use: rows and what SQLite needs around them. */
  used: number;
  bytes: number;
}

interface Weighed {
  meanLength: number;
  /** All comments a few hours old. */
  fresh: Weight[];
  /** The same after the day's job. */
  settled: Weight[];
}

/** A comment is its row, its indexes and its traces. The rest is counted separately. */
const isOfComment = ({ name }: Weight): boolean => /^comment(?:s|_traces)(?:_|$)/.test(name);

export function bytesOfComment(weights: Weight[]): number {
  return weights.filter(isOfComment).reduce((sum, { bytes }) => sum + bytes, 0);
}

const weigh = (database: DatabaseSync, comments: number): Weight[] => {
  const rows = database
    .prepare(
      'SELECT name, sum(pgsize) AS bytes, sum(pgsize - unused) AS used FROM dbstat GROUP BY name ORDER BY 2 DESC',
    )
    .all() as { name: string; bytes: number; used: number }[];
  return rows.map(({ name, bytes, used }) => ({ name, bytes: bytes / comments, used: used / comments }));
};

const openMigrated = (): DatabaseSync => {
  const database = new DatabaseSync(':memory:');
  // Wrangler's own table, which a migration may ask.
  database.exec('CREATE TABLE d1_migrations (name TEXT, applied_at TEXT)');
  const folder = join(ROOT, 'migrations');
  for (const name of readdirSync(folder).sort()) database.exec(readFileSync(join(folder, name), 'utf8'));
  return database;
};

/** A comment gets its votes, its replies and its decision after this many others. */
const LATER = 300;
const SLOTS_A_DAY = 4;

const uuidOf = (comment: number): string => {
  const hex = [0, 1, 2, 3]
    .map((part) =>
      numberOf(comment, 60 + part)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5').slice(0, 36);
};

/**
 * Posts the comments one after the other with all their indexes, and applies what became of each once others have been
 * posted since. Pages then fill and split as in the product; those of a database laid out at the end do not.
 */
const postInOrder = ({ database, siteId, tree, shape, prolificId }: Crowd): void => {
  const columns = COMMENT_ROW_COLUMNS;
  const insert = database.prepare(
    `INSERT INTO comments (site_id, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
  );
  const trace = database.prepare('INSERT INTO comment_traces (site_id, slot, trace, comment_id) VALUES (?, ?, ?, ?)');
  const become = database.prepare(
    `UPDATE comments SET status = ?, listed = ?, up_votes = ?, down_votes = ?, score = ?, reply_count = ?,
      flag_count = ?, open_flags = ? WHERE site_id = ? AND id = ?`,
  );
  const commentOf = createComments(tree, prolificId, shape);
  const whole = Array.from({ length: shape.comments }, (_, comment) => commentOf(comment));
  const becomeOf = (comment: (typeof whole)[number]): void => {
    const { status, listed, upVotes, downVotes, replyCount, flagCount, id } = comment;
    const score = commentRow(comment)[columns.indexOf('score')] as number;
    const counts = [upVotes, downVotes, score, replyCount, flagCount, flagCount];
    become.run(status, listed ? 1 : 0, ...counts, siteId, id);
  };
  database.exec('BEGIN');
  whole.forEach((comment, n) => {
    const status = comment.status === 'pending' ? 'pending' : 'published';
    const posted = { ...comment, status, upVotes: 0, downVotes: 0, replyCount: 0, flagCount: 0 } as const;
    insert.run(siteId, ...commentRow({ ...posted, listed: status === 'published' }));
    const slot = Math.floor((n / shape.comments) * SLOTS_A_DAY);
    trace.run(siteId, slot, traceOf.text(hashLike(n, 7)), comment.id);
    trace.run(siteId, slot, traceOf.request(comment.readerId, uuidOf(n)), comment.id);
    const earlier = whole[n - LATER];
    if (earlier !== undefined) becomeOf(earlier);
  });
  for (const comment of whole.slice(-LATER)) becomeOf(comment);
  database.exec('COMMIT');
};

/** A site in a database of its own, shaped as `crowdOf` has it. */
export function weighComments(comments: number, meanLength: number): Weighed {
  const shape: CrowdShape = crowdOf({
    comments,
    articles: Math.max(2, Math.floor(comments / 100)),
    viral: Math.max(100, Math.floor(comments / 20)),
    replies: Math.floor(comments / 200),
    meanLength,
  });
  const database = openMigrated();
  try {
    const prolificId = hashLike(0, 6);
    const crowd: Crowd = { database, siteId: CROWD_SITE, shape, tree: growTree(shape), prolificId, onProgress() {} };
    writeArticles(crowd);
    postInOrder(crowd);
    for (const write of [writeEvents, writeFlags, writeReaders, writeVotes, writeRankings, writeCounts]) write(crowd);
    const fresh = weigh(database, comments);
    // The job deletes traces that are older than a day (store/trace-store.ts).
    database.exec('DELETE FROM comment_traces');
    return { meanLength, fresh, settled: weigh(database, comments) };
  } finally {
    database.close();
  }
}

const whole = (n: number): string => n.toFixed(0).padStart(8);

export function bytesTable({ meanLength, fresh, settled }: Weighed): string {
  const after = new Map(settled.map((weight) => [weight.name, weight]));
  const line = ({ name, bytes }: Weight): string => {
    const { bytes: left, used } = after.get(name) ?? { bytes: 0, used: 0 };
    const share = left === 0 ? '' : `${((100 * used) / left).toFixed(0)} %`;
    return `  ${name.padEnd(34)}${whole(bytes)}${whole(left)}${share.padStart(8)}`;
  };
  const part = (which: (weight: Weight) => boolean) =>
    fresh.filter((weight) => which(weight) && weight.bytes >= 0.5).map(line);
  return [
    `${`texts of ${meanLength} letters in the mean`.padEnd(36)}   fresh   a day    used`,
    ...part(isOfComment),
    `  ${'a comment, bytes'.padEnd(34)}${whole(bytesOfComment(fresh))}${whole(bytesOfComment(settled))}`,
    'beside it',
    ...part((weight) => !isOfComment(weight)),
  ].join('\n');
}
