import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as addresses from '../contract/addresses.ts';
import { seedCrowd } from './crowd/seed.ts';
import { type CrowdShape, crowdOf } from './crowd/shape.ts';
import { type MeteredProduct, openMetered } from './metered-product.ts';

/** A newsroom of some size, with an article of a thousand comments and a queue that decisions do not run out of. */
const SHAPE: CrowdShape = {
  ...crowdOf({ comments: 100_000, articles: 400, viral: 1_000, replies: 100 }),
  pending: 6_000,
};

/** Enough that neither an article's nor a site's limit a minute is what is measured. */
const POSTED_SITES = 12;
const POSTED_ARTICLES = 8;

/** What stands in the state folder that the benchmark looks at. */
export interface Stage {
  /** In memory, where the system has such a folder. */
  productDir: string;
  floorsDir: string;
  /** Keys of articles with more than a page of conversations. */
  articles: string[];
  /** Site and article of each place that may be posted to. */
  places: { site: string; article: string }[];
  pending: { article: string; id: string }[];
  moderator: Record<string, string>;
  product: MeteredProduct;
  /** Closes the metered product, after which others may open its state. */
  close(): Promise<void>;
  remove(): void;
}

const memoryFolder = (): string =>
  statSync('/dev/shm', { throwIfNoEntry: false })?.isDirectory() ? '/dev/shm' : tmpdir();

const openPlaces = async ({ ask, operatorKey }: MeteredProduct): Promise<Stage['places']> => {
  const headers = { Authorization: `Bearer ${operatorKey}` };
  const places: Stage['places'] = [];
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
      places.push({ site, article });
    }
  }
  return places;
};

/** Builds what is asked, once for the product and once for the floors. */
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
    places: await openPlaces(product),
    pending: await rows(
      "SELECT article_key AS article, id FROM comments WHERE site_id = 'crowd' AND status = 'pending'",
    ),
    moderator: await product.signIn('crowd'),
    product,
    close: () => product.stop(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
