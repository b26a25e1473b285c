import { type SQL, sql } from './sql.ts';

/**
 * The key that an article's row and its comments carry, from any key that leads to it. One that is no alias reads no
 * row, and stands for itself.
 */
export function keyOf(siteId: string, key: string | SQL): SQL {
  return sql`coalesce((
    SELECT article_key FROM article_aliases WHERE site_id = ${siteId} AND alias = ${key}), ${key})`;
}

/** True where no article is called by this key and none of its comments are still being deleted, but for `own`. */
export function isFree(siteId: string, key: string, own: SQL): SQL {
  return sql`(NOT EXISTS (SELECT 1 FROM articles other
      WHERE other.site_id = ${siteId} AND other.key = ${key} AND other.key <> ${own})
    AND NOT EXISTS (SELECT 1 FROM article_aliases
      WHERE site_id = ${siteId} AND alias = ${key} AND article_key <> ${own})
    AND NOT EXISTS (SELECT 1 FROM removals WHERE site_id = ${siteId} AND article_key IN (${key}, '')))`;
}
