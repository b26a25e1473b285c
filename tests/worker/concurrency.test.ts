import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { openNewsroom } from '../support/newsroom.ts';

const times = <T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

const statuses = (answers: { status: number }[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** A different network for each, so that only what the test is about limits. */
const network = (i: number) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;

test('300 parallel posts leave every counter equal to a recount', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const { body: root } = await room.reader().at(network(99_999)).post('The first of many.');
  room.clock.tick(61);
  const answers = await times(299, (i) =>
    room
      .reader()
      .at(network(i))
      .post(`Number ${i} of the crowd speaks.`, i % 2 === 0 ? { parentId: root.id } : {}),
  );
  expect(statuses(answers)).toEqual({ 201: 299 });
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(299);

  const { body } = await room.public.thread();
  expect(body.article.commentCount).toBe(300);
  expect((await room.desk().queue('unmoderated')).body.counts.unmoderated).toBe(300);
  const stored = await env.DB.prepare('SELECT reply_count FROM comments WHERE site_id = ? AND id = ?')
    .bind(room.site, root.id)
    .first('reply_count');
  expect(stored).toBe(150);
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

test.each([100, 1_000])(
  'a limit of 20 for a network admits at most 20 of %d parallel posts, each by a new guest',
  async (posts) => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const answers = await times(posts, (i) => room.reader().post(`Spam number ${i} for you.`));
    expect(statuses(answers)).toEqual({ 201: 20, 429: posts - 20 });
    expect((await room.public.thread()).body.article.commentCount).toBe(20);
  },
);

test('200 parallel posts with one idempotency key make one row and one answer', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const guest = room.reader();
  const answers = await times(200, () => guest.post('Only once, please.', { key: 'the-one-key' }));
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
