import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { ArticleListView } from '../../src/contract/article.ts';
import { addressesOf, NEWS, type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

const WHOLE = {
  url: 'https://news.example/strait',
  headline: 'Talks about the strait',
  section: 'World',
  topics: ['Ferries', 'Trade'],
  authors: ['Ada Lovelace'],
  keyPoints: ['One', 'Two', 'Three'],
  image: 'https://news.example/strait.jpg',
  publishedAt: '2026-11-01T10:00:00Z',
  commenting: 'closed',
  moderation: 'pre',
};

const put = (room: Newsroom, fields: Record<string, unknown>, key = 'strait') => room.publisher.putArticle(key, fields);

const keysOf = (answer: { body: ArticleListView }) => answer.body.articles.map(({ key }) => key);

describe('putting an article', () => {
  test('creates it with 201 and replaces it with 200; anyone reads it', async () => {
    const room = await openNewsroom();
    const shown = { key: 'strait', publishedAt: '2026-11-01T10:00:00.000Z', moderationInForce: 'pre', commentCount: 0 };
    const view = { ...WHOLE, ...shown };
    const created = await put(room, WHOLE);
    expect([created.status, created.body]).toEqual([201, view]);
    expect((await room.public.article('strait')).body).toEqual(view);
    const replaced = await put(room, { ...WHOLE, headline: 'Talks have ended' });
    expect([replaced.status, replaced.body]).toEqual([200, { ...view, headline: 'Talks have ended' }]);
    expect((await room.public.article('strait')).body.headline).toBe('Talks have ended');
  });

  test('with the least there is takes the defaults, also where there was more before', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const { url, headline, publishedAt } = WHOLE;
    const least = { section: null, topics: [], authors: [], keyPoints: [], image: null };
    const asSite = { commenting: 'open', moderation: null, moderationInForce: 'post' };
    expect((await put(room, { url, headline, publishedAt })).body).toMatchObject({ ...least, ...asSite });
    await put(room, WHOLE);
    expect((await put(room, { url, headline, publishedAt })).body).toMatchObject(least);
  });

  test('keeps commenting and mode where they are left out, and leaves no event about them', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const { commenting: _, moderation: __, ...described } = WHOLE;
    await put(room, described);
    for (const set of [
      { commenting: 'closed', moderation: 'pre' },
      { commenting: 'open', moderation: null },
      { commenting: 'closed', moderation: null },
      { commenting: 'open', moderation: 'pre' },
    ]) {
      await room.publisher.patchArticle('strait', set);
      const before = (await room.operator.wholeLog()).length;
      expect((await put(room, { ...described, headline: 'Saved again' })).body).toMatchObject(set);
      expect(await room.operator.wholeLog()).toHaveLength(before);
    }
  });

  test.each([WHOLE, { ...WHOLE, moderation: null }, { ...WHOLE, commenting: 'open', section: null, image: null }])(
    'as it was read changes nothing (%#)',
    async (fields) => {
      const room = await openNewsroom({ moderation: 'pre' });
      await put(room, fields);
      const read = (await room.public.article('strait')).body;
      const log = await room.operator.wholeLog();
      const again = await room.publisher.putArticle('strait', { ...read });
      expect([again.status, again.body]).toEqual([200, read]);
      await room.operator.changeSettings({ moderation: 'post' });
      const { body } = await room.public.article('strait');
      expect(body).toEqual({ ...read, moderationInForce: fields.moderation ?? 'post' });
      expect((await room.operator.wholeLog()).filter(({ verb }) => verb.startsWith('article.'))).toEqual(
        log.filter(({ verb }) => verb.startsWith('article.')),
      );
    },
  );

  test('changes what is named and leaves the rest, when it is patched', async () => {
    const room = await openNewsroom();
    await put(room, WHOLE);
    const before = (await room.public.article('strait')).body;
    const patched = await room.publisher.patchArticle('strait', {
      headline: 'New words',
      section: null,
      moderation: null,
    });
    expect(patched.status).toBe(200);
    const changed = { headline: 'New words', section: null, moderation: null, moderationInForce: 'first-comment' };
    expect(before).toMatchObject({ moderation: 'pre', moderationInForce: 'pre' });
    expect(patched.body).toEqual({ ...before, ...changed });
    expect((await room.publisher.patchArticle('strait', {})).status).toBe(400);
    expect((await room.publisher.patchArticle('nowhere', { headline: 'x' })).status).toBe(404);
  });

  test.each([
    ['title', { ...WHOLE, title: 'x' }],
    ['url', { ...WHOLE, url: 'javascript:alert(1)' }],
    ['url', { ...WHOLE, url: '/strait' }],
    ['url', { ...WHOLE, url: undefined }],
    ['image', { ...WHOLE, image: 'data:image/png;base64,AAAA' }],
    ['headline', { ...WHOLE, headline: '  ' }],
    ['headline', { ...WHOLE, headline: 'x'.repeat(301) }],
    ['topics', { ...WHOLE, topics: Array.from({ length: 51 }, (_, i) => `t${i}`) }],
    ['topics.1', { ...WHOLE, topics: ['a', 7] }],
    ['authors', { ...WHOLE, authors: Array.from({ length: 21 }, (_, i) => `a${i}`) }],
    ['keyPoints', { ...WHOLE, keyPoints: Array.from({ length: 11 }, (_, i) => `k${i}`) }],
    ['publishedAt', { ...WHOLE, publishedAt: '1 November' }],
    ['commenting', { ...WHOLE, commenting: 'maybe' }],
    ['moderation', { ...WHOLE, moderation: 'none' }],
  ])('with a wrong %s says so by its name', async (field, body) => {
    const room = await openNewsroom();
    const refused = await put(room, body);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toHaveLength(1);
    const error = refused.body.errors?.[0];
    expect(`${error?.field} ${error?.message}`).toContain(field);
    expect(error?.message).toMatch(/^[A-Z].*\.$/);
    expect((await room.public.article('strait')).status).toBe(404);
  });

  test('names every wrong field at once', async () => {
    const room = await openNewsroom();
    const refused = await put(room, { url: 'x', headline: 7, publishedAt: 'x' });
    expect(refused.body.errors?.map(({ field }) => field)).toEqual(['url', 'headline', 'publishedAt']);
  });

  test('takes fifty topics, three hundred characters and ten key points', async () => {
    const room = await openNewsroom();
    const topics = Array.from({ length: 50 }, (_, i) => `Topic ${i}`);
    const keyPoints = Array.from({ length: 10 }, (_, i) => `Point ${i}`);
    const answer = await put(room, { ...WHOLE, topics, keyPoints, headline: 'x'.repeat(300) });
    expect([answer.status, answer.body.topics.length]).toEqual([201, 50]);
    expect(keysOf(await room.public.articles('topic=Topic 49'))).toEqual(['strait']);
  });

  test('keeps a text as one clean line: no controls, nothing that turns the direction, each topic once', async () => {
    const room = await openNewsroom();
    const { body } = await put(room, {
      ...WHOLE,
      headline: ' Talks\u0000 about\n the \u202Estrait\u202C ',
      section: 'Wor\u200Bld',
      topics: ['Trade', ' Trade ', 'Tra\u2066de\u2069'],
      authors: ['Ada\u0007 Lovelace'],
      keyPoints: ['One\u0085Two'],
    });
    expect(body).toMatchObject({
      headline: 'Talks about the strait',
      section: 'World',
      topics: ['Trade'],
      authors: ['Ada Lovelace'],
      keyPoints: ['One Two'],
    });
    expect(keysOf(await room.public.articles('section=World'))).toEqual(['strait']);
  });

  test.each([
    ['x'.repeat(200), 201],
    ['x'.repeat(201), 400],
    ['a%20b', 400],
    ['a%00b', 400],
    ['world%2Fstrait', 201],
    ['%E6%B5%B7%E5%B3%A1', 201],
  ])('takes the publisher’s own key, up to 200 characters, without spaces and controls: %s', async (key, status) => {
    const room = await openNewsroom();
    expect((await put(room, WHOLE, key)).status).toBe(status);
    if (status === 201) expect((await room.public.article(key)).body.key).toBe(decodeURIComponent(key));
  });
});

