import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyText } from '../../../src/core/body/body-text.ts';
import { editComment } from '../../../src/core/comment/edit-comment.ts';
import { previewComment } from '../../../src/core/comment/preview-comment.ts';
import { decide } from '../../../src/core/moderation/decide.ts';
import { LIMITS, type Limit, limitFor } from '../../../src/core/rate-limit/limits.ts';
import { banReader } from '../../../src/core/reader/ban-reader.ts';
import { changeSettings } from '../../../src/core/site/change-settings.ts';
import type { SiteSettings } from '../../../src/core/site/site.ts';
import { anyMarkdown } from '../../support/any-markdown.ts';
import { done, type House, NEWS, openHouse, problemOf } from '../../support/memory/house.ts';

const reject = async (house: House, { id, articleKey }: { id: string; articleKey: string }) =>
  done(
    await decide(house.deps, house.moderator('Ada'), {
      ...{ decision: 'reject', reason: '' },
      comments: [{ id, articleKey, expectedStatus: 'published', revision: 1 }],
    }),
  );

const limited = ({ operation, count, windowSeconds }: Limit, retryAt: number) => ({
  ...{ reason: 'rate-limited', operation, limit: count, windowSeconds, retryAt },
});

describe('an article that nobody registered', () => {
  const page = { url: `${NEWS}/bridge`, origin: NEWS };

  test('is registered by a first comment from a page of the site, by its address alone', async () => {
    const house = await openHouse();
    await house.post('cleo', { articleKey: 'bridge', page });
    const { article } = await house.stores.articles.find(house.site, 'bridge');
    expect(article).toMatchObject({ url: page.url, headline: null, commenting: 'open', commentCount: 1 });
  });

  test.each([
    ['the page is not named', { page: null }],
    ['the browser names another origin than the page', { page: { ...page, origin: 'https://other.example' } }],
    ['the browser names none', { page, requestOrigin: null }],
  ])('stays unknown where %s', async (_, fields) => {
    const house = await openHouse();
    const result = await house.tryPost('cleo', { articleKey: 'bridge', ...fields });
    expect(problemOf(result)).toEqual({ reason: 'article-unknown', registrable: true });
    expect((await house.stores.articles.find(house.site, 'bridge')).article).toBeNull();
  });

  test('stays unknown where the page’s origin is not the site’s, although the browser vouches for it', async () => {
    const house = await openHouse();
    house.tables.sites[0]?.origins.splice(0);
    const result = await house.tryPost('cleo', { articleKey: 'bridge', page });
    expect(problemOf(result)).toEqual({ reason: 'article-unknown', registrable: true });
  });

  test('is refused, and said to be not for readers to register, where the site says so', async () => {
    const house = await openHouse({ unknownArticles: 'refuse' });
    const result = await house.tryPost('cleo', { articleKey: 'bridge', page });
    expect(problemOf(result)).toEqual({ reason: 'article-unknown', registrable: false });
  });
});

