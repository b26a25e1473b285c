import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QueueItem, QueueName } from '../../src/contract/moderation.ts';
import { COMMENT_STATUSES, type CommentStatus } from '../../src/core/comment/comment-status.ts';
import { DECISIONS, type Decision, statusAfter } from '../../src/core/moderation/decision.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { miscounted } from '../support/miscounted.ts';
import { type CommentRef, type Newsroom, openNewsroom, type PostOptions, type Reader } from '../support/newsroom.ts';

const openWith = async (settings: Record<string, unknown> = { moderation: 'pre', editWindowMinutes: 1_440 }) => {
  const room = await openNewsroom(settings);
  await room.publisher.putArticle();
  return room;
};

let spoken = 0;

const say = async (room: Newsroom, reader = room.reader(), options: PostOptions = {}) => {
  spoken += 1;
  return (await reader.say(undefined, options)).id;
};

/** From another network each few times, so that only what a test is about limits it. */
const flag = (room: Newsroom, comment: CommentRef, reader = room.reader(), note = '') =>
  reader.at(`198.51.100.${spoken % 250}`).flag(comment, 'offensive', note);

const dossier = async (room: Newsroom, comment: CommentRef) => (await room.desk().dossier(comment)).body;

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

/** A fresh comment that is in this status, with the revision a moderator would see. */
const commentIn = async (room: Newsroom, status: CommentStatus) => {
  const guest = room.reader();
  await room.publisher.putArticle('ferry', { moderation: status === 'published' ? 'post' : 'pre' });
  const id = await say(room, guest);
  room.clock.tick(1);
  if (status === 'deleted') await guest.erase(id);
  if (status === 'approved') await room.desk().decide(id, 'approve');
  if (status === 'rejected') await room.desk().decide(id, 'reject');
  if (status === 'spam') await room.desk().decide(id, 'spam');
  return { id, guest, revision: status === 'deleted' ? 2 : 1 };
};

describe('the queue', () => {
  test('shows what waits, oldest first, page by page', async () => {
    const room = await openWith();
    const ids = [];
    for (let i = 0; i < 5; i += 1) ids.push(await say(room));
    expect(idsOf((await room.desk().queue()).body.items)).toEqual(ids);
    expect(idsOf((await room.desk().queue('pending', 'order=newest')).body.items)).toEqual(ids.toReversed());
    const first = (await room.desk().queue('pending', 'limit=2')).body;
    await room.desk().decide(ids[0] ?? '', 'approve');
    const second = (await room.desk().queue('pending', `limit=2&cursor=${first.next}`)).body;
    const third = (await room.desk().queue('pending', `limit=2&cursor=${second.next}`)).body;
    expect([first, second, third].map(({ items }) => idsOf(items))).toEqual([
      ids.slice(0, 2),
      ids.slice(2, 4),
      [ids[4]],
    ]);
    expect(third.next).toBeNull();
    for (const limit of [0, 51]) expect((await room.desk().queue('pending', `limit=${limit}`)).status).toBe(400);
  });

  test('has a list and a count for each status, and one for what was reported', async () => {
    const room = await openWith();
    const made = new Map<QueueName, string>();
    for (const status of COMMENT_STATUSES) {
      made.set(status === 'published' ? 'unmoderated' : status, (await commentIn(room, status)).id);
    }
    await flag(room, made.get('approved') ?? '');
    made.set('reported', made.get('approved') ?? '');
    for (const [list, id] of made) {
      const { items, counts } = (await room.desk().queue(list)).body;
      expect(idsOf(items), list).toEqual([id]);
      expect(counts).toEqual({
        pending: 1,
        reported: 1,
        unmoderated: 1,
        approved: 1,
        rejected: 1,
        spam: 1,
        deleted: 1,
      });
    }
  });

  test('shows each comment with its article, what it answers, why it is held and how its reader fared', async () => {
    const room = await openWith({ moderation: 'first-comment', suspectWords: ['hogwash'] });
    await room.publisher.putArticle('ferry', { section: 'World', moderation: 'post' });
    const ada = room.reader();
    const parent = await say(room, room.reader(), { name: 'Ben' });
    const fared: [string, Decision][] = [
      [await say(room, ada), 'approve'],
      [await say(room, ada), 'reject'],
      [await say(room, ada), 'spam'],
    ];
    for (const [id, decision] of fared) await room.desk().decide(id, decision, 'published');
    const firstSeenAt = (await dossier(room, fared[0]?.[0] ?? '')).item.createdAt;
    room.clock.tick(60);
    const { body: posted } = await ada.post('What hogwash.', { parentId: parent, email: 'ada@mail.example' });
    const { items } = (await room.desk().queue()).body;
    expect(items).toMatchObject([
      {
        id: posted.id,
        status: 'pending',
        revision: 1,
        body: [{ t: 'p', c: ['What hogwash.'] }],
        authorName: 'Ada',
        authorEmail: 'ada@mail.example',
        depth: 1,
        signals: [{ phase: 'suspect-words', words: ['hogwash'] }],
        flagCount: 0,
        article: { key: 'ferry', url: 'https://news.example/ferry', headline: 'About ferry', section: 'World' },
        parent: { id: parent, authorName: 'Ben', status: 'published' },
        reader: { commentCount: 4, approvedCount: 1, rejectedCount: 2, firstSeenAt, ban: 'none', banUntil: null },
      },
    ]);
  });

  test('holds nothing of another site, whose moderator sees nothing here', async () => {
    const [room, other] = [await openWith(), await openWith()];
    const id = await say(room);
    expect((await other.desk().queue()).body.items).toEqual([]);
    const stranger = room.as(await other.desk().headers());
    expect((await stranger.queue()).status).toBe(401);
    expect((await stranger.decide(id, 'approve')).status).toBe(401);
    expect((await other.desk().decide(id, 'approve')).status).toBe(404);
    expect((await room.as({}).queue()).status).toBe(401);
    expect((await other.desk().dossier(id)).status).toBe(404);
  });
});

