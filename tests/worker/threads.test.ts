import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommentView, RepliesView, ThreadView } from '../../src/contract/thread.ts';
import { writeCursor } from '../../src/http/gate/cursors.ts';
import { addressesOf, type Newsroom, openNewsroom, type Reader } from '../support/newsroom.ts';

const openWith = async (settings: Record<string, unknown> = { moderation: 'post', editWindowMinutes: 1_440 }) => {
  const room = await openNewsroom(settings);
  await room.publisher.putArticle();
  return room;
};

/** Posts as somebody new each time. */
const say = async (room: Newsroom, parentId?: string, reader = room.reader()): Promise<string> =>
  (await reader.say(undefined, parentId === undefined ? {} : { parentId })).id;

/** Votes of readers at as many places. */
const vote = async (room: Newsroom, id: string, up: number, down: number) => {
  for (let i = 0; i < up + down; i += 1) {
    await room
      .reader()
      .at(`198.51.${i}.7`)
      .vote(id, i < up ? 1 : -1);
  }
};

const idsOf = (comments: { id: string }[]) => comments.map(({ id }) => id);

/** Every page of a thread, in order. `between` happens after each page. */
const readAll = async (room: Newsroom, query: string, between: () => Promise<unknown> = async () => null) => {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: ThreadView = (await room.public.thread(`${query}${cursor === null ? '' : `&cursor=${cursor}`}`)).body;
    pages.push(idsOf(page.comments));
    cursor = page.next;
    if (cursor !== null) await between();
  } while (cursor !== null);
  return pages;
};

test('a long comment is cut among others, and whole by itself and for its author', async () => {
  const room = await openWith();
  const ada = room.reader();
  const text = 'What a crossing that was. '.repeat(150).trim();
  const posted = await ada.post(text);
  const whole = [{ t: 'p', c: [text] }];
  const short = await room.reader().post('Short.', { parentId: posted.body.id });
  const [top] = (await room.public.thread()).body.comments;
  expect([top?.isCut, top?.replies[0]?.isCut, short.body.isCut]).toEqual([true, false, false]);
  expect(JSON.stringify(top?.body)).toMatch(/^\[{"t":"p","c":\["(?:What a crossing that was\. ){38}What.{0,20}"\]}\]$/);
  const { body: link } = await room.public.permalink(posted.body);
  expect([link.comment.isCut, link.comment.body]).toEqual([false, whole]);
  const { body: below } = await room.public.permalink(short.body);
  expect(below.ancestors[0]?.isCut).toBe(true);
  const [own] = (await ada.mine()).body.comments;
  expect([own?.isCut, own?.body]).toEqual([false, whole]);
  expect((await room.public.newestComments()).body.comments.map(({ isCut }) => isCut)).toEqual([false, true]);
});

describe('the order', () => {
  test('is newest first where nothing else is asked, oldest first on request', async () => {
    const room = await openWith();
    const ids = [await say(room), await say(room), await say(room)];
    expect(idsOf((await room.public.thread()).body.comments)).toEqual(ids.toReversed());
    expect(idsOf((await room.public.thread('sort=newest')).body.comments)).toEqual(ids.toReversed());
    expect(idsOf((await room.public.thread('sort=oldest')).body.comments)).toEqual(ids);
  });

  test('of top is by how sure the votes are: ten of ten, forty of fifty, one of one, none, none of one', async () => {
    const room = await openWith();
    const [many, few, none, bad, clear] = [
      await say(room),
      await say(room),
      await say(room),
      await say(room),
      await say(room),
    ];
    await vote(room, many, 40, 10);
    await vote(room, few, 1, 0);
    await vote(room, bad, 0, 1);
    await vote(room, clear, 10, 0);
    const { comments } = (await room.public.thread('sort=top')).body;
    expect(idsOf(comments.slice(0, 3))).toEqual([clear, many, few]);
    expect(new Set(idsOf(comments.slice(3)))).toEqual(new Set([none, bad]));
    expect(comments[1]).toMatchObject({ upVotes: 40, downVotes: 10 });
  });

  test('of another name is refused', async () => {
    const room = await openWith();
    expect((await room.public.thread('sort=random')).status).toBe(400);
  });
});

