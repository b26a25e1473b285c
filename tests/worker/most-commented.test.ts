import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommentStatus } from '../../src/core/comment/comment-status.ts';
import { RECENT_HOURS } from '../../src/core/front-page/article-listing.ts';
import { openFrontPage } from '../support/front-page.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const HOUR = 3_600_000;
let said = 0;

/** From a network of its own, with words of its own, so that nothing limits it. */
const say = async (room: Newsroom, article: string): Promise<string> => {
  said += 1;
  const reader = room.reader().at(`10.${said >> 16}.${(said >> 8) & 255}.${said & 255}`);
  const { status, body } = await reader.post(`Remark number ${said.toString(36)}.`, { article });
  expect(status).toBe(201);
  return body.id;
};

const decide = (room: Newsroom, id: string, from: CommentStatus, to: CommentStatus, article = 'ferry') =>
  room.stores().moderation.decide(
    {
      site: room.site,
      id: room.dependencies.ids.sortable(room.clock.now),
      actor: { kind: 'moderator', id: 'mara', name: 'Mara' },
      now: room.clock.now,
    },
    {
      verb: to === 'rejected' ? 'comment.rejected' : 'comment.approved',
      reason: '',
      changes: [{ id, articleKey: article, from, to, revision: 1 }],
    },
  );

const mostCommented = async (room: Newsroom, query = ''): Promise<string[]> => {
  const { status, body } = await room.public.mostCommented(`limit=50${query}`);
  expect(status).toBe(200);
  return body.articles.map(({ key }) => key);
};

/** To the first millisecond of an hour. */
const toFullHour = (room: Newsroom) => {
  room.clock.now = Math.ceil(room.clock.now / HOUR) * HOUR;
};

test('most commented counts the comments of the last hours, not all there are', async () => {
  const room = await openFrontPage();
  for (let n = 0; n < 3; n += 1) await say(room, 'opera');
  room.clock.tick(3 * 3_600);
  for (let n = 0; n < 2; n += 1) await say(room, 'ferry');
  await say(room, 'harbour');
  await room.runJobs();
  expect(await mostCommented(room)).toEqual(['opera', 'ferry', 'harbour']);
  expect(await mostCommented(room, '&hours=1')).toEqual(['ferry', 'harbour']);
  expect(await mostCommented(room, '&section=World')).toEqual(['ferry', 'harbour']);
  expect(await mostCommented(room, '&topic=Trade')).toEqual(['ferry']);
  expect(await mostCommented(room, '&author=Tamsin%20Orrel')).toEqual(['ferry']);
  const one = await room.public.mostCommented(`limit=1`);
  expect(one.body.articles).toHaveLength(1);
});

test('a rejected comment counts no more, and an approved one from its own hour on', async () => {
  const room = await openFrontPage();
  const id = await say(room, 'ferry');
  await room.runJobs();
  await decide(room, id, 'published', 'rejected');
  await room.runJobs();
  expect(await mostCommented(room)).toEqual([]);
  room.clock.tick(2 * 3_600);
  await decide(room, id, 'rejected', 'approved');
  await room.runJobs();
  expect(await mostCommented(room)).toEqual(['ferry']);
  expect(await mostCommented(room, '&hours=1')).toEqual([]);
});

test.each([
  ['hours=0', 400],
  ['hours=1', 200],
  ['hours=2', 400],
  ['hours=168', 200],
  ['hours=169', 400],
  ['hours=', 400],
  ['hours=6.5', 400],
  ['hours=a%20day', 400],
  ['hours=6&hours=24', 400],
  ['limit=50', 200],
  ['limit=51', 400],
  ['section=World&topic=Sea', 400],
])('most commented with %s answers %d', async (query, status) => {
  const room = await openNewsroom();
  const answer = await room.public.mostCommented(`${query}`);
  expect(answer.status).toBe(status);
  if (status === 400 && query.startsWith('hours')) {
    expect(JSON.stringify(answer.body)).toContain('hours: This must be one of 1, 6, 24, 72, 168.');
  }
});