/** Every decision about every status, whether or not it may be made there. */
const CASES = DECISIONS.flatMap((decision) => COMMENT_STATUSES.map((from) => ({ decision, from })));

describe('a decision', () => {
  test.each(CASES)('to $decision what is $from does what the table says', async ({ decision, from }) => {
    const room = await openWith();
    const { id, revision } = await commentIn(room, from);
    room.clock.tick(1);
    const before = (await dossier(room, id)).events.length;
    const to = statusAfter(decision, from);
    const answer = await room.desk().decide(id, decision, from, { revision });
    const { item, events } = await dossier(room, id);
    if (to === null) {
      expect([answer.status, answer.body.reason]).toEqual([409, 'transition-not-allowed']);
      expect([item.status, events.length]).toEqual([from, before]);
    } else {
      expect([answer.status, answer.body.result]).toEqual([
        200,
        { id, outcome: 'done', status: to, decidedBy: 'Mara' },
      ]);
      expect([item.status, events.length]).toEqual([to, before + 1]);
      expect(events[0]).toMatchObject({ kind: decision, by: 'Mara', from, to });
    }
    const isSeen = (await room.public.thread()).body.comments.length === 1;
    expect(isSeen).toBe(item.status === 'approved' || item.status === 'published');
  });

  test('carries its reason to the author, and to nobody else', async () => {
    const room = await openWith();
    const ada = room.reader();
    const id = await say(room, ada);
    await room.desk().decide(id, 'reject', 'pending', { reason: ' Please stay\u202E on the topic. ' });
    expect((await ada.mine()).body.comments).toMatchObject([
      { status: 'rejected', reason: 'Please stay on the topic.' },
    ]);
    await room.desk().decide(id, 'restore', 'rejected');
    expect((await ada.mine()).body.comments).toMatchObject([{ status: 'pending', reason: null }]);
    const long = await room.desk().decide(id, 'reject', 'pending', { reason: 'x'.repeat(501) });
    expect([long.status, long.body.errors?.[0]?.field]).toEqual([400, 'reason']);
    expect((await room.desk().decide(id, 'reject', 'pending', { reason: 'x'.repeat(500) })).status).toBe(200);
  });

  test('without a reason tells the author none, and above all no wrong one', async () => {
    const room = await openWith();
    const ada = room.reader();
    const id = await say(room, ada);
    await room.desk().decide(id, 'reject');
    expect((await ada.mine()).body.comments).toMatchObject([{ status: 'rejected', reason: null }]);
  });

  test('says spam to the moderators alone: its author reads that it was rejected', async () => {
    const room = await openWith();
    const ada = room.reader();
    await room.desk().decide(await say(room, ada), 'spam');
    expect((await ada.mine()).body.comments).toMatchObject([{ status: 'rejected', reason: null }]);
  });

  test('of the second of two moderators is a 409 with the name of the first', async () => {
    const room = await openWith();
    const id = await say(room);
    const nils = room.desk('Nils');
    expect((await nils.decide(id, 'reject')).status).toBe(200);
    room.clock.tick(1);
    const second = await room.desk().decide(id, 'approve');
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ reason: 'decided-already', decidedBy: 'Nils', currentStatus: 'rejected' });
    expect((await dossier(room, id)).events).toHaveLength(1);
  });

  test('of two at the very same time is one, whoever wins', async () => {
    const room = await openWith();
    const id = await say(room);
    const [mara, nils] = [room.desk(), room.desk('Nils')];
    await Promise.all([mara.headers(), nils.headers()]);
    const answers = await Promise.all([mara.decide(id, 'approve'), nils.decide(id, 'reject')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await dossier(room, id)).events).toHaveLength(1);
  });

  test('settles the reports; a new report opens the question again, the same reader’s too, once', async () => {
    const room = await openWith({ moderation: 'post' });
    const id = await say(room);
    const ben = room.reader();
    expect((await flag(room, id, ben, 'Look at this.')).status).toBe(204);
    await flag(room, id, ben);
    await flag(room, id);
    expect((await room.desk().queue('reported')).body).toMatchObject({
      counts: { reported: 1 },
      items: [{ id, flagCount: 2 }],
    });
    expect((await dossier(room, id)).flags).toHaveLength(2);
    await room.desk().decide(id, 'approve', 'published');
    expect((await room.desk().queue('reported')).body).toMatchObject({ counts: { reported: 0 }, items: [] });
    for (let i = 0; i < 2; i += 1) await flag(room, id, ben);
    expect((await room.desk().queue('reported')).body).toMatchObject({
      counts: { reported: 1 },
      items: [{ id, flagCount: 3 }],
    });
  });

  test('on a report of what nobody can see is not asked for: such a report is a 404', async () => {
    const room = await openWith();
    expect((await flag(room, await say(room))).status).toBe(404);
    expect((await flag(room, '0000000000000000')).status).toBe(404);
  });
});

