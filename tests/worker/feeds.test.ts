import { describe, expect, test } from 'vitest';
import type { JsonFeed } from '../../src/contract/feed.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import { type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

/** The feeds of a room, by what stands between its site and the name of the feed. */
const feedsOf = (room: Newsroom) => {
  const get = <View>(path: string, headers: Record<string, string> = {}) =>
    room.request<View>('GET', `/v1/sites/${room.site}${path}`, { headers });
  return {
    atom: (of = '', query = '', headers = {}) => get<string>(`${of}/feed.atom${query}`, headers),
    json: (of = '', query = '', headers = {}) => get<JsonFeed>(`${of}/feed.json${query}`, headers),
  };
};

const openFeeds = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle('ferry', { section: 'World', topics: ['Sea'], authors: ['Tamsin Orrel'] });
  return { room, ...feedsOf(room) };
};

const FERRY = '/articles/ferry';

const textsOf = ({ items }: JsonFeed): string[] => items.map(({ content_text }) => content_text);

test.each([
  ['the site', ''],
  ['an article', FERRY],
])('the feeds of %s hold its newest comments, replies among them, under their media types', async (_, of) => {
  const { room, atom, json } = await openFeeds();
  const first = await room.reader().say('First.');
  await room.reader().say('An answer.', { parentId: first.id });
  const feed = await json(of);
  expect(feed.headers.get('Content-Type')).toBe('application/feed+json; charset=utf-8');
  expect(textsOf(feed.body)).toEqual(['An answer.', 'First.']);
  expect(feed.body.items.map((item) => item._belowline.in_reply_to)).toEqual([feed.body.items[1]?.id, null]);
  expect(feed.body.feed_url).toBe(`${ORIGIN}/v1/sites/${room.site}${of}/feed.json`);
  const { headers, body } = await atom(of);
  expect(headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8');
  expect(body).toContain(
    `<link rel="self" type="application/atom+xml" href="${ORIGIN}/v1/sites/${room.site}${of}/feed.atom"/>`,
  );
  expect([...body.matchAll(/<entry>\s*<id>([^<]+)/g)].map(([, id]) => id)).toEqual(feed.body.items.map(({ id }) => id));
  expect(textsOf((await json(of, '?limit=1')).body)).toEqual(['An answer.']);
});

test('the site’s feeds are of a section, a topic or an author on request', async () => {
  const { room, json } = await openFeeds();
  await room.publisher.putArticle('opera', { section: 'Culture' });
  await room.reader().say('On the sea.');
  await room.reader().say('On the stage.', { article: 'opera' });
  for (const query of ['?section=World', '?topic=Sea', '?author=Tamsin%20Orrel']) {
    expect(textsOf((await json('', query)).body), query).toEqual(['On the sea.']);
  }
  expect((await json('', '?section=World&topic=Sea')).status).toBe(400);
});

test.each([
  ['the site', '', 'site:'],
  ['an article', FERRY, 'article:'],
])('a feed of %s is cached, and 304 to who has it until something changes', async (_, of, tag) => {
  const { room, atom, json } = await openFeeds();
  const posted = await room.reader().say('First.');
  for (const read of [atom, json]) {
    const { headers } = await read(of);
    expect(headers.get('Cache-Control')).toMatch(/^public, max-age=15/);
    expect(decodeURIComponent(headers.get('Cache-Tag') ?? '')).toContain(tag);
    const held = { 'If-None-Match': headers.get('ETag') ?? '' };
    const again = await read(of, '', held);
    expect([again.status, again.body]).toEqual([304, null]);
    await room.reader().say();
    expect((await read(of, '', held)).status).toBe(200);
  }
  expect((await room.desk().decide(posted.id, 'reject', 'published')).status).toBe(200);
  expect(textsOf((await json(of)).body)).not.toContain('First.');
});

test('an edit moves the time of change, and neither the id nor the time of posting', async () => {
  const { room, json } = await openFeeds();
  const author = room.reader();
  const posted = await author.say('First.');
  const [before] = (await json(FERRY)).body.items;
  room.clock.tick(60);
  await author.edit(posted, 'First, and mended.');
  const [after] = (await json(FERRY)).body.items;
  expect(after).toMatchObject({
    id: before?.id,
    date_published: before?.date_published,
    content_text: 'First, and mended.',
  });
  expect(Date.parse(after?.date_modified ?? '')).toBe(Date.parse(before?.date_published ?? '') + 60_000);
});

test('an embargoed article’s comments are in no feed of the site until it is published', async () => {
  const { room, json } = await openFeeds();
  const publishedAt = new Date(room.clock.now + 3_600_000).toISOString();
  await room.publisher.putArticle('secret', { publishedAt, section: 'World' });
  await room.reader().say('Too early.', { article: 'secret' });
  for (const query of ['', '?section=World']) expect(textsOf((await json('', query)).body)).toEqual([]);
  room.clock.tick(3_601);
  for (const query of ['', '?section=World']) expect(textsOf((await json('', query)).body)).toEqual(['Too early.']);
});

describe('where there is nothing', () => {
  test('a feed of an article without comments is empty and whole', async () => {
    const { atom, json } = await openFeeds();
    for (const of of ['', FERRY]) {
      expect((await json(of)).body.items).toEqual([]);
      expect((await atom(of)).body).toMatch(/<updated>[^<]+<\/updated>[\s\S]*<\/feed>\s*$/);
    }
  });

  test('an article or a site that is not there has none', async () => {
    const { room, atom, json } = await openFeeds();
    for (const read of [atom, json]) expect((await read('/articles/none')).body).toMatchObject({ status: 404 });
    for (const name of ['feed.atom', 'articles/ferry/feed.json']) {
      expect((await room.request('GET', `/v1/sites/nowhere-${room.site}/${name}`)).status).toBe(404);
    }
  });
});

test('a feed has one address in the caches, however it is asked for', () => {
  const addressOf = (path: string) => publicAddressOf(new Request(`${ORIGIN}/v1/sites/demo${path}`));
  expect(addressOf('/feed.atom?limit=20&section=%20World%20')).toBe(`${ORIGIN}/v1/sites/demo/feed.atom?section=World`);
  expect(addressOf('/articles/ferr%79/feed.json?limit=20')).toBe(`${ORIGIN}/v1/sites/demo/articles/ferry/feed.json`);
  expect(addressOf('/articles/ferry/feed.json?utm=1')).toBeNull();
});