describe('who may put an article', () => {
  test('is the site’s own API key and the operator, and nobody else', async () => {
    const room = await openNewsroom();
    const other = await openNewsroom();
    const moderator = await room.desk().headers();
    const asked: [Record<string, string>, number][] = [
      [room.asPublisher, 201],
      [room.asOperator, 200],
      [other.asPublisher, 401],
      [{ Authorization: `${room.asPublisher.Authorization}x` }, 401],
      [room.reader().headers, 401],
      [{}, 401],
      [moderator, 403],
      [{ ...room.asPublisher, ...moderator }, 401],
      [{ ...room.asOperator, ...moderator }, 401],
    ];
    for (const [headers, status] of asked)
      expect((await room.as(headers).putArticle('strait', WHOLE)).status).toBe(status);
  });

  test('does not moderate: an API key opens no queue, no settings and no team', async () => {
    const room = await openNewsroom();
    const { queue, settings, team, me } = room.publisher;
    for (const read of [queue, settings, team, me]) expect((await read()).status).toBe(403);
  });

  test('has a key that is shown once and kept as a hash alone', async () => {
    const room = await openNewsroom();
    const { body } = await room.operator.createKey('cms');
    expect(body.key).toMatch(new RegExp(`^bl_${room.site}_[A-Za-z0-9_-]{43}$`));
    expect((await room.as({ Authorization: `Bearer ${body.key}` }).putArticle('strait', WHOLE)).status).toBe(201);
  });
});