describe('a hundred at once', () => {
  test('are decided one by one: each is answered with what became of it', async () => {
    const room = await openWith();
    const nils = room.desk('Nils');
    const pending: string[] = [];
    const ada = room.reader();
    for (let i = 0; i < 95; i += 1) pending.push(await say(room, i < 2 ? ada : undefined));
    const [edited = '', erased = '', decided = '', ...rest] = pending;
    await ada.edit(edited, 'Quite another text.');
    await ada.erase(erased);
    await nils.decide(decided, 'spam');
    const { id: rejected } = await commentIn(room, 'rejected');
    const { id: deleted } = await commentIn(room, 'deleted');
    const { id: approved } = await commentIn(room, 'approved');
    room.clock.tick(1);
    const asked = (comment: string, expectedStatus: CommentStatus) => ({ comment, expectedStatus });
    const nowhere = ['0000000000000000', '0000000000000001'];
    const approveAll = await room
      .desk()
      .decideMany('approve', [
        ...pending.map((id) => asked(id, 'pending')),
        asked(rejected, 'rejected'),
        asked(deleted, 'deleted'),
        asked(approved, 'approved'),
        ...nowhere.map((id) => asked(id, 'pending')),
      ]);
    expect(approveAll.status).toBe(200);
    const outcomes = new Map<string, unknown>(approveAll.body.results.map(({ id, ...outcome }) => [id, outcome]));
    expect(outcomes.size).toBe(100);
    for (const id of [...rest, rejected, approved]) {
      expect(outcomes.get(id)).toEqual({ outcome: 'done', status: 'approved', decidedBy: 'Mara' });
    }
    expect(outcomes.get(edited)).toMatchObject({ outcome: 'edited-meanwhile', status: 'pending' });
    expect(outcomes.get(erased)).toMatchObject({ outcome: 'decided-already', status: 'deleted', decidedBy: null });
    expect(outcomes.get(decided)).toMatchObject({ outcome: 'decided-already', status: 'spam', decidedBy: 'Nils' });
    expect(outcomes.get(deleted)).toMatchObject({ outcome: 'transition-not-allowed' });
    for (const id of nowhere) expect(outcomes.get(id)).toMatchObject({ outcome: 'not-found', status: null });
    expect(approveAll.body.counts).toEqual((await room.desk().queue()).body.counts);
    expect(approveAll.body.counts).toMatchObject({ approved: 94, pending: 1, deleted: 2, spam: 1, rejected: 0 });
    expect((await room.public.thread()).body.article.commentCount).toBe(94);

    expect(
      (
        await room.desk().decideMany(
          'restore',
          Array.from({ length: 101 }, () => asked('0000000000000000', 'spam')),
        )
      ).status,
    ).toBe(400);
    expect((await room.desk().decideMany('restore', [])).status).toBe(400);
    expect((await room.desk().decideMany('restore', [asked('0000000000000000', 'spam')])).status).toBe(200);
  });

  test('naming a comment twice decides it once', async () => {
    const room = await openWith();
    const id = await say(room);
    const answer = await room.desk().decideMany('reject', [{ comment: id }, { comment: id }]);
    expect(answer.body.results).toMatchObject([{ id, outcome: 'done' }]);
    expect((await dossier(room, id)).events).toHaveLength(1);
    expect((await dossier(room, id)).item.reader.rejectedCount).toBe(1);
  });
});

