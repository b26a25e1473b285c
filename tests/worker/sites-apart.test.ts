import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { createStores } from '../../src/store/stores.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { openScene } from '../support/store-contract/scene.ts';
import { story } from '../support/story.ts';
import { listTables } from '../support/table-dump.ts';

/** Two sites with the same article keys, and nothing of one in what the other shows or lets anybody do. */

interface Story {
  section: string;
  topic: string;
  author: string;
  publishedAt: string;
  comments: string[];
}

const KEYS = ['ferry', 'bridge'];

const ONE: Record<string, Story> = {
  ferry: { section: 'World', topic: 'Sea', author: 'Orrel', publishedAt: '2026-11-01T10:00:00Z', comments: ['Late.'] },
  bridge: { section: 'City', topic: 'Sea', author: 'Ines', publishedAt: '2026-11-02T10:00:00Z', comments: [] },
};

const OTHER: Record<string, Story> = {
  ferry: { section: 'City', topic: 'Land', author: 'Ines', publishedAt: '2026-11-03T10:00:00Z', comments: [] },
  bridge: {
    section: 'World',
    topic: 'Sea',
    author: 'Orrel',
    publishedAt: '2026-10-01T10:00:00Z',
    comments: ['Closed!', 'Open!', 'Closed again!'],
  },
};

/** Fills a site with its stories; answers the first comment of each. */
const fill = async (room: Newsroom, stories: Record<string, Story>) => {
  const first: { id: string; article: string }[] = [];
  for (const [key, { section, topic, author, publishedAt, comments }] of Object.entries(stories)) {
    await room.publisher.putArticle(key, { section, topics: [topic], authors: [author], publishedAt });
    for (const [index, text] of comments.entries()) {
      const { body } = await room.reader().post(text, { article: key });
      if (index === 0) first.push({ id: body.id, article: key });
    }
  }
  await room.runJobs();
  return first;
};

/** Every list, count, thread and comment that anybody may ask a site for. */
const everythingPublic = async (everybody: Newsroom['public'], comments: { id: string; article: string }[]) => {
  const labels = ['', 'section=World', 'section=City', 'topic=Sea', 'topic=Land', 'author=Orrel', 'author=Ines'];
  const reads: Promise<{ status: number; body: unknown }>[] = [
    ...labels.flatMap((label) => [
      everybody.articles(label),
      everybody.articles(`sort=most-commented&${label}`),
      everybody.mostCommented(label),
      everybody.newestComments(label),
    ]),
    everybody.counts(KEYS),
    ...KEYS.flatMap((key) => [everybody.article(key), everybody.thread('', key), everybody.thread('sort=top', key)]),
    ...comments.flatMap((comment) => [everybody.permalink(comment), everybody.replies(comment)]),
  ];
  return (await Promise.all(reads)).map(({ status, body }) => [status, body]);
};

