import { expect, test } from 'vitest';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import { type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

const openThread = async (settings: Record<string, unknown> = {}) => {
  const room = await openNewsroom({ moderation: 'post', ...settings });
  await room.publisher.putArticle('ferry', { headline: 'The ferry sails', url: 'https://news.example/ferry#top' });
  return room;
};

/** The findings of an HTML parser that is not ours: elements by a selector, with their attributes and their whole text. */
const find = async (html: string, selector: string) => {
  const found: { attributes: Record<string, string>; text: string }[] = [];
  const decode = (text: string) =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name as 'amp'],
    );
  await new HTMLRewriter()
    .on(selector, {
      element: (element) => {
        found.push({
          attributes: Object.fromEntries(
            [...(element.attributes as unknown as Iterable<[string, string]>)].map(([n, v]) => [n, decode(v)]),
          ),
          text: '',
        });
      },
      text: ({ text }) => {
        const last = found.at(-1);
        if (last) last.text += text;
      },
    })
    .transform(new Response(html))
    .text();
  return found.map(({ attributes, text }) => ({ attributes, text: decode(text) }));
};

const hrefsIn = async (html: string) => (await find(html, 'a')).map(({ attributes }) => attributes.href ?? '');

interface Discussion {
  commentCount: number;
  headline: string;
  comment: { '@type': string; text: string; url: string; upvoteCount: number; comment?: { text: string }[] }[];
}

const dataIn = async (html: string): Promise<Discussion> =>
  JSON.parse((await find(html, 'script[type="application/ld+json"]'))[0]?.text ?? '');

/** Follows the link with these words on a page of ours. */
const follow = async (room: Newsroom, html: string, words: string) => {
  const link = (await find(html, 'a')).find(({ text }) => text === words);
  const { pathname, search } = new URL(link?.attributes.href ?? '');
  return room.request<string>('GET', pathname + search);
};

test('the thread as HTML has every comment in its place, with an address of its own at the publisher’s', async () => {
  const room = await openThread();
  const top = await room.reader().say('**Late** again.');
  const reply = await room.reader().say('By an hour.', { parentId: top.id });
  await room.reader().vote(top.id, 1);
  const { status, headers, body } = await room.public.threadHtml();
  expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/);
  expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
  const [section] = await find(body, 'section.belowline-thread');
  expect(section?.attributes).toEqual({
    class: 'belowline-thread',
    'data-version': headers.get('ETag'),
    'data-sort': 'newest',
  });
  expect((await find(body, 'article')).map(({ attributes }) => attributes.id)).toEqual([
    `comment-${top.id}`,
    `comment-${reply.id}`,
  ]);
  expect(await find(body, 'article article')).toHaveLength(1);
  expect((await find(body, 'article strong')).map(({ text }) => text)).toEqual(['Late']);
  expect(await hrefsIn(body)).toContain(`https://news.example/ferry#comment-${reply.id}`);
  expect((await find(body, 'time')).map(({ attributes }) => attributes.datetime)).toContain(top.createdAt);
  const data = await dataIn(body);
  expect(data).toMatchObject({
    '@type': 'DiscussionForumPosting',
    headline: 'The ferry sails',
    commentCount: 2,
    comment: [{ '@type': 'Comment', text: 'Late again.', upvoteCount: 1, comment: [{ text: 'By an hour.' }] }],
  });
});

test('what is not shown is nowhere in the HTML, and what answers it stays', async () => {
  const room = await openThread();
  const top = await room.reader().say('A secret text.', { name: 'Secret Sue' });
  await room.reader().say('An answer to it.', { parentId: top.id });
  await room.desk().decide(top.id, 'reject', 'published');
  const { body } = await room.public.threadHtml();
  expect(body).not.toMatch(/secret/i);
  expect(body).toContain('Removed by a moderator');
  expect((await dataIn(body)).comment.map(({ text }) => text)).toEqual(['An answer to it.']);
});