describe('lists', () => {
  const fill = async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const articles: [string, string, string, string[], string[]][] = [
      ['a', '2026-11-01T10:00:00Z', 'World', ['Ferries', 'Trade'], ['Ada']],
      ['b', '2026-11-03T10:00:00Z', 'World', ['Trade'], ['Ben', 'Ada']],
      ['c', '2026-11-02T10:00:00Z', 'City', ['Ferries'], ['Ben']],
      ['d', '2026-11-02T10:00:00Z', 'City', [], []],
    ];
    for (const [key, publishedAt, section, topics, authors] of articles) {
      await put(room, { ...WHOLE, publishedAt, section, topics, authors, commenting: 'open', moderation: null }, key);
    }
    return room;
  };

  const comment = async (room: Newsroom, article: string, count: number) => {
    for (let i = 0; i < count; i += 1) {
      room.clock.tick(5);
      const { status } = await room.reader().post(`Number ${i} about ${article}.`, { article });
      expect(status).toBe(201);
    }
  };

  test.each([
    ['', ['b', 'd', 'c', 'a']],
    ['section=World', ['b', 'a']],
    ['section=City', ['d', 'c']],
    ['topic=Ferries', ['c', 'a']],
    ['topic=Trade', ['b', 'a']],
    ['author=Ada', ['b', 'a']],
    ['author=Ben', ['b', 'c']],
    ['author=Nobody', []],
    ['section=Ferries', []],
  ])('by the newest: %s', async (query, keys) => {
    const room = await fill();
    expect(keysOf(await room.public.articles(query))).toEqual(keys);
    for (const limit of [1, 2]) {
      const read: string[] = [];
      let next: string | null = null;
      do {
        const page: Awaited<ReturnType<Newsroom['public']['articles']>> = await room.public.articles(
          `${query}&limit=${limit}${next === null ? '' : `&cursor=${next}`}`,
        );
        read.push(...keysOf(page));
        next = page.body.next;
      } while (next !== null);
      expect(read).toEqual(keys);
    }
  });

  test('by the most commented, as of the last minute’s run', async () => {
    const room = await fill();
    await comment(room, 'c', 3);
    await comment(room, 'a', 2);
    await comment(room, 'b', 1);
    await room.runJobs();
    expect(keysOf(await room.public.articles('sort=most-commented'))).toEqual(['c', 'a', 'b', 'd']);
    expect(keysOf(await room.public.articles('sort=most-commented&topic=Trade'))).toEqual(['a', 'b']);
    expect(keysOf(await room.public.articles('sort=most-commented&author=Ben'))).toEqual(['c', 'b']);
    const first = await room.public.articles('sort=most-commented&limit=2');
    expect(keysOf(await room.public.articles(`sort=most-commented&limit=2&cursor=${first.body.next}`))).toEqual([
      'b',
      'd',
    ]);
    expect(first.body.articles.map(({ commentCount }) => commentCount)).toEqual([3, 2]);

    await comment(room, 'd', 4);
    expect(keysOf(await room.public.articles('sort=most-commented'))).toEqual(['c', 'a', 'b', 'd']);
    await room.runJobs();
    expect(keysOf(await room.public.articles('sort=most-commented'))).toEqual(['d', 'c', 'a', 'b']);
  });

  test('by the most commented are brought up to date in one run, however many articles are behind', async () => {
    const room = await openNewsroom();
    const count = 450;
    const hour = Math.floor(room.clock.now / 3_600_000);
    const series = `WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${count})`;
    await env.DB.batch(
      [
        `INSERT INTO articles (site_id, key, url, published_at, comment_count, created_at, updated_at)
          SELECT ?, 'article-' || n, 'https://news.example/', 0, n, 0, 0 FROM series`,
        `INSERT INTO article_lists (site_id, kind, label, article_key, published_at)
          SELECT ?, 'site', '', 'article-' || n, 0 FROM series`,
        `INSERT INTO article_hours (site_id, hour, article_key, comment_count)
          SELECT ?, ${hour}, 'article-' || n, n FROM series`,
      ].map((insert) => env.DB.prepare(`${series} ${insert}`).bind(room.site)),
    );
    await room.runJobs();
    const { results } = await env.DB.prepare(
      "SELECT count(*) AS done FROM article_lists WHERE site_id = ? AND article_key = 'article-' || comment_count",
    )
      .bind(room.site)
      .all();
    expect(results).toEqual([{ done: count }]);
  });

  test('follow an article when its section, topics or time change', async () => {
    const room = await fill();
    await room.publisher.patchArticle('a', { section: 'City', topics: ['Trade'], publishedAt: '2026-11-05T10:00:00Z' });
    expect(keysOf(await room.public.articles('section=World'))).toEqual(['b']);
    expect(keysOf(await room.public.articles('section=City'))).toEqual(['a', 'd', 'c']);
    expect(keysOf(await room.public.articles('topic=Ferries'))).toEqual(['c']);
    await room.publisher.patchArticle('a', { headline: 'Only the headline' });
    expect(keysOf(await room.public.articles(''))).toEqual(['a', 'b', 'd', 'c']);
  });

  test('hold nothing of another site', async () => {
    await fill();
    expect(keysOf(await (await openNewsroom()).public.articles(''))).toEqual([]);
  });

  test('are of one section, one topic or one author, by 1 to 100 a page', async () => {
    const room = await fill();
    for (const query of ['section=World&topic=Trade', 'limit=0', 'limit=101', 'sort=oldest']) {
      expect((await room.public.articles(query)).status, query).toBe(400);
    }
    expect((await room.public.articles('limit=100')).status).toBe(200);
  });

  test('of a site that is not there are an error, whatever they list', async () => {
    const room = await openNewsroom();
    const { articles, mostCommented, newestComments } = addressesOf('nosite');
    for (const list of [articles, mostCommented, newestComments]) {
      const { status, body } = await room.request('GET', list);
      expect([status, body.reason], list).toEqual([404, 'not-found']);
    }
  });
});

