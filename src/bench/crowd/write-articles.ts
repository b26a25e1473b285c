import { numberOf } from './random.ts';
import { headlineOf, nameOf } from './sentences.ts';
import { articleKey, postedAt } from './shape.ts';
import { type Crowd, visibleCounts } from './write-comments.ts';

const SECTIONS = ['politics', 'city', 'culture', 'sport', 'business', 'science', 'travel', 'opinion'];
const TOPICS = 40;
const AUTHORS = 30;
const HOUR = 3_600_000;

/** An article is published before its first comment; one without comments takes the time of its number. */
const publishedTimes = ({ tree, shape }: Crowd): number[] => {
  const first = new Map<number, number>();
  tree.article.forEach((article, comment) => {
    if (!first.has(article)) first.set(article, comment);
  });
  return Array.from({ length: shape.articles }, (_, article) => {
    const comment = first.get(article) ?? Math.floor((article / shape.articles) * shape.comments);
    return postedAt(comment, shape.comments) - HOUR;
  });
};

/** Writes the articles and their lists by the rule of store/article-store.ts, with counts that the job has updated. */
export function writeArticles(crowd: Crowd): void {
  const { database, siteId, shape, onProgress } = crowd;
  const counts = visibleCounts(crowd);
  const published = publishedTimes(crowd);
  const insert = database.prepare(`
    INSERT INTO articles (site_id, key, url, headline, section, topics, authors, key_points, published_at,
      comment_count, version, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?)`);
  database.exec('BEGIN');
  for (let article = 0; article < shape.articles; article += 1) {
    const key = articleKey(article);
    const at = published[article] ?? 0;
    const count = counts[article] ?? 0;
    const topics = [numberOf(article, 1) % TOPICS, numberOf(article, 2) % TOPICS].map((topic) => `topic-${topic}`);
    insert.run(
      siteId,
      key,
      `https://news.example/${key}`,
      headlineOf(article),
      SECTIONS[numberOf(article, 3) % SECTIONS.length] ?? null,
      JSON.stringify([...new Set(topics)]),
      JSON.stringify([nameOf(numberOf(article, 4) % AUTHORS)]),
      at,
      count,
      1 + count,
      at,
      at,
    );
  }
  database
    .prepare(`
      WITH labels (article_key, kind, label) AS (
        SELECT key, 'site', '' FROM articles WHERE site_id = ?1
        UNION SELECT key, 'section', section FROM articles WHERE site_id = ?1
        UNION SELECT articles.key, 'topic', value FROM articles, json_each(articles.topics) WHERE site_id = ?1
        UNION SELECT articles.key, 'author', value FROM articles, json_each(articles.authors) WHERE site_id = ?1)
      INSERT INTO article_lists (site_id, kind, label, article_key, published_at, comment_count)
      SELECT a.site_id, kind, label, a.key, published_at, comment_count
      FROM labels JOIN articles a ON a.site_id = ?1 AND a.key = article_key`)
    .run(siteId);
  database.exec('COMMIT');
  onProgress('articles', shape.articles, shape.articles);
}