test('a text that is cut leads to the whole, and many comments and replies to the next of them', async () => {
  const room = await openThread();
  const long = `${'A long story. '.repeat(200)}The end.`;
  const top = await room.reader().say(long);
  for (let n = 1; n <= 57; n += 1) await room.reader().say(`Answer ${n}.`, { parentId: top.id });
  await room.reader().say('The newest.');
  const first = (await room.public.commentsPage('limit=1')).body;
  expect(first).toContain('The newest.');
  const second = await follow(room, first, 'More comments');
  expect([second.status, /The end\./.test(second.body)]).toEqual([200, false]);
  expect((await follow(room, second.body, 'Read more')).body).toContain('The end.');
  let { body } = second;
  const seen = [body];
  while (/>More replies</.test(body)) {
    ({ body } = await follow(room, body, 'More replies'));
    seen.push(body);
  }
  expect(seen).toHaveLength(3);
  for (let n = 1; n <= 57; n += 1) expect(seen.filter((page) => page.includes(`Answer ${n}.`))).toHaveLength(1);
});

test('a page says that the article’s own is the one to be found, in each order', async () => {
  const room = await openThread();
  await room.reader().say();
  const { body, headers } = await room.public.commentsPage('sort=top');
  expect((await find(body, 'link[rel=canonical]')).map(({ attributes }) => attributes.href)).toEqual([
    'https://news.example/ferry#top',
  ]);
  expect((await find(body, 'a[aria-current]')).map(({ text }) => text)).toEqual(['Most agreed']);
  expect(headers.get('Content-Security-Policy')).toContain('style-src');
  for (const words of ['Newest', 'Oldest', 'Most agreed']) expect((await follow(room, body, words)).status).toBe(200);
});

test('an article that moved, is unknown, or has no comment', async () => {
  const room = await openThread({ unknownArticles: 'refuse' });
  expect((await room.public.threadHtml()).body).toContain('No comments yet');
  await room.publisher.rekeyArticle('ferry', 'second');
  for (const end of ['thread.html', 'comments.html']) {
    const moved = await room.request('GET', `${room.at.article('ferry')}/${end}?sort=top`);
    expect([moved.status, moved.headers.get('Location')]).toEqual([
      308,
      `${room.at.article('second')}/${end}?sort=top`,
    ]);
  }
  const unknown = await room.public.commentsPage('', 'none');
  expect([unknown.status, unknown.body.reason, unknown.headers.get('Content-Type')]).toEqual([
    404,
    'article-unknown',
    'text/html; charset=utf-8',
  ]);
  const part = await room.public.threadHtml('', 'none');
  expect(part.headers.get('Content-Type')).toBe('application/problem+json');
});

test('HTML is kept, sent as gzip, revalidated and purged as the thread is', async () => {
  const room = await openThread();
  const top = await room.reader().say('The first text.');
  const fromCache = createPublicCache(room.dependencies, async (request) => room.app.fetch(request, room.dependencies));
  const background: Promise<unknown>[] = [];
  const get = async (headers: Record<string, string> = {}) => {
    const request = new Request(`${ORIGIN}${room.at.commentsPage()}`, { headers });
    return fromCache(request, publicAddressOf(request) ?? '', (work) => background.push(work));
  };
  const first = await get();
  expect(await first.text()).toContain('The first text.');
  room.meter.take();
  await get();
  await Promise.all(background);
  const zipped = await get({ 'Accept-Encoding': 'gzip' });
  expect([zipped.headers.get('Content-Encoding'), zipped.headers.get('Content-Type')]).toEqual([
    'gzip',
    'text/html; charset=utf-8',
  ]);
  const unchanged = await get({ 'If-None-Match': first.headers.get('ETag') ?? '' });
  expect([unchanged.status, unchanged.headers.get('Content-Security-Policy')]).toEqual([
    304,
    first.headers.get('Content-Security-Policy'),
  ]);
  expect(room.meter.take().roundTrips).toBe(0);
  expect(first.headers.get('Cache-Tag')).toBe((await room.public.thread()).headers.get('Cache-Tag'));
  await room.desk().decide(top.id, 'reject', 'published');
  expect(await (await get()).text()).not.toContain('The first text.');
});