describe('a comment', () => {
  test.each(RECENT_HOURS)(
    'counts among the last %d hours for as many whole hours and the running one',
    async (hours) => {
      const room = await openFrontPage();
      toFullHour(room);
      await say(room, 'ferry');
      room.clock.now += HOUR - 1;
      await say(room, 'harbour');
      const posted = room.clock.now;
      room.clock.now = posted + hours * HOUR;
      await room.runJobs();
      expect(await mostCommented(room, `&hours=${hours}`)).toEqual(['ferry', 'harbour']);
      room.clock.now += 1;
      await room.runJobs();
      expect(await mostCommented(room, `&hours=${hours}`)).toEqual([]);
    },
  );

  test('of the last minute of an hour still counts just after it', async () => {
    const room = await openFrontPage();
    toFullHour(room);
    room.clock.now -= 60_000;
    await say(room, 'ferry');
    room.clock.now += 60_000;
    await room.runJobs();
    expect(await mostCommented(room, '&hours=1')).toEqual(['ferry']);
  });

  test('that is stored when the job has already turned its hour counts in it', async () => {
    const room = await openFrontPage();
    toFullHour(room);
    await room.runJobs();
    room.clock.now -= 1;
    await say(room, 'ferry');
    room.clock.now += 2;
    await room.runJobs();
    expect(await mostCommented(room, '&hours=1')).toEqual(['ferry']);
    room.clock.now += HOUR;
    await room.runJobs();
    expect(await mostCommented(room, '&hours=1')).toEqual([]);
    expect(await mostCommented(room, '&hours=6')).toEqual(['ferry']);
  });

  test('older than what is kept by the hour still moves its article in "most commented" of all time', async () => {
    const room = await openFrontPage();
    const id = await say(room, 'ferry');
    await say(room, 'opera');
    await room.runJobs();
    room.clock.tick(30 * 86_400);
    await room.runJobs();
    await decide(room, id, 'published', 'rejected');
    await room.runJobs();
    const { body } = await room.public.articles(`sort=most-commented`);
    expect(body.articles.map(({ key }) => key)).toEqual(['opera', 'harbour', 'ferry']);
    expect(await mostCommented(room, '&hours=168')).toEqual([]);
  });
});

const ARTICLES = ['ferry', 'harbour', 'opera'] as const;

type Step =
  | { act: 'say'; article: (typeof ARTICLES)[number] }
  | { act: 'decide'; which: number }
  | { act: 'wait'; minutes: number }
  | { act: 'job' };

const AnyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('say'), article: fc.constantFrom(...ARTICLES) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('decide'), which: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('wait'),
      minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 4_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('job') }) },
) as fc.Arbitrary<Step>;

/** The rankings as they should be, from the comments themselves. */
const recount = async (room: Newsroom, hours: number, section?: string): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    `SELECT c.article_key AS key FROM comments c JOIN articles a ON a.site_id = c.site_id AND a.key = c.article_key
    WHERE c.site_id = ?1 AND c.status IN ('approved', 'published') AND c.created_at / ${HOUR} >= ?2
      AND coalesce(a.section = ?3, true)
    GROUP BY 1 ORDER BY count(*) DESC, 1`,
  )
    .bind(room.site, Math.floor(room.clock.now / HOUR) - hours, section ?? null)
    .all<{ key: string }>();
  return results.map(({ key }) => key);
};

test('after any walk of comments, decisions, hours and late jobs each ranking equals a recount', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyStep, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const room = await openFrontPage();
      const comments: { id: string; article: string; status: CommentStatus }[] = [];
      for (const step of steps) {
        if (step.act === 'say')
          comments.push({ id: await say(room, step.article), article: step.article, status: 'published' });
        else if (step.act === 'wait') room.clock.tick(step.minutes * 60);
        else if (step.act === 'job') await room.runJobs();
        else if (comments.length > 0) {
          const comment = comments[step.which % comments.length] as (typeof comments)[number];
          const to = comment.status === 'rejected' ? 'approved' : 'rejected';
          await decide(room, comment.id, comment.status, to, comment.article);
          comment.status = to;
        }
      }
      await room.runJobs();
      for (const hours of RECENT_HOURS) {
        expect(await mostCommented(room, `&hours=${hours}`)).toEqual(await recount(room, hours));
        expect(await mostCommented(room, `&hours=${hours}&section=World`)).toEqual(await recount(room, hours, 'World'));
      }
    }),
    { numRuns: 25 },
  );
});