/** Everything that a decision may move, but the log and what says how often something changed. */
const stateOf = async (room: Newsroom) => {
  const tables = {
    site_counts: 'SELECT name, count FROM site_counts WHERE site_id = ? AND count <> 0 ORDER BY name',
    articles: 'SELECT key, comment_count FROM articles WHERE site_id = ?',
    readers: 'SELECT * FROM readers WHERE site_id = ? ORDER BY id',
    comments: 'SELECT * FROM comments WHERE site_id = ? ORDER BY id',
  };
  const state: Record<string, unknown> = {};
  for (const [name, statement] of Object.entries(tables)) {
    state[name] = (await env.DB.prepare(statement).bind(room.site).all()).results;
  }
  return state;
};

describe('undo', () => {
  test.each(CASES.filter(({ decision, from }) => statusAfter(decision, from) !== null))(
    'of $decision of what was $from leaves everything as it was before',
    async ({ decision, from }) => {
      const room = await openWith();
      const { id } = await commentIn(room, from);
      if (from === 'approved' || from === 'published') {
        await flag(room, id);
        await flag(room, id);
      }
      room.clock.tick(1);
      const before = await stateOf(room);
      expect((await room.desk().decide(id, decision, from)).status).toBe(200);
      room.clock.tick(1);
      const answer = await room.desk().undo([id]);
      expect(answer.body.results).toMatchObject([{ id, outcome: 'done', status: from }]);
      expect(await stateOf(room)).toEqual(before);
      expect((await dossier(room, id)).events[0]).toMatchObject({ kind: 'undo', by: 'Mara', to: from });
    },
  );

  test('keeps a report that came after the decision', async () => {
    const room = await openWith({ moderation: 'post' });
    const id = await say(room);
    await flag(room, id);
    room.clock.tick(1);
    await room.desk().decide(id, 'approve', 'published');
    await flag(room, id);
    room.clock.tick(1);
    await room.desk().undo([id]);
    expect((await room.desk().queue('reported')).body.counts.reported).toBe(1);
    const { results } = await env.DB.prepare('SELECT open_flags FROM comments WHERE id = ?').bind(id).all();
    expect(results).toEqual([{ open_flags: 2 }]);
  });

  test('takes back one’s own last word alone, once, and while it still is the last', async () => {
    const room = await openWith();
    const nils = room.desk('Nils');
    const refused = (answer: { body: { results: { outcome: string }[] } }) => answer.body.results[0]?.outcome;

    const undecided = await say(room);
    expect(refused(await room.desk().undo([undecided]))).toBe('transition-not-allowed');

    const ofNils = await say(room);
    await nils.decide(ofNils, 'approve');
    expect(refused(await room.desk().undo([ofNils]))).toBe('transition-not-allowed');

    const contradicted = await say(room);
    await room.desk().decide(contradicted, 'approve');
    room.clock.tick(1);
    await nils.decide(contradicted, 'reject', 'approved');
    expect(refused(await room.desk().undo([contradicted]))).toBe('transition-not-allowed');

    const twice = await say(room);
    await room.desk().decide(twice, 'approve');
    room.clock.tick(1);
    expect(refused(await room.desk().undo([twice]))).toBe('done');
    room.clock.tick(1);
    expect(refused(await room.desk().undo([twice]))).toBe('transition-not-allowed');

    const ada = room.reader();
    const edited = await say(room, ada);
    await room.desk().decide(edited, 'approve');
    room.clock.tick(1);
    await ada.edit(edited, 'Something else now.');
    expect(refused(await room.desk().undo([edited]))).toBe('transition-not-allowed');

    const statuses = await Promise.all(
      [ofNils, contradicted, twice].map(async (id) => (await dossier(room, id)).item.status),
    );
    expect(statuses).toEqual(['approved', 'rejected', 'pending']);
  });

  test('naming a comment twice takes it back once', async () => {
    const room = await openWith();
    const id = await say(room);
    await room.desk().decide(id, 'reject');
    room.clock.tick(1);
    const answer = await room.desk().undo([id, id]);
    expect([answer.status, answer.body.results]).toMatchObject([200, [{ id, outcome: 'done', status: 'pending' }]]);
    expect((await dossier(room, id)).events).toHaveLength(2);
  });

  test('takes back a bulk at once, and 101 are refused', async () => {
    const room = await openWith();
    const ids = [await say(room), await say(room), await say(room)];
    const before = await stateOf(room);
    await room.desk().decideMany(
      'spam',
      ids.map((comment) => ({ comment })),
    );
    room.clock.tick(1);
    const answer = await room.desk().undo(ids);
    expect(answer.body.results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    expect(await stateOf(room)).toEqual(before);
    expect((await room.desk().undo(Array(101).fill(ids[0]))).status).toBe(400);
  });
});

describe('the dossier', () => {
  test('tells the whole story, newest first, and what else the reader wrote', async () => {
    const room = await openWith({ moderation: 'post', editWindowMinutes: 60 });
    await room.publisher.putArticle('bridge', { headline: 'The bridge' });
    const ada = room.reader();
    const elsewhere = await say(room, ada, { article: 'bridge' });
    const id = await say(room, ada);
    await flag(room, id, room.reader(), 'See \u202Ethe sec\u200Bond word.');
    const story = [
      () => room.desk().decide(id, 'reject', 'published', { reason: 'Rude.' }),
      () => room.desk().decide(id, 'restore', 'rejected'),
      () => ada.edit(id, 'Friendlier words.'),
      () => room.desk().decide(id, 'approve', 'pending', { revision: 2 }),
      () => room.desk().undo([id]),
      () => ada.erase(id),
    ];
    for (const step of story) {
      room.clock.tick(1);
      expect((await step()).status).toBeLessThan(300);
    }
    const { events, flags, history, item } = await dossier(room, id);
    expect(events.map(({ kind, by, from, to, reason }) => [kind, by, from, to, reason])).toEqual([
      ['delete', 'author', 'pending', 'deleted', ''],
      ['undo', 'Mara', 'approved', 'pending', ''],
      ['approve', 'Mara', 'pending', 'approved', ''],
      ['edit', 'author', 'pending', 'pending', ''],
      ['restore', 'Mara', 'rejected', 'pending', ''],
      ['reject', 'Mara', 'published', 'rejected', 'Rude.'],
    ]);
    expect(flags).toMatchObject([{ reason: 'offensive', note: 'See the second word.' }]);
    expect(history).toMatchObject([
      { id: elsewhere, articleKey: 'bridge', headline: 'The bridge', status: 'published' },
    ]);
    expect(item).toMatchObject({ id, status: 'deleted', authorName: '' } satisfies Partial<QueueItem>);
  });

  test('shows the last 20 other comments of the reader, the last 50 events, and 50 reports', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const others: string[] = [];
    for (let n = 0; n < 21; n += 1) {
      room.clock.tick(60);
      others.push(await say(room, ada));
    }
    room.clock.tick(60);
    const id = await say(room, ada);
    expect(idsOf((await dossier(room, others[20] ?? '')).history)).toEqual([id, ...others.slice(1, 20).reverse()]);

    for (let n = 0; n < 51; n += 1) {
      room.clock.tick(60);
      await flag(room, id);
    }
    for (let n = 0; n <= LIMITS.votesOnOneComment.count; n += 1) await room.reader().vote(id, 1);
    let status: CommentStatus = 'published';
    for (let n = 0; n < 51; n += 1) {
      const decided = await room.desk().decide(id, n % 2 === 0 ? 'reject' : 'approve', status);
      status = decided.body.result.status ?? status;
    }
    room.clock.tick(1);
    expect((await room.desk().ruleOnVotes(id, 'count-votes')).body.votes).toBe(1);
    const { events, flags, history } = await dossier(room, id);
    expect(idsOf(history)).toEqual(others.slice(1).reverse());
    expect(events).toHaveLength(50);
    expect([0, 1, 48, 49].map((n) => events[n]?.kind)).toEqual(['count-votes', 'reject', 'approve', 'reject']);
    expect(flags).toHaveLength(50);
  });
});

