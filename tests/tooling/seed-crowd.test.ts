import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDatabaseFile } from '../../src/bench/crowd/database-file.ts';
import { seedCrowd } from '../../src/bench/crowd/seed.ts';
import { crowdOf } from '../../src/bench/crowd/shape.ts';
import { growTree } from '../../src/bench/crowd/tree.ts';
import { checkFlatness, flatnessTable } from '../../src/bench/flat.ts';
import { startLocal } from '../../src/cli/local-server.ts';
import { MAX_DEPTH } from '../../src/core/comment/comment.ts';
import { RECENT_HOURS } from '../../src/core/front-page/article-listing.ts';
import { wilsonScore } from '../../src/store/vote-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'belowline-crowd-'));
const stateDir = join(folder, 'crowd');
const shape = crowdOf({ comments: 25_000, articles: 200, viral: 20_000, replies: 2_000 });

/** Rows of a statement over the seeded file, or over another state folder's. */
const rows = <Row = Record<string, unknown>>(sql: string, state = stateDir): Row[] => {
  const database = new DatabaseSync(findDatabaseFile(state), { readOnly: true });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
};

const VISIBLE = "status IN ('approved', 'published')";

beforeAll(() => seedCrowd(stateDir, shape), 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a seeded crowd', () => {
  it('has the schema of the migrations, and a sound file', async () => {
    const fresh = join(folder, 'fresh');
    await (await startLocal({ port: 0, stateDir: fresh, quiet: true, cron: false })).stop();
    const schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY 1, 2";
    expect(rows(schema)).toEqual(rows(schema, fresh));
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('has the asked numbers: the viral article, the famous comment, the chain, the long history', () => {
    const counts = rows<{ n: number }>(`
      SELECT count(*) AS n FROM comments UNION ALL SELECT count(*) FROM articles
      UNION ALL SELECT count(*) FROM comments WHERE article_key = 'viral'
      UNION ALL SELECT max(n) FROM (SELECT count(*) AS n FROM comments WHERE depth = 1 AND listed = 1 GROUP BY parent_id)
      UNION ALL SELECT max(depth) FROM comments
      UNION ALL SELECT max(comment_count) FROM readers`);
    const { comments, articles, viral, replies, prolific } = shape;
    expect(counts.map(({ n }) => n)).toEqual([comments, articles, viral, replies, MAX_DEPTH, prolific]);
  });

  it('has every counter as its rows say', () => {
    const wrong = (sql: string) => expect(rows(sql), sql).toEqual([]);
    wrong(`WITH counted AS (SELECT article_key, sum(${VISIBLE}) AS n FROM comments GROUP BY article_key)
      SELECT key FROM articles LEFT JOIN counted ON article_key = key
      WHERE comment_count <> coalesce(n, 0)`);
    wrong(`SELECT * FROM article_lists l JOIN articles a ON a.key = l.article_key
      WHERE (l.comment_count, l.published_at) <> (a.comment_count, a.published_at)`);
    wrong(`WITH counted AS (
        SELECT root_id, sum(depth > 0 AND ${VISIBLE}) AS n FROM comments GROUP BY root_id)
      SELECT id FROM comments JOIN counted USING (root_id) WHERE depth = 0 AND reply_count <> n`);
    wrong(`WITH counted AS (
        SELECT reader_id, count(*) AS n, sum(status = 'approved') AS approved,
          sum(status IN ('rejected', 'spam')) AS rejected, min(created_at) AS first FROM comments GROUP BY reader_id)
      SELECT id FROM readers FULL JOIN counted ON reader_id = id
      WHERE (comment_count, approved_count, rejected_count, first_seen_at) IS NOT (n, approved, rejected, first)`);
    wrong(`WITH counted AS (SELECT comment_id, count(*) AS n FROM flags GROUP BY comment_id)
      SELECT id FROM comments LEFT JOIN counted ON comment_id = id
      WHERE open_flags <> coalesce(n, 0) OR flag_count <> open_flags`);
    wrong('SELECT * FROM article_hours WHERE ranked_count <> comment_count');
    wrong(`WITH counted AS (
        SELECT ranking.value AS hours, article_key, count(*) AS n
        FROM json_each('${JSON.stringify(RECENT_HOURS)}') ranking, sites, comments
        WHERE ${VISIBLE} AND comments.created_at / 3600000 >= ranked_hour - ranking.value GROUP BY 1, 2)
      SELECT * FROM article_activity FULL JOIN counted USING (hours, article_key) WHERE comment_count IS NOT n`);
    const ranked = rows<{ hours: number }>('SELECT DISTINCT hours FROM article_activity ORDER BY hours');
    expect(ranked.map(({ hours }) => hours)).toEqual(RECENT_HOURS);
    const counted = rows('SELECT name, count FROM site_counts ORDER BY name');
    expect(counted).toEqual(
      rows(`SELECT status AS name, count(*) AS count FROM comments GROUP BY status
        UNION SELECT 'reported', count(*) FROM comments WHERE open_flags > 0 ORDER BY 1`),
    );
  });

  it('has each comment in its place in the tree', () => {
    const wrong = rows(`SELECT c.id FROM comments c LEFT JOIN comments p ON p.site_id = c.site_id AND p.id = c.parent_id
      WHERE CASE WHEN c.parent_id IS NULL THEN (c.depth, c.path, c.root_id) <> (0, '', c.id)
        ELSE (c.depth, c.path, c.root_id, c.article_key)
          <> (p.depth + 1, CASE p.depth WHEN 0 THEN c.id ELSE p.path || c.id END, p.root_id, p.article_key)
          OR p.id > c.id END`);
    expect(wrong).toEqual([]);
    // Only top-level comments are removed after they were answered.
    const unlisted = rows(`SELECT id FROM comments WHERE listed <> (${VISIBLE} OR reply_count > 0)`);
    expect(unlisted).toEqual([]);
  });

  it('is the same each time', () => {
    expect(growTree(shape)).toEqual(growTree(shape));
  });

  it('costs each request what a hundred comments cost', async () => {
    const comparisons = await checkFlatness(stateDir);
    expect(comparisons.length).toBeGreaterThan(20);
    expect(
      comparisons.filter(({ isFlat }) => !isFlat),
      flatnessTable(comparisons),
    ).toEqual([]);
    // The check has voted: what the store computed then is what the seeding would have.
    const [voted] = rows<{ up_votes: number; down_votes: number; score: number }>(
      'SELECT up_votes, down_votes, score FROM comments WHERE id IN (SELECT comment_id FROM votes ORDER BY created_at DESC LIMIT 1)',
    );
    expect(voted?.score).toBe(wilsonScore(voted?.up_votes ?? 0, voted?.down_votes ?? 0));
  });
});
