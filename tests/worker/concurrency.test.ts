import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { guestKey, type Newsroom, ORIGIN, openNewsroom, type Reader } from '../support/newsroom.ts';
import { rounds } from '../support/rigs.ts';

const times = <T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

const statuses = (answers: { status: number }[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** A different network for each, so that only what the test is about limits. */
const network = (i: number) => `10.${i >> 8}.${i & 255}.7`;

test('240 parallel posts by strangers leave every counter equal to a recount', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const { body: root } = await room.reader().post('The first of many.');
  room.clock.tick(61);
  const answers = await times(240, (i) =>
    room
      .reader()
      .at(network(i))
      .post(`Number ${i} of the crowd speaks.`, i % 2 === 0 ? { parentId: root.id } : {}),
  );
  expect(statuses(answers)).toEqual({ 201: 240 });
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(240);

  const { body } = await room.public.thread();
  expect(body.article.commentCount).toBe(241);
  expect((await room.desk().queue('unmoderated')).body.counts.unmoderated).toBe(241);
  const stored = await env.DB.prepare('SELECT reply_count FROM comments WHERE site_id = ? AND id = ?')
    .bind(room.site, root.id)
    .first('reply_count');
  expect(stored).toBe(120);
});

test.each([100, 1_000])('a limit of 5 admits exactly 5 of %d parallel posts by one reader', async (posts) => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const guest = room.reader();
  // From as many networks as there are posts: what holds is the INSERT alone.
  const answers = await times(posts, (i) => guest.at(network(i)).post(`Spam number ${i} for you.`));
  expect(statuses(answers)).toEqual({ 201: 5, 429: posts - 5 });
  expect((await room.public.thread()).body.article.commentCount).toBe(5);
});

/** An address in the n-th network of those that share no more than what is named. */
const PLACES = {
  network: () => '2001:db8:1:1::1',
  block: (n: number) => `2001:db8:1:1${(n % 256).toString(16).padStart(2, '0')}::1`,
  range: (n: number) => `2001:db8:1:${(n * 256).toString(16).slice(-4)}::1`,
};

type Place = keyof typeof PLACES;

const inPlace = (place: Place, n: number) => ({ 'CF-Connecting-IP': PLACES[place](n) });

describe.each<[Place, Record<string, number>]>([
  ['network', { comment: 16, edit: 30, flag: 12, vote: 60, session: 90, preview: 40 }],
  ['block', { comment: 24, edit: 45, flag: 18, vote: 90, session: 135 }],
  ['range', { comment: 48, edit: 60, flag: 24, vote: 120, session: 180, preview: 160 }],
])('of 1,000 parallel attempts from one %s', (place, counts) => {
  // Block and range are limited by the same statement: a short run tries them less often.
  const tried = place === 'network' ? 1_000 : rounds({ short: 300, long: 1_000 });
  const acts: Record<
    string,
    (room: Newsroom, comment: string, n: number, author: Reader) => Promise<{ status: number }>
  > = {
    comment: (room, _, n) => room.reader().with(inPlace(place, n)).post(`Sentence number ${n} of a thousand.`),
    edit: (_, comment, n, author) => author.with(inPlace(place, n)).edit(comment, 'Changed.'),
    flag: (room, comment, n) => room.reader().with(inPlace(place, n)).flag(comment, 'spam'),
    vote: (room, comment, n) => room.reader().with(inPlace(place, n)).vote(comment, 1),
    session: (room, _, n) => room.public.with({ Origin: ORIGIN, ...inPlace(place, n) }).redeem(guestKey()),
    preview: (room, _, n) => room.public.with(inPlace(place, n)).preview(`Sentence number ${n}.`),
  };

  test.each(Object.entries(counts))('%s admits exactly %i', async (operation, count) => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const author = room.reader();
    const { body: comment } = await author.at('198.51.100.1').post('The one that it is about.');
    const act = acts[operation] as (typeof acts)[string];
    const answers = await times(tried, (n) => act(room, comment.id, n, author));
    expect(answers.filter(({ status }) => status !== 429)).toHaveLength(count);
  });
});

test('200 parallel posts with one idempotency key make one row and one answer', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const guest = room.reader();
  const answers = await times(200, (i) => guest.at(network(i)).post('Only once, please.', { key: 'the-one-key' }));
  expect(statuses(answers)).toEqual({ 201: 200 });
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  expect((await room.public.thread()).body.comments).toHaveLength(1);
  expect((await room.public.thread()).body.article.commentCount).toBe(1);
});

test('200 parallel votes by 200 readers are 200 votes, and by one reader one', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const { body: comment } = await room.reader().post('Vote for this.');
  await times(200, (i) =>
    room
      .reader()
      .at(network(i))
      .vote(comment, i % 4 === 0 ? -1 : 1),
  );
  expect((await room.public.thread()).body.comments[0]).toMatchObject({ upVotes: 150, downVotes: 50 });

  const one = room.reader();
  await times(200, (i) => one.at(network(1_000 + i)).vote(comment, 1));
  expect((await room.public.thread()).body.comments[0]).toMatchObject({ upVotes: 151, downVotes: 50 });
});

test('of 50 moderators who decide at once, one is done and the others learn who was first', async () => {
  const room = await openNewsroom({ moderation: 'pre' });
  await room.publisher.putArticle();
  const { body: comment } = await room.reader().post('Decide on me.');
  await room.desk().headers();
  const answers = await times(50, (i) => room.desk().decide(comment.id, i % 2 === 0 ? 'approve' : 'reject'));
  expect(statuses(answers)).toEqual({ 200: 1, 409: 49 });
  expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({
    reason: 'decided-already',
    decidedBy: 'Mara',
  });
  const events = await env.DB.prepare("SELECT count(*) AS n FROM events WHERE site_id = ? AND subject_kind = 'comment'")
    .bind(room.site)
    .first('n');
  expect(events).toBe(1);
});