describe.each([
  { layout: 'of one database', places: [undefined, undefined] },
  { layout: 'of one database among several', places: ['DB_1', 'DB_1'] },
  { layout: 'of two databases', places: ['DB', 'DB_1'] },
] as const)('two sites $layout', ({ places }) => {
  const openBoth = async (settings: Record<string, unknown> = {}) => {
    const [one, other] = places;
    const open = (database: 'DB' | 'DB_1' | undefined) => openNewsroom(settings, {}, { database });
    return [await open(one), await open(other)] as const;
  };

  test('what one site shows stays as it was, whatever another has under the same keys', async () => {
    const [one, other] = await openBoth({ moderation: 'post' });
    const comments = await fill(one, ONE);
    const alone = await everythingPublic(one.public, comments);
    const otherComments = await fill(other, OTHER);
    expect(await everythingPublic(one.public, comments)).toEqual(alone);

    const beside = await everythingPublic(other.public, otherComments);
    expect(await everythingPublic(one.publicOf(other.site), otherComments)).toEqual(beside);
    await one.reader().post('One more.');
    await one.runJobs();
    expect(await everythingPublic(other.public, otherComments)).toEqual(beside);
    expect((await one.public.counts(KEYS)).body.counts).toEqual({
      ferry: 2,
      bridge: 0,
    });
    expect((await other.public.counts(KEYS)).body.counts).toEqual({
      ferry: 0,
      bridge: 3,
    });
    for (const comment of otherComments) expect((await one.public.permalink(comment)).status).toBe(404);
  });

  test('an admin of one site sees and revokes no key of another', async () => {
    const [one, other] = await openBoth();
    const boss = other.desk('Boss', 'admin');
    const { body } = await one.operator.keys();
    const id = body.keys[0]?.id ?? '';
    const { body: seen } = await boss.keys();
    expect(seen.keys.map((key) => key.id)).not.toContain(id);
    const revoked = await boss.revokeKey(id);
    expect(revoked.status).toBe(404);
    expect((await one.publisher.putArticle()).status).toBe(201);
  });

  test('a session of one site opens nothing on another, under whatever name the cookie comes', async () => {
    const [one, other] = await openBoth();
    const { cookie, headers } = await one.desk('Ada', 'admin').session();
    const renamed = cookie.replace(one.site, other.site);
    for (const what of ['me', 'queue', 'settings', 'team', 'keys'] as const) {
      expect((await one.as(headers)[what]()).status, what).toBe(200);
      for (const Cookie of [cookie, renamed, `${cookie}; ${renamed}`]) {
        const answer = await other.as({ ...headers, Cookie })[what]();
        expect(answer.status, `${what} ${Cookie}`).toBe(401);
      }
    }
  });
});

describe('two sites of one database, with the same ids, keys, names and times in both', () => {
  /** Begins the story of a site; every value that it answers has the site's own name left out. */
  const begin = async (database: D1Database) => {
    const scene = await openScene(() => createStores(database, env.KV, 'first-primary'));
    const told = story(scene);
    const nameless = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null).replaceAll(scene.site, '*'));
    const tables = (await listTables(database)).filter((name) => !['directory', 'runs', 'day_keys'].includes(name));
    return {
      async goOn() {
        const { value, done } = await told.next();
        while ((await scene.stores.rankings.relist(50)) > 0);
        return done === true ? null : { answer: nameless(value) };
      },
      async rows() {
        const statements = tables.map((name) =>
          database.prepare(`SELECT * FROM "${name}" WHERE ${name === 'sites' ? 'id' : 'site_id'} = ?`).bind(scene.site),
        );
        const results = await database.batch(statements);
        return Object.fromEntries(tables.map((name, i) => [name, nameless(results[i]?.results)]));
      },
    };
  };

  /** An article's version is the time at which the database gave it, which is now: the story plays in another year. */
  const timeless = (told: unknown): unknown => {
    const anHourAgo = Date.now() - 3_600_000;
    const text = JSON.stringify(told).replaceAll(/\b\d{13}\b/g, (digits) =>
      Number(digits) > anHourAgo ? '0' : digits,
    );
    return JSON.parse(text);
  };

  test('what is done in one site is answered as if it were alone, and changes no row of the other', async () => {
    const alone = await begin(env.DB_1);
    const [one, other] = [await begin(env.DB), await begin(env.DB)];
    let before = await other.rows();
    for (let step = await alone.goOn(); step !== null; step = await alone.goOn()) {
      const after = await alone.rows();
      expect(timeless(await one.goOn())).toEqual(timeless(step));
      const oneAfter = await one.rows();
      expect(timeless(oneAfter)).toEqual(timeless(after));
      expect(await other.rows()).toEqual(before);
      expect(timeless(await other.goOn())).toEqual(timeless(step));
      expect(await one.rows()).toEqual(oneAfter);
      before = await other.rows();
      expect(timeless(before)).toEqual(timeless(after));
    }
    expect(await other.rows()).toEqual(before);
  });
});