describe('pages', () => {
  test('are as long as asked, from 1 to 50, and a full last page names no next', async () => {
    const room = await openWith();
    for (let i = 0; i < 4; i += 1) await say(room);
    expect(await readAll(room, 'limit=2')).toHaveLength(2);
    expect((await readAll(room, 'limit=3')).map((page) => page.length)).toEqual([3, 1]);
    expect((await readAll(room, 'limit=1')).map((page) => page.length)).toEqual([1, 1, 1, 1]);
    expect((await room.public.thread('limit=50')).status).toBe(200);
    for (const limit of ['0', '51', '-1', '1.5', 'x'])
      expect((await room.public.thread(`limit=${limit}`)).status).toBe(400);
  });

  test.each(['newest', 'oldest', 'top'])(
    'by %s hold each comment once, none lost and none twice, while others post in between',
    async (sort) => {
      const room = await openWith();
      const known: string[] = [];
      for (let i = 0; i < 12; i += 1) known.push(await say(room));
      await vote(room, known[3] ?? '', 3, 0);
      await vote(room, known[8] ?? '', 1, 1);
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 9 }),
          fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 4 }),
          async (limit, inserts) => {
            const before = [...known];
            const queue = [...inserts];
            const pages = await readAll(room, `sort=${sort}&limit=${limit}`, async () => {
              for (let i = queue.shift() ?? 0; i > 0; i -= 1) known.push(await say(room));
            });
            const read = pages.flat();
            expect(new Set(read).size).toBe(read.length);
            expect(before.filter((id) => !read.includes(id))).toEqual([]);
          },
        ),
        { numRuns: 6, endOnFailure: true },
      );
    },
  );

  test('do not lose or repeat anything when the comment the cursor stands on is gone', async () => {
    const room = await openWith();
    const readers = Array.from({ length: 6 }, () => room.reader());
    const ids: string[] = [];
    for (const reader of readers) ids.push(await say(room, undefined, reader));
    const first = (await room.public.thread('sort=oldest&limit=3')).body;
    await readers[2]?.erase(ids[2] ?? '');
    const second = (await room.public.thread(`sort=oldest&limit=3&cursor=${first.next}`)).body;
    expect(idsOf(second.comments)).toEqual(ids.slice(3));
  });
});

describe('a cursor', () => {
  test('of another site, article, label, order or audience is refused, and so is anything that is none', async () => {
    const room = await openWith();
    for (const key of ['bridge', 'ferry'])
      await room.publisher.putArticle(key, { section: 'Sea', topics: ['Sea', 'Trade'] });
    const other = await openWith();
    for (let i = 0; i < 2; i += 1) {
      await say(room);
      await say(other);
    }
    for (let i = 0; i < 7; i += 1) await say(room, (await room.public.thread()).body.comments[0]?.id);
    const { next, comments } = (await room.public.thread('limit=1')).body;
    const { next: ofQueue } = (await room.desk().queue('unmoderated', 'limit=1')).body;
    const { next: ofArticles } = (await room.public.articles('limit=1')).body;
    const ofReplies = comments[0]?.moreReplies;
    const articles = (query: string) => room.public.articles(`limit=1&${query}`);
    const { next: ofSea } = (await articles('section=Sea')).body;
    expect((await room.public.thread(`limit=1&cursor=${next}`)).status).toBe(200);
    expect((await articles(`section=Sea&cursor=${ofSea}`)).status).toBe(200);
    expect((await room.desk().queue('unmoderated', `limit=1&cursor=${ofQueue}`)).status).toBe(200);
    const refused = [
      articles(`cursor=${ofSea}`),
      articles(`section=Trade&cursor=${ofSea}`),
      articles(`topic=Sea&cursor=${ofSea}`),
      articles(`section=Sea&sort=most-commented&cursor=${ofSea}`),
      room.desk().queue('unmoderated', `limit=1&order=newest&cursor=${ofQueue}`),
      other.public.thread(`limit=1&cursor=${next}`),
      room.public.thread(`limit=1&cursor=${next}`, 'bridge'),
      room.public.thread(`limit=1&sort=oldest&cursor=${next}`),
      room.public.thread(`limit=1&cursor=${ofQueue}`),
      room.public.thread(`limit=1&cursor=${ofArticles}`),
      room.public.thread(`limit=1&cursor=${ofReplies}`),
      room.public.thread('cursor=AAAA'),
      room.public.thread(`cursor=${btoa('[2,"x",["a",1]]')}`),
      room.public.thread('cursor='),
      room.desk().queue('unmoderated', `cursor=${next}`),
      room.desk().queue('pending', `cursor=${ofQueue}`),
      room.public.articles(`cursor=${next}`),
      room.public.articles(`sort=most-commented&cursor=${ofArticles}`),
      room.public.replies(comments[0]?.id ?? '', `cursor=${next}`),
    ];
    for (const answer of await Promise.all(refused)) {
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain('cursor');
    }
  });
});

