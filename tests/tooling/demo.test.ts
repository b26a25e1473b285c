import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seedOnce, signInLink } from '../../src/cli/demo.ts';
import { type LocalServer, startLocal } from '../../src/cli/local-server.ts';
import { askAsOperator } from '../../src/cli/operator-api.ts';
import { changeSettings, getSettings } from '../../src/contract/addresses.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'belowline-demo-'));
const begin = (fresh = false) => startLocal({ port: 0, stateDir, fresh, quiet: true, cron: false });

/** Everything that the demo consists of, without what differs from one seeding to the next. */
async function demoOf(server: LocalServer) {
  const stores = await server.openStores();
  const article = async (key: string) => (await stores.articles.find('demo', key)).article?.commentCount;
  const { entries, counts } = await stores.moderation.findQueue({
    siteId: 'demo',
    list: 'approved',
    order: 'oldest',
    limit: 100,
    after: null,
  });
  const votes = entries.map(({ comment }) => [comment.source, comment.depth, comment.upVotes]);
  return { counts, votes, articles: [await article('strait-ferry-talks'), await article('strait-ferry-talks-ar')] };
}

/** The server with a database that gives up after the comments of so many articles, as when a first start is stopped. */
const stoppedAfter = (server: LocalServer, articles: number): LocalServer => ({
  ...server,
  openStores: async () => {
    const stores = await server.openStores();
    let left = articles;
    const insertComplete: typeof stores.bulk.insertComplete = (...comments) =>
      left-- > 0 ? stores.bulk.insertComplete(...comments) : Promise.reject(new Error('stopped'));
    return { ...stores, bulk: { insertComplete } };
  },
});

describe('the demo', () => {
  let server: LocalServer;
  afterAll(async () => {
    await server.stop();
    rmSync(stateDir, { recursive: true });
  });

  it('is finished by the next start when the first one was stopped half-way', async () => {
    server = await begin();
    await seedOnce(server);
    const whole = await demoOf(server);
    await server.stop();
    server = await begin(true);
    await expect(seedOnce(stoppedAfter(server, 1))).rejects.toThrow('stopped');
    const demo = await seedOnce(server);
    expect(await demoOf(server)).toEqual(whole);
    expect(await signInLink(server, demo)).toContain('/console/');
  });

  it('stands in the lists of most commented articles from the beginning', async () => {
    const list = await fetch(`${server.url}/v1/sites/demo/most-commented?hours=168`);
    const { articles } = (await list.json()) as { articles: { key: string }[] };
    expect(articles.map(({ key }) => key)).toContain('strait-ferry-talks');
  });

  it('is at home on the port of each start, and keeps the origins that were added', async () => {
    const operator = () => ({ baseUrl: server.url, operatorKey: server.secrets.OPERATOR_KEY });
    const { origins } = await askAsOperator(operator(), getSettings, { site: 'demo' });
    const body = { origins: [...origins, 'https://courier.example'] };
    await askAsOperator(operator(), changeSettings, { site: 'demo', body });
    await server.stop();
    server = await begin();
    await seedOnce(server);

    const { port } = new URL(server.url);
    const settings = await askAsOperator(operator(), getSettings, { site: 'demo' });
    expect(settings.origins).toEqual([server.url, `http://127.0.0.1:${port}`, 'https://courier.example']);
    const article = await fetch(`${server.url}/v1/sites/demo/articles/strait-ferry-talks`);
    expect(await article.json()).toMatchObject({ url: `${server.url}/demo/`, image: `${server.url}/demo/strait.svg` });
    const posted = await fetch(`${server.url}/v1/sites/demo/articles/strait-ferry-talks/comments`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${'d'.repeat(43)}`,
        'Content-Type': 'application/json',
        Origin: `http://127.0.0.1:${port}`,
      },
      body: JSON.stringify({ authorName: 'Ada', body: 'From the other port.' }),
    });
    expect(posted.ok).toBe(true);
  });
});