describe('counts', () => {
  test('are of one to a hundred articles in a call, 0 for a key that nobody registered, and 101 are refused', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await put(room, { ...WHOLE, commenting: 'open', moderation: null });
    await room.reader().post('Counted.', { article: 'strait' });
    expect((await room.public.counts(['strait'])).body).toEqual({ counts: { strait: 1 } });
    const many = Array.from({ length: 99 }, (_, i) => `unknown-${i}`);
    const hundred = await room.public.counts([...many, 'strait']);
    expect(hundred.status).toBe(200);
    expect(Object.keys(hundred.body.counts)).toHaveLength(100);
    expect(hundred.body.counts).toMatchObject({ strait: 1, 'unknown-0': 0, 'unknown-98': 0 });
    for (const keys of [[...many, 'strait', 'one-more'], [], ['with space']]) {
      expect((await room.public.counts(keys)).status).toBe(400);
    }
  });

  test('name a key once however often it is asked for, and keys that mean something to JavaScript as any other', async () => {
    const room = await openNewsroom();
    const address = `${ORIGIN}${room.at.counts}?key=a&key=a&key=__proto__&key=constructor`;
    const text = await (await room.app.fetch(new Request(address), room.dependencies)).text();
    expect(text).toBe('{"counts":{"a":0,"__proto__":0,"constructor":0}}');
  });

  test('of a site that is not there are not 0 but an error', async () => {
    const room = await openNewsroom();
    const { status, body } = await room.request('GET', `${addressesOf('nosite').counts}?key=strait`);
    expect([status, body.reason]).toEqual([404, 'not-found']);
  });

  test('are of visible comments alone', async () => {
    const room = await openNewsroom({ moderation: 'post', bannedWords: ['grackle'], suspectWords: ['hogwash'] });
    await room.publisher.putArticle();
    for (const body of ['Seen.', 'You grackle.', 'It is hogwash.']) await room.reader().post(body);
    expect((await room.public.counts(['ferry'])).body).toEqual({ counts: { ferry: 1 } });
    expect((await room.public.thread()).body.article.commentCount).toBe(1);
  });
});

