import { describe, expect, test } from 'vitest';
import { guestKey, type Newsroom, openNewsroom } from '../support/newsroom.ts';

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

/** Fills a site with its stories; answers the ids of their first comments. */
const fill = async (room: Newsroom, stories: Record<string, Story>): Promise<string[]> => {
  const ids: string[] = [];
  for (const [key, { section, topic, author, publishedAt, comments }] of Object.entries(stories)) {
    await room.putArticle(key, { section, topics: [topic], authors: [author], publishedAt });
    for (const [index, text] of comments.entries()) {
      const { body } = await room.post(guestKey(), text, { article: key });
      if (index === 0) ids.push(body.id);
    }
  }
  await room.runJobs();
  return ids;
};

/** Every list, count, thread and comment that anybody may ask a site for. */
const everythingPublic = async (room: Newsroom, ids: string[]): Promise<Record<string, unknown>> => {
  const labels = ['', 'section=World', 'section=City', 'topic=Sea', 'topic=Land', 'author=Orrel', 'author=Ines'];
  const paths = [
    ...labels.flatMap((label) => [
      `articles?${label}`,
      `articles?sort=most-commented&${label}`,
      `most-commented?${label}`,
      `comments?${label}`,
    ]),
    `counts?${KEYS.map((key) => `key=${key}`).join('&')}`,
    ...KEYS.flatMap((key) => [`articles/${key}`, `articles/${key}/thread`, `articles/${key}/thread?sort=top`]),
    ...ids.flatMap((id) => [`comments/${id}`, `comments/${id}/replies`]),
  ];
  const answers: Record<string, unknown> = {};
  for (const path of paths) {
    const { status, body } = await room.request('GET', `${room.base}/${path}`);
    answers[path] = [status, body];
  }
  return answers;
};

describe.each([
  { layout: 'of one database', places: [undefined, undefined] },
  { layout: 'of one database among several', places: ['DB_1', 'DB_1'] },
  { layout: 'of two databases', places: ['DB', 'DB_1'] },
] as const)('two sites $layout', ({ places }) => {
  const openBoth = async (settings: Record<string, unknown> = {}) => {
    const [one, other] = places;
    const open = (database: 'DB' | 'DB_1' | undefined) => openNewsroom(settings, {}, database && { database });
    return [await open(one), await open(other)] as const;
  };

  test('what one site shows stays as it was, whatever another has under the same keys', async () => {
    const [one, other] = await openBoth({ moderation: 'post' });
    const ids = await fill(one, ONE);
    const alone = await everythingPublic(one, ids);
    const otherIds = await fill(other, OTHER);
    expect(await everythingPublic(one, ids)).toEqual(alone);

    const beside = await everythingPublic(other, otherIds);
    expect(await everythingPublic({ ...one, base: other.base }, otherIds)).toEqual(beside);
    await one.post(guestKey(), 'One more.');
    await one.runJobs();
    expect(await everythingPublic(other, otherIds)).toEqual(beside);
    expect((await one.request('GET', `${one.base}/counts?key=ferry&key=bridge`)).body.counts).toEqual({
      ferry: 2,
      bridge: 0,
    });
    expect((await other.request('GET', `${other.base}/counts?key=ferry&key=bridge`)).body.counts).toEqual({
      ferry: 0,
      bridge: 3,
    });
    for (const id of otherIds) expect((await one.request('GET', `${one.base}/comments/${id}`)).status).toBe(404);
  });

  test('an admin of one site sees and revokes no key of another', async () => {
    const [one, other] = await openBoth();
    const boss = await other.signIn('Boss', 'admin');
    const { body } = await one.request('GET', `${one.base}/keys`, { headers: one.asOperator });
    const [key] = body.keys;
    const { body: seen } = await other.request('GET', `${other.base}/keys`, { headers: boss.headers });
    expect(seen.keys.map(({ id }: { id: string }) => id)).not.toContain(key.id);
    const revoked = await other.request('DELETE', `${other.base}/keys/${key.id}`, { headers: boss.headers });
    expect(revoked.status).toBe(404);
    expect((await one.putArticle()).status).toBe(201);
  });

  test('a session of one site opens nothing on another, under whatever name the cookie comes', async () => {
    const [one, other] = await openBoth();
    const { cookie, headers } = await one.signIn('Ada', 'admin');
    const renamed = cookie.replace(one.site, other.site);
    for (const path of ['me', 'queue', 'settings', 'moderators', 'keys']) {
      expect((await one.request('GET', `${one.base}/${path}`, { headers })).status, path).toBe(200);
      for (const Cookie of [cookie, renamed, `${cookie}; ${renamed}`]) {
        const answer = await other.request('GET', `${other.base}/${path}`, { headers: { ...headers, Cookie } });
        expect(answer.status, `${path} ${Cookie}`).toBe(401);
      }
    }
  });
});