const OFTEN = ['reply', 'reply', 'decide'] as const;

const Step = fc.record({
  act: fc.constantFrom(...OFTEN, ...OFTEN, 'post', 'bulk', 'undo', 'edit', 'erase', 'flag', 'vote'),
  which: fc.nat({ max: 1_000 }),
  decision: fc.constantFrom(...DECISIONS),
  reader: fc.nat({ max: 3 }),
  words: fc.constantFrom('plain', 'hogwash', 'grackle'),
});
type Step = typeof Step extends fc.Arbitrary<infer Value> ? Value : never;

/** A site with two articles, four readers and a moderator, and what may happen there. */
const openWalk = async () => {
  const room = await openWith({
    moderation: 'first-comment',
    editWindowMinutes: 1_440,
    suspectWords: ['hogwash'],
    bannedWords: ['grackle'],
  });
  await room.publisher.putArticle('ferry', { moderation: 'post' });
  await room.publisher.putArticle('bridge');
  const readers = Array.from({ length: 4 }, () => room.reader());
  const made: { id: string; author: Reader; article: string }[] = [];
  type Made = (typeof made)[number];
  const textOf = ({ words }: Step) => `${words} sentence number ${spoken}`;
  const readerOf = ({ reader }: Step) => readers[reader] as Reader;
  const item = async (comment: Made) => (await dossier(room, comment)).item;

  const post = async (step: Step, article: string, parentId?: string) => {
    const author = readerOf(step);
    const { status, body } = await author.post(textOf(step), {
      article,
      ...(parentId !== undefined && { parentId }),
    });
    if (status < 300) made.push({ id: body.id, author, article });
    else expect([status, parentId]).toEqual([409, expect.any(String)]);
  };

  const acts: Record<Step['act'], (step: Step, target: Made) => Promise<unknown>> = {
    post: (step) => post(step, step.which % 4 === 0 ? 'bridge' : 'ferry'),
    reply: (step, target) => post(step, target.article, target.id),
    decide: async ({ decision }, target) => {
      const { status, revision } = await item(target);
      return room.desk().decide(target, decision, status, { revision });
    },
    bulk: async ({ decision, which }, target) => {
      const some = [target, ...made.filter((_, i) => i % 3 === which % 3)];
      const items = await Promise.all(some.map(item));
      return room.desk().decideMany(
        decision,
        items.map(({ status, revision }, i) => ({ comment: some[i] as Made, expectedStatus: status, revision })),
      );
    },
    undo: ({ which }, target) => room.desk().undo([target, ...made.filter((_, i) => i % 2 === which % 2)]),
    edit: (step, target) => target.author.edit(target, textOf(step)),
    erase: (_, target) => target.author.erase(target),
    flag: (step, target) => flag(room, target, readerOf(step)),
    vote: (step, target) => readerOf(step).vote(target, ((step.which % 3) - 1) as 1 | 0 | -1),
  };

  const take = async (step: Step) => {
    room.clock.tick(15);
    spoken += 1;
    const target = made[step.which % Math.max(1, made.length)];
    await (target === undefined ? post(step, 'ferry') : acts[step.act](step, target));
  };
  return { room, take };
};