describe('a post', () => {
  test('at a site that is not there finds none', async () => {
    const house = await openHouse();
    const result = await house.tryPost({ ...house.reader('cleo'), site: 'nowhere' });
    expect(problemOf(result)).toEqual({ reason: 'not-found', what: 'site' });
  });

  test('of whatever is seen is taken as its preview shows it, or refused for a reason other than being empty', async () => {
    const house = await openHouse();
    let readers = 0;
    await fc.assert(
      fc.asyncProperty(anyMarkdown, async (body) => {
        fc.pre(/(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u.test(body));
        house.clock.tick(60);
        const who = `reader-${readers++}`;
        const result = await house.tryPost(who, { body });
        if (!result.ok) return expect(['comment-too-long', 'invalid-input']).toContain(result.problem.reason);
        expect(bodyText(result.value.comment.body).trim()).not.toBe('');
        const preview = done(await previewComment(house.deps, house.reader(who), { body }));
        expect(preview.body).toEqual(result.value.comment.body);
      }),
    );
  });

  test('needs a name, and counts for nothing without', async () => {
    const house = await openHouse();
    for (let i = 0; i <= LIMITS.commentByNetwork.count; i += 1) {
      expect(problemOf(await house.tryPost('cleo', { authorName: ' ' }))).toMatchObject({ reason: 'invalid-input' });
    }
    await house.post('cleo');
  });

  test('under an article that is closed is refused', async () => {
    const house = await openHouse();
    await house.putFerry({ commenting: 'closed' });
    expect(problemOf(await house.tryPost('cleo'))).toEqual({ reason: 'commenting-closed' });
  });

  test('under an article that is closed in between is refused by the store’s own word', async () => {
    const house = await openHouse();
    const { postings } = house.deps;
    house.deps.postings = { ...postings, insert: async () => ({ outcome: 'closed' }) };
    expect(problemOf(await house.tryPost('cleo'))).toEqual({ reason: 'commenting-closed' });
    house.deps.postings = { ...postings, insert: async () => ({ outcome: 'parent-gone' }) };
    expect(problemOf(await house.tryPost('cleo'))).toEqual({ reason: 'parent-gone' });
  });
});

describe('of two reasons to refuse a post the earlier is told', () => {
  interface Reason {
    reason: string;
    /** Makes it true, and says what has to be posted. */
    of(house: House, deepest: string): Promise<Parameters<House['tryPost']>[1]>;
  }
  const SAID = 'This was said an hour ago.';
  const REASONS: Reason[] = [
    { reason: 'article-unknown', of: async () => ({ articleKey: 'nowhere' }) },
    { reason: 'not-found', of: async () => ({ parentId: 'nobody' }) },
    {
      reason: 'banned',
      of: async ({ deps, moderator }) => {
        done(await banReader(deps, moderator('Ada'), { readerId: 'cleo', ban: 'ban', days: null }));
        return {};
      },
    },
    {
      reason: 'commenting-closed',
      of: async (house) => {
        await house.putFerry({ commenting: 'closed' });
        return {};
      },
    },
    {
      reason: 'parent-gone',
      of: async (house, deepest) => {
        await reject(house, { id: deepest, articleKey: 'ferry' });
        return { parentId: deepest };
      },
    },
    { reason: 'thread-too-deep', of: async (_, deepest) => ({ parentId: deepest }) },
    { reason: 'invalid-input', of: async () => ({ authorName: ' ' }) },
    {
      reason: 'comment-too-long',
      of: async ({ deps, operator }) => {
        done(await changeSettings(deps, operator(), { settings: { maxGraphemes: SAID.length - 1 } }));
        return { body: SAID };
      },
    },
    { reason: 'repeated-text', of: async () => ({ body: SAID }) },
  ];
  const EMPTY: Reason = { reason: 'comment-empty', of: async () => ({ body: ' ' }) };

  const told = async (...reasons: Reason[]) => {
    const house = await openHouse({ unknownArticles: 'refuse' });
    await house.post('cleo', { body: SAID });
    let deepest = '';
    for (let depth = 0; depth <= 31; depth += 1) {
      deepest = (await house.post(`reader-${depth}`, { parentId: deepest || null })).id;
    }
    const post = {};
    for (const each of reasons.toReversed()) Object.assign(post, await each.of(house, deepest));
    return problemOf(await house.tryPost('cleo', post))?.reason;
  };

  const pairs = REASONS.slice(1).map((second, at) => ({ first: REASONS[at] as Reason, second }));
  const emptyAndUnnamed = { first: REASONS[6] as Reason, second: EMPTY };
  test.each([...pairs, emptyAndUnnamed])('$first.reason before $second.reason', async ({ first, second }) => {
    expect(await told(second)).toBe(second.reason);
    expect(await told(first, second)).toBe(first.reason);
  });
});

describe('a reply', () => {
  test('stands one deeper, under the same root', async () => {
    const house = await openHouse();
    const root = await house.post('cleo');
    const reply = await house.post('dora', { parentId: root.id });
    const below = await house.post('emil', { parentId: reply.id });
    expect(reply).toMatchObject({ parentId: root.id, rootId: root.id, depth: 1 });
    expect(below).toMatchObject({ parentId: reply.id, rootId: root.id, depth: 2 });
  });

  test('answers a comment under its own article, that is there', async () => {
    const house = await openHouse();
    await house.putFerry({}, 'bridge');
    const elsewhere = await house.post('cleo', { articleKey: 'bridge' });
    for (const parentId of [elsewhere.id, 'nobody']) {
      expect(problemOf(await house.tryPost('dora', { parentId }))).toEqual({ reason: 'not-found', what: 'comment' });
    }
  });

  test('to what is gone is refused for that before anything it says, also to the author of what is gone', async () => {
    const house = await openHouse();
    const parent = await house.post('cleo');
    await reject(house, parent);
    for (const who of ['cleo', 'dora']) {
      for (const words of [{}, { body: '' }]) {
        const result = await house.tryPost(who, { parentId: parent.id, ...words });
        expect(problemOf(result)).toEqual({ reason: 'parent-gone' });
      }
    }
  });

  test('to the deepest comment there may be is refused', async () => {
    const house = await openHouse();
    let parentId: string | null = null;
    for (let depth = 0; depth <= 31; depth += 1) {
      parentId = (await house.post(`reader-${depth}`, { parentId })).id;
    }
    const result = await house.tryPost('cleo', { parentId });
    expect(problemOf(result)).toEqual({ reason: 'thread-too-deep', maxDepth: 31 });
  });

  test('to one’s own comment in the shadow is taken and stays there, and to all others the comment is gone', async () => {
    const house = await openHouse();
    await house.post('cleo');
    done(await banReader(house.deps, house.moderator('Ada'), { readerId: 'cleo', ban: 'shadow-ban', days: null }));
    const shadow = await house.post('cleo');
    done(await banReader(house.deps, house.moderator('Ada'), { readerId: 'cleo', ban: 'none', days: null }));
    expect(await house.post('cleo', { parentId: shadow.id })).toMatchObject({ status: 'rejected', shadowed: true });
    const answer = { parentId: shadow.id, body: '' };
    expect(problemOf(await house.tryPost('dora', answer))).toEqual({ reason: 'parent-gone' });
  });
});

describe('an idempotency key', () => {
  const idempotencyKey = 'key-1';
  const same = { idempotencyKey, body: 'The same words.' };

  test('sent again gives the same comment, also after it was edited', async () => {
    const house = await openHouse();
    const first = await house.post('cleo', same);
    expect((await house.post('cleo', same)).id).toBe(first.id);
    const edit = { articleKey: 'ferry', commentId: first.id, body: 'Other words.' };
    done(await editComment(house.deps, house.reader('cleo'), edit));
    expect((await house.post('cleo', same)).id).toBe(first.id);
    expect(house.tables.comments).toHaveLength(1);
  });

  const whole = {
    ...same,
    body: 'The same [words](https://a.example/).',
    authorEmail: 'cleo@mail.example',
    page: { url: 'https://news.example/ferry', origin: 'https://news.example' },
  };

  test.each([
    ['another text', { body: 'Other words.' }],
    ['another sign', { body: 'The same [words](https://a.example/)!' }],
    ['another case', { body: 'the same [words](https://a.example/).' }],
    ['an emoji', { body: 'The same [words](https://a.example/). 🙂' }],
    ['another address in a link', { body: 'The same [words](https://b.example/).' }],
    ['quotation', { body: '> The same [words](https://a.example/).' }],
    ['another name', { authorName: 'Kleo' }],
    ['another e-mail address', { authorEmail: 'kleo@mail.example' }],
    ['no e-mail address', { authorEmail: null }],
    ['another page', { page: { url: 'https://news.example/ferry?page=2', origin: 'https://news.example' } }],
  ])('with %s is refused, and told which comment it has made', async (_, fields) => {
    const house = await openHouse();
    const { id } = await house.post('cleo', whole);
    const result = await house.tryPost('cleo', { ...whole, ...fields });
    expect(problemOf(result)).toEqual({ reason: 'idempotency-key-reused', commentId: id });
    expect(house.tables.comments).toHaveLength(1);
  });

  test.each([
    ['another article', { articleKey: 'bridge' }],
    ['another parent', { parentId: 'nobody' }],
  ])('with %s is refused, and told of no comment that could be edited instead', async (_, fields) => {
    const house = await openHouse();
    await house.post('cleo', whole);
    const result = await house.tryPost('cleo', { ...whole, ...fields });
    expect(problemOf(result)).toEqual({ reason: 'idempotency-key-reused', commentId: null });
  });

  test.each([
    ['space around it', { body: '  The same [words](https://a.example/).\n', authorName: ' Cleo ' }],
    ['characters that draw nothing', { body: 'The same [words](https://a.example/).\u200B' }],
  ])('with %s is the same request', async (_, fields) => {
    const house = await openHouse();
    const first = await house.post('cleo', { ...whole, authorName: 'Cleo' });
    expect((await house.post('cleo', { ...whole, authorName: 'Cleo', ...fields })).id).toBe(first.id);
  });

  test('with another text is refused, too, when both attempts come at once or the comment was edited', async () => {
    const house = await openHouse();
    const attempts = await Promise.all([
      house.tryPost('cleo', same),
      house.tryPost('cleo', { ...same, body: 'The same words!' }),
    ]);
    const [first, second] = attempts;
    const comment = done(first).comment;
    expect(problemOf(second)).toEqual({ reason: 'idempotency-key-reused', commentId: comment.id });
    done(
      await editComment(house.deps, house.reader('cleo'), { articleKey: 'ferry', commentId: comment.id, body: 'New.' }),
    );
    const edited = await house.tryPost('cleo', { ...same, body: 'New.' });
    expect(problemOf(edited)).toEqual({ reason: 'idempotency-key-reused', commentId: comment.id });
  });

  test('names the same comment when both attempts come at once', async () => {
    const house = await openHouse();
    const [first, second] = await Promise.all([house.post('cleo', same), house.post('cleo', same)]);
    expect(second.id).toBe(first.id);
    expect(house.tables.comments).toHaveLength(1);
  });

  test('sent again and again is one attempt for the limit of the network', async () => {
    const house = await openHouse();
    for (let i = 0; i <= LIMITS.commentByNetwork.count; i += 1) await house.post('cleo', same);
  });
});

describe('the limit', () => {
  test('of a reader holds, and tells when the next may come', async () => {
    const house = await openHouse();
    const limit = LIMITS.commentByReader;
    const began = house.clock.now();
    for (let i = 0; i < limit.count; i += 1) await house.post(house.reader('cleo', `network-${i}`));
    const next = () => house.tryPost(house.reader('cleo', 'another network'));
    expect(problemOf(await next())).toEqual(limited(limit, began + limit.windowSeconds * 1_000));
    await house.post('dora');
    house.clock.tick(limit.windowSeconds);
    expect(problemOf(await next())).toBeNull();
  });

  test('of a network holds, whoever writes from it', async () => {
    const house = await openHouse();
    const limit = limitFor(LIMITS.commentByNetwork, true);
    const began = house.clock.now();
    for (let i = 0; i < limit.count; i += 1) await house.post(house.reader(`reader-${i}`, 'a school'));
    const next = (network: string) => house.tryPost(house.reader('cleo', network));
    expect(problemOf(await next('a school'))).toEqual(limited(limit, began + limit.windowSeconds * 1_000));
    expect(problemOf(await next('at home'))).toBeNull();
  });

  test.each([null, 'key-00000001'])(
    'of a network’s attempts counts those that were refused, with one and the same key (%s) or none',
    async (idempotencyKey) => {
      const house = await openHouse();
      const attempt = () => house.tryPost(house.reader('cleo', 'a school'), { parentId: 'nobody', idempotencyKey });
      for (let i = 0; i < LIMITS.attemptByNetwork.count; i += 1) {
        expect(problemOf(await attempt())).toEqual({ reason: 'not-found', what: 'comment' });
      }
      expect(problemOf(await attempt())).toMatchObject({ limit: LIMITS.attemptByNetwork.count });
      const other = house.reader('dora', 'a school');
      expect(problemOf(await house.tryPost(other))).toMatchObject({ reason: 'rate-limited' });
    },
  );

  test('that has been reached refuses no request that is sent again', async () => {
    const house = await openHouse();
    const school = (id: string) => house.reader(id, 'a school');
    const { id } = await house.post(school('cleo'), { body: 'Once.', idempotencyKey: 'key-00000001' });
    const strangers = limitFor(LIMITS.commentByNetwork, true);
    for (let i = 1; i < strangers.count; i += 1) await house.post(school(`reader-${i}`));
    const refusal = problemOf(await house.tryPost(school('dora')));
    expect(refusal).toMatchObject({ reason: 'rate-limited' });
    const known = { limit: LIMITS.commentByNetwork, count: 20, windowSeconds: 60, retryAt: house.clock.now() + 60_000 };
    house.deps.coolDowns = { find: async () => known, start: async () => {} };
    expect((await house.post(school('cleo'), { body: 'Once.', idempotencyKey: 'key-00000001' })).id).toBe(id);
    const another = { body: 'Another.', idempotencyKey: 'key-00000002' };
    expect(problemOf(await house.tryPost(school('dora'), another))).toEqual({
      ...limited(LIMITS.commentByNetwork, known.retryAt),
    });
    expect(house.tables.comments).toHaveLength(strangers.count);
  });

  test('of an article is told with the minute in which it is over; strangers reach it before those who are known', async () => {
    const house = await openHouse();
    const { id, articleKey } = await house.post('cleo');
    const comments = [{ id, articleKey, expectedStatus: 'published' as const, revision: 1 }];
    done(await decide(house.deps, house.moderator('Ada'), { decision: 'approve', reason: '', comments }));
    const limit = limitFor(LIMITS.commentByArticle, true);
    for (let i = 1; i < limit.count; i += 1) await house.post(`reader-${i}`);
    const nextMinute = (Math.floor(house.clock.now() / 60_000) + 1) * 60_000;
    expect(problemOf(await house.tryPost('dora'))).toEqual(limited(limit, nextMinute));
    expect(problemOf(await house.tryPost('cleo'))).toBeNull();
  });

  test('of a day holds for a reader, and ends a day after the first of them', async () => {
    const house = await openHouse();
    const { aDay } = LIMITS.commentByReader;
    const began = house.clock.now();
    for (let i = 0; i < aDay; i += 1) {
      await house.post('cleo');
      house.clock.tick(20);
    }
    const retryAt = began + 86_400_000;
    const refused = { reason: 'rate-limited', operation: 'comment', limit: aDay, windowSeconds: 86_400, retryAt };
    expect(problemOf(await house.tryPost('cleo'))).toEqual(refused);
    house.clock.tick((retryAt - house.clock.now()) / 1_000);
    await house.post('cleo');
    expect(problemOf(await house.tryPost('cleo'))).toMatchObject({ retryAt: retryAt + 20_000 });
  });
});

describe('the word of screening', () => {
  test.each<[string, Partial<SiteSettings>, string, string[]]>([
    ['published', {}, 'Quite a fine sentence.', []],
    ['pending', { moderation: 'pre' }, 'Quite a fine sentence.', ['pre-moderation']],
    ['pending', { moderation: 'first-comment' }, 'Quite a fine sentence.', ['first-comment']],
    ['pending', { suspectWords: ['ferret'] }, 'A ferret, of all things.', ['suspect-words']],
    ['rejected', { bannedWords: ['ferret'] }, 'A ferret, of all things.', ['banned-words']],
  ])('makes a comment %s', async (status, settings, body, phases) => {
    const house = await openHouse(settings);
    const { id } = await house.post('cleo', { body });
    const stored = house.tables.comments.find((comment) => comment.id === id);
    expect(stored).toMatchObject({ status, shadowed: false });
    expect(stored?.signals.map(({ phase }) => phase)).toEqual(phases);
  });

  test('refuses the same words by the same reader under the same article for a day', async () => {
    const house = await openHouse();
    const body = 'The same sentence once more.';
    await house.post('cleo', { body });
    expect(problemOf(await house.tryPost('cleo', { body: 'the SAME sentence, once more' }))).toEqual({
      reason: 'repeated-text',
    });
    house.clock.tick(86_401);
    await house.post('cleo', { body });
  });

  test('holds what others have written before, from the third on', async () => {
    const house = await openHouse();
    const body = 'Everybody is to write this sentence.';
    const statuses = [];
    for (const who of ['cleo', 'dora', 'emil']) statuses.push((await house.post(who, { body })).status);
    expect(statuses).toEqual(['published', 'published', 'pending']);
  });

  test('of a banned reader is told with the time it ends, and a shadow-banned one reads their comment as their own', async () => {
    const house = await openHouse();
    await house.post('cleo');
    const ban = (kind: 'ban' | 'shadow-ban', days: number | null) =>
      banReader(house.deps, house.moderator('Ada'), { readerId: 'cleo', ban: kind, days });
    done(await ban('ban', 1));
    const until = house.clock.now() + 86_400_000;
    expect(problemOf(await house.tryPost('cleo'))).toEqual({ reason: 'banned', until });
    house.clock.tick(86_400);
    await house.post('cleo');
    done(await ban('shadow-ban', null));
    expect(await house.post('cleo')).toMatchObject({ status: 'rejected', shadowed: true });
  });
});