describe('an article that a comment registers', () => {
  const LOGIN = `${NEWS}/login?next=anywhere`;
  const LISTS = ['', 'sort=most-commented'];
  const register = (room: Newsroom, body: string, article = 'bridge') =>
    room.reader().with({ Origin: NEWS }).post(body, { article, pageUrl: LOGIN });
  const listedIn = async (room: Newsroom) => {
    await room.runJobs();
    const lists = await Promise.all(LISTS.map((query) => room.public.articles(query)));
    const ranked = await room.public.mostCommented('hours=1');
    const newest = await room.public.newestComments('');
    return {
      lists: [...lists, ranked].map((answer) => keysOf(answer as { body: ArticleListView })),
      newest: newest.body.comments.map(({ article }) => article.key),
    };
  };
  const NOWHERE = { lists: [[], [], []], newest: [] };
  const EVERYWHERE = { lists: [['bridge'], ['bridge'], ['bridge']], newest: ['bridge'] };

  test.each([
    ['waits', 'pre', 'Not seen.'],
    ['is rejected', 'post', 'You grackle.'],
  ])('is in no list while its comment %s', async (_, moderation, body) => {
    const room = await openNewsroom({ moderation, bannedWords: ['grackle'] });
    expect((await register(room, body)).status).toBe(202);
    expect(await listedIn(room)).toEqual(NOWHERE);
    await room.publisher.patchArticle('bridge', { commenting: 'closed', section: 'City', topics: ['Bridges'] });
    expect(await listedIn(room)).toEqual(NOWHERE);
    expect(keysOf(await room.public.articles('section=City'))).toEqual([]);
    expect((await room.public.counts(['bridge'])).body).toEqual({ counts: { bridge: 0 } });
  });

  test.each(['reject', 'spam'] as const)(
    'is listed with its first visible comment, and no more after "%s"',
    async (out) => {
      const room = await openNewsroom({ moderation: 'pre' });
      const { body: comment } = await register(room, 'A visitor.');
      const named = { id: comment.id, article: 'bridge' };
      await room.desk().decide(named, 'approve');
      expect(await listedIn(room)).toEqual(EVERYWHERE);
      await room.desk().decide(named, out, 'approved');
      expect(keysOf(await room.public.articles(''))).toEqual([]);
      expect(keysOf(await room.public.mostCommented('hours=1'))).toEqual([]);
      expect(await listedIn(room)).toEqual(NOWHERE);
      const { results } = await env.DB.prepare('SELECT * FROM article_lists WHERE site_id = ?').bind(room.site).all();
      expect(results).toEqual([]);
      await room.desk().decide(named, 'restore', out === 'spam' ? 'spam' : 'rejected');
      await room.desk().decide(named, 'approve', 'pending');
      expect(await listedIn(room)).toEqual(EVERYWHERE);
    },
  );

  test('is in its section and under its topics as well, where the publisher has said no more than those', async () => {
    const room = await openNewsroom({ moderation: 'pre' });
    const { body: comment } = await register(room, 'A visitor.');
    await room.publisher.patchArticle('bridge', { section: 'City', topics: ['Bridges'] });
    await room.desk().decide({ id: comment.id, article: 'bridge' }, 'approve');
    await room.runJobs();
    expect(keysOf(await room.public.articles('section=City'))).toEqual(['bridge']);
    expect(keysOf(await room.public.articles('topic=Bridges'))).toEqual(['bridge']);
  });

  test('is listed at once when the publisher puts it, without a comment to be seen', async () => {
    const room = await openNewsroom({ moderation: 'pre' });
    await register(room, 'A visitor.');
    await put(room, WHOLE, 'bridge');
    expect(keysOf(await room.public.articles(''))).toEqual(['bridge']);
    expect(keysOf(await room.public.articles('section=World'))).toEqual(['bridge']);
  });
});

test('a revoked API key opens nothing from the next request on, and the others go on', async () => {
  const room = await openNewsroom();
  room.clock.tick(1);
  const { body: leaked } = await room.operator.createKey('leaked');
  const thief = room.as({ Authorization: `Bearer ${leaked.key}` });
  expect((await thief.putArticle()).status).toBe(201);

  const listed = await room.operator.keys();
  expect(listed.body.keys.map((key) => key.name)).toEqual(['cms', 'leaked']);
  expect(JSON.stringify(listed.body)).not.toContain(leaked.key);
  const id = listed.body.keys[1]?.id ?? '';
  expect((await thief.revokeKey(id)).status).toBe(403);
  expect((await room.operator.revokeKey(id)).status).toBe(204);
  expect((await room.operator.revokeKey(id)).status).toBe(404);
  expect((await thief.putArticle()).status).toBe(401);
  expect((await room.publisher.putArticle()).status).toBe(200);
});