describe('after any walk of posts, edits, deletions, reports, votes, decisions and undos', () => {
  test('every number equals a recount, the log is whole, and a thread that looks different has a new ETag', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { minLength: 40, maxLength: 60 }), async (steps) => {
        const { room, take } = await openWalk();
        let before = await room.public.thread('limit=50');
        for (const step of steps) {
          await take(step);
          const after = await room.public.thread('limit=50');
          if (JSON.stringify(after.body) !== JSON.stringify(before.body)) {
            expect(after.headers.get('ETag'), `after ${step.act}`).not.toBe(before.headers.get('ETag'));
          }
          before = after;
        }
        await room.runJobs();
        expect(await miscounted(room)).toEqual([]);
      }),
      // Each run is seconds of work: the walk that failed is told as it was, and not shortened.
      { numRuns: 5, endOnFailure: true },
    );
  });

  test('however deep a tombstone stands', async () => {
    const room = await openWith({ moderation: 'post' });
    const ids = [await say(room)];
    for (let depth = 1; depth <= 6; depth += 1)
      ids.push(await say(room, room.reader(), { parentId: ids.at(-1) ?? '' }));
    await room.desk().decide(ids[5] ?? '', 'reject', 'published');
    await room.runJobs();
    expect(await miscounted(room)).toEqual([]);
  });

  test('which the recount would notice', async () => {
    const room = await openWith();
    await commentIn(room, 'approved');
    await room.runJobs();
    expect(await miscounted(room)).toEqual([]);
    const damage = [
      'UPDATE site_counts SET count = count + 1 WHERE site_id = ?',
      'UPDATE articles SET comment_count = comment_count + 1 WHERE site_id = ?',
      'UPDATE readers SET approved_count = 0 WHERE site_id = ?',
      'UPDATE comments SET listed = 0 WHERE site_id = ?',
      'UPDATE comments SET reply_count = 1 WHERE site_id = ?',
      "UPDATE events SET facts = json_set(facts, '$.to', 'spam') WHERE site_id = ?",
    ];
    let known = 0;
    for (const statement of damage) {
      await env.DB.prepare(statement).bind(room.site).run();
      const now = (await miscounted(room)).length;
      expect(now, statement).toBeGreaterThanOrEqual(known);
      expect(now, statement).toBeGreaterThan(0);
      known = now;
    }
  });
});

test('a comment of which the reader is not known is in the queue, as of somebody new', async () => {
  const room = await openNewsroom({ moderation: 'pre' });
  await room.publisher.putArticle();
  const { id } = (await room.reader().post('Who was that?')).body;
  await env.DB.prepare('DELETE FROM readers WHERE site_id = ?').bind(room.site).run();
  const query = { siteId: room.site, list: 'pending', order: 'oldest', limit: 5, after: null } as const;
  const { entries } = await room.stores().moderation.findQueue(query);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    comment: { id },
    parent: null,
    reader: {
      ...{ commentCount: 0, approvedCount: 0, rejectedCount: 0, ban: 'none', banUntil: null },
      firstSeenAt: entries[0]?.comment.createdAt,
    },
  });
});
