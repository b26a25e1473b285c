import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as addresses from '../contract/addresses.ts';
import { seedCrowd } from './crowd/seed.ts';
import { type CrowdShape, crowdOf } from './crowd/shape.ts';
import { type MeteredProduct, openMetered } from './metered-product.ts';

/** A newsroom of some size, with an article of a thousand comments and a queue that no run empties. */
const SHAPE: CrowdShape = {
  ...crowdOf({ comments: 100_000, articles: 400, viral: 1_000, replies: 100 }),
  pending: 6_000,
};

/** So many sites that no limit of an article or a site is reached. */
const POSTED_SITES = 12;
const POSTED_ARTICLES = 8;

/** The state folders that the benchmark measures, and what is in them. */
export interface Stage {
  /** A folder in memory, where the system has one. */
  productDir: string;
  floorsDir: string;
  /** Keys of articles with more than a page of conversations. */
  articles: string[];
  /** The sites and articles to post to. */
  posted: { site: string; article: string }[];
  pending: { article: string; id: string }[];
  /** Comments that readers see; so many that each gets few votes. */
  shown: { article: string; id: string }[];
  moderator: Record<string, string>;
  product: MeteredProduct;
  /** Closes the metered product, after which others may open its state. */
  close(): Promise<void>;
  remove(): void;
}

const memoryFolder = (): string =>
  statSync('/dev/shm', { throwIfNoEntry: false })?.isDirectory() ? '/dev/shm' : tmpdir();

const openPosted = async ({ ask, operatorKey }: MeteredProduct): Promise<Stage['posted']> => {
  const headers = { Authorization: `Bearer ${operatorKey}` };
  const posted: Stage['posted'] = [];
  for (let n = 0; n < POSTED_SITES; n += 1) {
    const site = `posted-${n}`;
    await ask(addresses.createSite, { body: { id: site, name: 'Posted', origins: [] } }, headers);
    await ask(addresses.changeSettings, { site, body: { moderation: 'post' } }, headers);
    const { body: made } = await ask(addresses.createApiKey, { site, body: { name: 'bench' } }, headers);
    const asPublisher = { Authorization: `Bearer ${made.key}` };
    for (let n = 0; n < POSTED_ARTICLES; n += 1) {
      const article = `article-${n}`;
      const body = { url: `https://news.example/${n}`, headline: 'Posted', publishedAt: '2026-10-01T10:00:00Z' };
      await ask(addresses.putArticle, { site, article, body }, asPublisher);
      posted.push({ site, article });
    }
  }
  return posted;
};

/** Builds the state folders of the product and of the floors. */
export async function prepareStage(): Promise<Stage> {
  const folder = mkdtempSync(join(memoryFolder(), 'belowline-bench-'));
  const productDir = join(folder, 'product');
  const floorsDir = join(folder, 'floors');
  await seedCrowd(productDir, SHAPE);
  cpSync(productDir, floorsDir, { recursive: true });
  const product = await openMetered(productDir);
  const rows = async <Row>(sql: string) => (await product.d1.prepare(sql).all<Row>()).results;
  const talkedOf = await rows<{ article: string }>(`SELECT article_key AS article FROM comments
    WHERE site_id = 'crowd' AND depth = 0 AND listed = 1 GROUP BY article_key HAVING count(*) > 50`);
  return {
    productDir,
    floorsDir,
    articles: talkedOf.map(({ article }) => article),
    posted: await openPosted(product),
    pending: await rows(
      "SELECT article_key AS article, id FROM comments WHERE site_id = 'crowd' AND status = 'pending'",
    ),
    shown: await rows(
      "SELECT article_key AS article, id FROM comments WHERE site_id = 'crowd' AND status = 'published' LIMIT 600",
    ),
    moderator: await product.signIn('crowd'),
    product,
    close: () => product.stop(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