/** Replies as they must come: below the one asked for, the parent of each before it, no one twice. */
const expectTreeOrder = (top: string, replies: CommentView[]) => {
  const seen = new Set([top]);
  for (const reply of replies) {
    expect(seen.has(reply.parentId ?? ''), `the parent of ${reply.id} stands before it`).toBe(true);
    expect(seen.has(reply.id)).toBe(false);
    seen.add(reply.id);
  }
};

const readReplies = async (room: Newsroom, id: string, limit: number, from: string | null = null) => {
  const replies: CommentView[] = [];
  let cursor = from;
  do {
    const query = `limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page: RepliesView = (await room.public.replies(id, query)).body;
    replies.push(...page.replies);
    cursor = page.next;
  } while (cursor !== null);
  return replies;
};

describe('replies', () => {
  test('come in the order of the tree, each conversation in full before the next', async () => {
    const room = await openWith();
    const top = await say(room);
    const a = await say(room, top);
    const b = await say(room, top);
    const a1 = await say(room, a);
    const b1 = await say(room, b);
    const a2 = await say(room, a);
    const a1x = await say(room, a1);
    const { comments } = (await room.public.thread()).body;
    expect(comments[0]?.replyCount).toBe(6);
    expect(idsOf(comments[0]?.replies ?? [])).toEqual([a, a1, a1x, a2, b]);
    const rest = await readReplies(room, top, 50, comments[0]?.moreReplies ?? null);
    expect(idsOf(rest)).toEqual([b1]);
    expect(rest[0]).toMatchObject({ depth: 2, rootId: top, parentId: b, replyCount: null });
    expect(idsOf(await readReplies(room, a, 50))).toEqual([a1, a1x, a2]);
  });

  test('all sixty of one comment can be read, a page at a time or in one, every parent before its child', async () => {
    const room = await openWith();
    const top = await say(room);
    const ids = [top];
    // A tree that is wide and deep: each third answers the latest, the others somebody earlier.
    for (let i = 0; i < 60; i += 1) {
      const parent = i % 3 === 0 ? ids.at(-1) : ids[Math.floor((i * 7) % ids.length)];
      ids.push(await say(room, parent));
    }
    const { comments } = (await room.public.thread()).body;
    const shown = comments[0]?.replies ?? [];
    expect([shown.length, comments[0]?.replyCount]).toEqual([5, 60]);
    const all = [...shown, ...(await readReplies(room, top, 7, comments[0]?.moreReplies ?? null))];
    expect(new Set(idsOf(all))).toEqual(new Set(ids.slice(1)));
    expectTreeOrder(top, all);
    expect(idsOf(await readReplies(room, top, 100))).toEqual(idsOf(all));
    expect((await room.public.thread()).body.article.commentCount).toBe(61);
  });

  test('of which there are just as many as are shown leave no more to ask for', async () => {
    const room = await openWith();
    const top = await say(room);
    for (let i = 0; i < 5; i += 1) await say(room, top);
    const first = async () => (await room.public.thread()).body.comments[0];
    const permalink = async () => (await room.public.permalink(top)).body;
    expect(await first()).toMatchObject({ replyCount: 5, moreReplies: null });
    expect((await first())?.replies).toHaveLength(5);
    expect((await permalink()).moreReplies).toBeNull();
    expect((await room.public.replies(top, 'limit=5')).body.next).toBeNull();
    await say(room, top);
    expect(await first()).toMatchObject({ replyCount: 6, moreReplies: expect.any(String) });
    expect((await first())?.replies).toHaveLength(5);
    expect((await permalink()).moreReplies).toEqual(expect.any(String));
  });

  test('that others write while one reads are at their place and nothing is repeated', async () => {
    const room = await openWith();
    const top = await say(room);
    const first = [await say(room, top), await say(room, top), await say(room, top)];
    const page = (await room.public.replies(top, 'limit=2')).body;
    await say(room, first[0]);
    const late = await say(room, first[2]);
    expect(idsOf(await readReplies(room, top, 2, page.next))).toEqual([first[2], late]);
  });

  test('are paged by 1 to 100, and of no comment that nobody can see', async () => {
    const room = await openWith();
    const top = await say(room);
    for (const limit of [1, 100]) expect((await room.public.replies(top, `limit=${limit}`)).status).toBe(200);
    for (const limit of [0, 101]) expect((await room.public.replies(top, `limit=${limit}`)).status).toBe(400);
    await room.desk().decide(top, 'reject', 'published');
    expect((await room.public.replies(top)).status).toBe(404);
  });

  test('are those below the comment that is asked for, wherever a cursor says to go on', async () => {
    const room = await openWith();
    const top = await say(room);
    const [before, asked, after] = [await say(room, top), await say(room, top), await say(room, top)];
    await say(room, before);
    const below = [await say(room, asked), await say(room, asked)];
    await say(room, after);
    const from = async (position: string) => {
      const cursor = writeCursor(['replies', room.site, asked], [position]);
      const { status, body } = await room.public.replies(asked, `cursor=${cursor}`);
      return [status, idsOf(body.replies)];
    };
    for (const outside of ['', before, `${before}~`, asked]) expect(await from(outside), outside).toEqual([200, below]);
    expect(await from(`${asked}${below[0]}`)).toEqual([200, below.slice(1)]);
    for (const outside of [`${asked}~`, after, '~', '\uffff']) expect(await from(outside), outside).toEqual([200, []]);
  });
});

describe('a tombstone', () => {
  test('shows that somebody wrote here and nothing of who and what', async () => {
    const room = await openWith();
    const ada = room.reader();
    const top = await say(room, undefined, ada);
    const reply = await say(room, top);
    await vote(room, top, 2, 1);
    await ada.edit(top, 'Better words.');
    expect((await room.public.thread()).body.comments[0]?.editedAt).not.toBeNull();
    await room.desk().decide(top, 'spam', 'published', { revision: 2 });
    const { comments, article } = (await room.public.thread()).body;
    expect(article.commentCount).toBe(1);
    const [{ replies, moreReplies, ...tombstone } = { replies: [], moreReplies: null }] = comments;
    expect(tombstone).toEqual({
      id: top,
      parentId: null,
      rootId: top,
      depth: 0,
      tombstone: 'removed',
      authorName: null,
      body: null,
      isCut: false,
      upVotes: 0,
      downVotes: 0,
      replyCount: 1,
      createdAt: expect.any(String),
      editedAt: null,
    });
    expect([idsOf(replies), moreReplies]).toEqual([[reply], null]);
  });

  test('goes with the last visible reply below it, the whole chain of them', async () => {
    const room = await openWith();
    const chain = [await say(room)];
    for (let i = 0; i < 4; i += 1) chain.push(await say(room, chain.at(-1)));
    const [top = '', second = '', third = '', fourth = '', last = ''] = chain;
    for (const id of [second, top, fourth]) await room.desk().decide(id, 'reject', 'published');
    expect(idsOf((await room.public.thread()).body.comments[0]?.replies ?? [])).toEqual([second, third, fourth, last]);
    await room.desk().decide(last, 'reject', 'published');
    expect(idsOf((await room.public.thread()).body.comments[0]?.replies ?? [])).toEqual([second, third]);
    await room.desk().decide(third, 'spam', 'published');
    expect((await room.public.thread()).body.comments).toEqual([]);
    for (const id of chain) expect((await room.public.permalink(id)).status).toBe(404);

    room.clock.tick(1);
    await room.desk().decide(last, 'approve', 'rejected');
    const { comments, article } = (await room.public.thread()).body;
    expect(article.commentCount).toBe(1);
    expect(comments).toMatchObject([{ id: top, tombstone: 'removed', replyCount: 1 }]);
    expect(idsOf(comments[0]?.replies ?? [])).toEqual([second, third, fourth, last]);
  });

  test('can be linked to and shows what was said below', async () => {
    const room = await openWith();
    const top = await say(room);
    const reply = await say(room, top);
    await room.desk().decide(top, 'reject', 'published');
    const { status, body } = await room.public.permalink(top);
    expect(status).toBe(200);
    expect(body).toMatchObject({ comment: { tombstone: 'removed', body: null }, replies: [{ id: reply }] });
  });
});

describe('a permalink', () => {
  test('shows what the comment answers, top-level first, and what stands below it', async () => {
    const room = await openWith();
    const top = await say(room);
    const reply = await say(room, top);
    const deep = await say(room, reply);
    await say(room, top);
    const below: string[] = [];
    for (let i = 0; i < 6; i += 1) below.push(await say(room, deep));
    const { body } = await room.public.permalink(deep);
    expect(idsOf(body.ancestors)).toEqual([top, reply]);
    expect(body.comment).toMatchObject({ id: deep, depth: 2 });
    expect(idsOf(body.replies)).toEqual(below.slice(0, 5));
    expect(idsOf(await readReplies(room, deep, 3, body.moreReplies))).toEqual(below.slice(5));
    expect(body.article).toMatchObject({ key: 'ferry', commentCount: 10 });
  });

  test('to a pending, a rejected, a foreign and no comment at all is the same 404', async () => {
    const room = await openWith();
    const elsewhere = await say(await openWith());
    const rejected = await say(room);
    await room.desk().decide(rejected, 'reject', 'published');
    await room.publisher.putArticle('ferry', { moderation: 'pre' });
    const { body: pending } = await room.reader().post('Not to be seen.');
    const answers = await Promise.all(
      [pending.id, rejected, elsewhere, '0000000000000000'].map((id) => room.public.permalink(id)),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' });
    }
    expect((await room.public.permalink('not-an-id')).status).toBe(400);
  });
});

describe('a vote', () => {
  const votesOf = async (room: Newsroom) => {
    const [comment] = (await room.public.thread()).body.comments;
    return [comment?.upVotes, comment?.downVotes];
  };

  test('is one a reader: the same again changes nothing, another replaces it, 0 withdraws it', async () => {
    const room = await openWith();
    const id = await say(room);
    const [ada, ben] = [room.reader(), room.reader()];
    const cases: [Reader, 1 | 0 | -1, number[]][] = [
      [ada, 1, [1, 0]],
      [ada, 1, [1, 0]],
      [ben, 1, [2, 0]],
      [ada, -1, [1, 1]],
      [ada, 0, [1, 0]],
      [ada, 0, [1, 0]],
      [ada, -1, [1, 1]],
    ];
    for (const [reader, value, votes] of cases) {
      room.clock.tick(1);
      const { body } = await reader.vote(id, value);
      expect(body).toEqual({ upVotes: votes[0], downVotes: votes[1], value });
      expect(await votesOf(room)).toEqual(votes);
    }
    expect((await ada.mine()).body.votes).toEqual({ [id]: -1 });
  });

  test('on one’s own, on what nobody sees and of another weight is refused', async () => {
    const room = await openWith();
    const ada = room.reader();
    const own = await say(room, undefined, ada);
    const hidden = await say(room);
    await room.desk().decide(hidden, 'spam', 'published');
    expect((await ada.vote(own, 1)).body.reason).toBe('own-comment');
    expect((await ada.vote(hidden, 1)).status).toBe(404);
    expect((await ada.vote('0000000000000000', 1)).status).toBe(404);
    for (const value of [2, -2, 0.5, '1', null]) {
      const { headers } = room.reader();
      expect((await room.request('PUT', room.at.vote(own), { headers, body: { value } })).status).toBe(400);
    }
    expect((await room.public.thread()).body.comments[0]).toMatchObject({ upVotes: 0, downVotes: 0 });
  });
});

describe('the thread of an unknown article', () => {
  test('is empty, with the rules of the site, where its first comment will register it', async () => {
    const room = await openNewsroom({ unknownArticles: 'register', moderation: 'pre', maxGraphemes: 321 });
    const { status, body, headers } = await room.public.thread();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      article: { key: 'ferry', url: null, headline: null, commentCount: 0 },
      rules: { commenting: 'open', moderation: 'pre', maxGraphemes: 321 },
      comments: [],
      next: null,
    });
    const again = await room.public.with({ 'If-None-Match': headers.get('ETag') ?? '' }).thread();
    expect(again.status).toBe(304);
    await room.publisher.putArticle();
    expect((await room.public.thread()).headers.get('ETag')).not.toBe(headers.get('ETag'));
  });

  test('is a 404 that says so where only the publisher registers', async () => {
    const room = await openNewsroom({ unknownArticles: 'refuse' });
    const { status, body } = await room.public.thread();
    expect(status).toBe(404);
    expect(body).toMatchObject({ reason: 'article-unknown', registrable: false });
  });

  test('of an unknown site says that there is no such site', async () => {
    const room = await openNewsroom();
    const { status, body } = await room.request('GET', addressesOf('nowhere').thread());
    expect([status, body.reason, body.registrable]).toEqual([404, 'not-found', undefined]);
  });
});

test('a thread holds nothing of who asks, and tells the form what it must know', async () => {
  const room = await openWith({ moderation: 'pre', maxGraphemes: 300, editWindowMinutes: 5 });
  const ada = room.reader();
  await ada.post('Mine alone.');
  const anonymous = await room.public.thread();
  const asAda = await room.public.with({ ...ada.headers, Cookie: 'a=b' }).thread();
  expect(asAda.body).toEqual(anonymous.body);
  expect(anonymous.body.rules).toEqual({
    commenting: 'open',
    moderation: 'pre',
    maxGraphemes: 300,
    maxNameGraphemes: 60,
    maxDepth: 31,
    editWindowMinutes: 5,
  });
});
