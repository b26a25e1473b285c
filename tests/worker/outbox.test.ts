import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import {
  DELIVERY_MILLIS,
  deliverLetters,
  MOST_ATTEMPTS,
  type Receiver,
  turnAt,
  waitAfter,
} from '../../src/core/outbox/deliver-letters.ts';
import type { Happening, Letter, Outbox } from '../../src/core/outbox/outbox.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const DAY = 86_400;

/** Seconds after which the letters of a deed may go out. */
const SETTLED = 61;

/** A site where `ears` listens, and a receiver that notes what it hears. */
const openListening = async (happenings: readonly Happening[], settings: Record<string, unknown> = {}) => {
  const room = await openNewsroom(settings);
  const { outbox } = room.stores();
  await outbox.listen(room.site, 'ears', happenings);
  const heard: Letter[] = [];
  const ears: Receiver = async (letter) => {
    heard.push(letter);
  };
  const deliver = (more: { outbox?: Outbox; receivers?: [string, Receiver][] } = {}) =>
    deliverLetters(
      {
        outbox: more.outbox ?? outbox,
        receivers: new Map(more.receivers ?? [['ears', ears]]),
        clock: room.dependencies.clock,
        random: () => 0.5,
      },
      room.site,
    );
  return { room, outbox, heard, ears, deliver };
};

const count = async (room: Newsroom, table: 'outbox' | 'dead_letters') =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?`).bind(room.site).first<number>('n');

const about = (letters: Letter[]) => letters.map(({ verb, subject }) => `${verb} ${subject.id}`);

/** So many keys, one after the other: a letter each. Answers the keys' ids in order. */
const makeKeys = async (room: Newsroom, keys: number): Promise<string[]> => {
  for (let i = 0; i < keys; i += 1) {
    room.clock.tick(1);
    await room.operator.createKey(`key ${i}`);
  }
  room.clock.tick(SETTLED);
  const events = await room.operator.wholeLog();
  return events.flatMap(({ verb, subject }) => (verb === 'key.created' ? [subject.id] : [])).slice(-keys);
};

describe('a letter is written', () => {
  test('in the batch of the deed, for each that listens to it and for nobody else', async () => {
    const { room, outbox, heard, deliver } = await openListening(['comment.rejected', 'word.added']);
    const other = await openNewsroom();
    await outbox.listen(room.site, 'others', ['reader.banned']);
    for (const { publisher, operator } of [room, other]) {
      await publisher.putArticle();
      await operator.changeSettings({ moderation: 'pre', bannedWords: ['hogwash', 'piffle'], maxLinks: 7 });
    }
    const comments = [await room.reader().say(), await room.reader().say()];
    await room.desk().decideMany(
      'reject',
      comments.map((comment) => ({ comment })),
    );
    expect(await count(other, 'outbox')).toBe(0);
    room.clock.tick(SETTLED);
    await deliver();
    expect(about(heard)).toEqual([
      ...['word.added hogwash', 'word.added piffle'],
      ...comments.map(({ id }) => `comment.rejected ${id}`),
    ]);
    expect(heard.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
    await outbox.listen(room.site, 'ears', []);
    await room.operator.changeSettings({ bannedWords: [] });
    expect(await count(room, 'outbox')).toBe(0);
  });

  test('about a comment whenever it comes to be seen, and not when it goes or never came', async () => {
    const { room, heard, deliver } = await openListening(['comment.published'], { moderation: 'post' });
    await room.publisher.putArticle();
    await room.publisher.putArticle('slow', { moderation: 'pre' });
    const ada = room.reader();
    const seen = await ada.say('At once.', { key: 'key-0001' });
    await ada.post('At once.', { key: 'key-0001' });
    const held = await room.reader().say('Later.', { article: 'slow' });
    const desk = room.desk();
    const step = async (work: Promise<{ status: number }>) => {
      room.clock.tick(1);
      expect((await work).status).toBe(200);
    };
    await step(desk.decide(held, 'approve'));
    await step(desk.decide(seen.id, 'approve', 'published'));
    await step(desk.decide(seen.id, 'reject', 'approved'));
    await step(desk.undo([seen.id]));
    await step(desk.decide(held, 'spam', 'approved'));
    room.clock.tick(SETTLED);
    await deliver();
    expect(about(heard)).toEqual([seen, held, seen].map(({ id }) => `comment.published ${id}`));
  });

  test('at no cost to a site where nobody listens', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const { outbox } = room.stores();
    const costOf = async () => {
      room.meter.take();
      await room.reader().say();
      return room.meter.take().rowsWritten;
    };
    await costOf();
    const without = await costOf();
    await outbox.listen(room.site, 'ears', ['comment.published']);
    expect(await costOf()).toBe(without + 1);
  });
});

describe('letters arrive', () => {
  test.each(['before', 'after'])(
    'each and in order, whoever is killed %s whichever step of a delivery',
    async (when) => {
      const { room, outbox, heard, ears, deliver } = await openListening(['key.created']);
      let cut = 0;
      for (let isCut = true; isCut; cut += 1) {
        let steps = 0;
        let isDead = false;
        const die = () => {
          isDead = true;
          throw new Error('killed');
        };
        /** One step: whoever is dead takes no other one. */
        const stepped =
          <Args extends unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
          async (...args: Args): Promise<Answer> => {
            if (isDead) die();
            steps += 1;
            if (steps > cut && when === 'before') die();
            const answer = await work(...args);
            if (steps > cut) die();
            return answer;
          };
        const mortal = Object.fromEntries(
          Object.entries(outbox).map(([name, work]) => [name, stepped(work as () => Promise<unknown>)]),
        ) as unknown as Outbox;
        const keys = await makeKeys(room, 3);
        heard.length = 0;
        isCut = await deliver({ outbox: mortal, receivers: [['ears', stepped(ears)]] }).then(
          () => false,
          () => true,
        );
        room.clock.tick(DAY);
        await deliver();
        const first = heard.filter(({ subject }, i) => heard.findIndex((one) => one.subject.id === subject.id) === i);
        expect(
          first.map(({ subject }) => subject.id),
          `cut ${when} step ${cut}`,
        ).toEqual(keys);
        // Only what was in hand comes a second time, known by its id, and right after the first.
        expect(heard.length).toBeLessThanOrEqual(keys.length + 1);
        expect([await count(room, 'outbox'), await count(room, 'dead_letters')]).toEqual([0, 0]);
      }
      // One look for receivers, three steps a letter, and the look that finds no other one.
      expect(cut - 1).toBe(1 + 3 * 3 + 1);
    },
  );

  test('once and in order where two deliver at the same time', async () => {
    const { room, heard, deliver } = await openListening(['key.created']);
    const keys = await makeKeys(room, 4);
    for (let i = 0; i < 6; i += 1) await Promise.all([deliver(), deliver()]);
    expect(heard.map(({ subject }) => subject.id)).toEqual(keys);
  });

  test('a minute after its deed, when no deed with a lower id can come any more', async () => {
    const { room, outbox, heard, deliver } = await openListening(['key.created']);
    await room.operator.createKey('made');
    room.clock.tick(59);
    expect(await outbox.findSitesWithLetters(turnAt(room.clock.now), 1_000)).not.toContain(room.site);
    await deliver();
    expect(heard).toEqual([]);
    room.clock.tick(2);
    await deliver();
    expect(heard).toHaveLength(1);
  });

  test('late where a receiver fails: after longer and longer waits, and what comes after waits, too', async () => {
    const { room, heard, ears, deliver } = await openListening(['key.created']);
    const keys = await makeKeys(room, 2);
    let failures = 3;
    const failing: Receiver = async (letter) => {
      failures -= 1;
      if (failures >= 0) throw new Error('away');
      await ears(letter);
    };
    const waits: number[] = [];
    const notBefore = env.DB.prepare('SELECT max(not_before) AS at FROM outbox WHERE site_id = ?').bind(room.site);
    for (let i = 0; i < 3; i += 1) {
      await deliver({ receivers: [['ears', failing]] });
      const at = (await notBefore.first<number>('at')) ?? 0;
      waits.push(at - room.clock.now);
      room.clock.now = at - 1;
      await deliver();
      expect(heard).toEqual([]);
      room.clock.now = at;
    }
    await deliver({ receivers: [['ears', failing]] });
    expect(heard.map(({ subject }) => subject.id)).toEqual(keys);
    expect(heard[0]?.attempt).toBe(4);
    expect(waits).toEqual([22_500, 45_000, 90_000]);
  });

  test('not at all after so many attempts, and what comes after is not held up', async () => {
    const { room, heard, ears, deliver } = await openListening(['key.created']);
    const [bad, ...good] = await makeKeys(room, 3);
    const picky: Receiver = async (letter) => {
      if (letter.subject.id === bad) throw new Error('not this one');
      await ears(letter);
    };
    for (let i = 0; i < MOST_ATTEMPTS; i += 1) {
      expect(heard).toEqual([]);
      await deliver({ receivers: [['ears', picky]] });
      room.clock.tick(DAY);
    }
    expect(heard.map(({ subject }) => subject.id)).toEqual(good);
    const dead = await env.DB.prepare('SELECT * FROM dead_letters WHERE site_id = ?').bind(room.site).all();
    expect(dead.results).toMatchObject([{ receiver: 'ears', subject_id: bad, attempts: MOST_ATTEMPTS }]);
    expect(await count(room, 'outbox')).toBe(0);
  });

  test('not at all where each deliverer is killed over it, and what comes after is not held up', async () => {
    const { room, outbox, heard, deliver } = await openListening(['key.created']);
    const [deadly, ...good] = await makeKeys(room, 2);
    for (let i = 0; i < MOST_ATTEMPTS; i += 1) {
      const letter = await outbox.claim(room.site, 'ears', turnAt(room.clock.now), room.clock.now + 1_000);
      expect(letter).toMatchObject({ subject: { id: deadly }, attempt: i + 1 });
      room.clock.tick(1);
    }
    await deliver();
    expect(heard.map(({ subject }) => subject.id)).toEqual(good);
    expect([await count(room, 'outbox'), await count(room, 'dead_letters')]).toEqual([0, 1]);
  });

  test('at one receiver whatever another one does, also where this version has no such other one', async () => {
    const { room, outbox, heard, ears, deliver } = await openListening(['key.created']);
    await outbox.listen(room.site, 'away', ['key.created']);
    await outbox.listen(room.site, 'unknown', ['key.created']);
    const keys = await makeKeys(room, 25);
    const away: Receiver = () => Promise.reject(new Error('away'));
    const receivers: [string, Receiver][] = [
      ['ears', ears],
      ['away', away],
    ];
    expect(await deliver({ receivers })).toEqual({ done: 20, isMore: true });
    expect(await deliver({ receivers })).toEqual({ done: 5, isMore: false });
    expect(heard.map(({ subject }) => subject.id)).toEqual(keys);
    expect(await count(room, 'outbox')).toBe(50);
  });

  test('and whoever comes back after their lease changes nothing', async () => {
    const { room, outbox } = await openListening(['key.created']);
    await makeKeys(room, 1);
    const claim = () => outbox.claim(room.site, 'ears', turnAt(room.clock.now), room.clock.now + 60_000);
    const late = await claim();
    expect(await claim()).toBeNull();
    room.clock.tick(60);
    const now = await claim();
    expect([late?.attempt, now?.attempt]).toEqual([1, 2]);
    if (late === null || now === null) return;
    await outbox.remove(late);
    await outbox.bury(late, room.clock.now);
    await outbox.postpone(late, 0);
    expect([await count(room, 'outbox'), await count(room, 'dead_letters'), await claim()]).toEqual([1, 0, null]);
    await outbox.remove(now);
    expect(await count(room, 'outbox')).toBe(0);
  });

  test('later where a receiver does not answer within a minute, which then holds up no job', async () => {
    const { room } = await openListening(['key.created']);
    await makeKeys(room, 1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const asked = new Promise<void>((resolve) => {
        const silent: Receiver = async (letter) => {
          // Letters of other sites of this file may wait, too.
          if (letter.site !== room.site) return;
          resolve();
          await new Promise(() => {});
        };
        room.dependencies.receivers = new Map([['ears', silent]]);
      });
      const running = room.runJobs();
      await asked;
      vi.advanceTimersByTime(DELIVERY_MILLIS);
      await running;
    } finally {
      vi.useRealTimers();
    }
    const [row] = (await env.DB.prepare('SELECT * FROM outbox WHERE site_id = ?').bind(room.site).all()).results;
    expect(row).toMatchObject({ attempts: 1 });
    expect(row?.not_before).toBeLessThan(room.clock.now + DELIVERY_MILLIS);
  });

  test('by the job of every minute', async () => {
    const { room, ears, heard } = await openListening(['key.created']);
    const keys = await makeKeys(room, 1);
    room.dependencies.receivers = new Map([['ears', ears]]);
    await room.runJobs();
    // Letters of this file's other sites may wait, too.
    const here = heard.filter(({ site }) => site === room.site);
    expect(here.map(({ subject }) => subject.id)).toEqual(keys);
  });
});

test('a wait is twice as long as the one before it, up to six hours, and never less than half of that', () => {
  const waits = (random: number) => Array.from({ length: MOST_ATTEMPTS }, (_, i) => waitAfter(i + 1, () => random));
  const longest = waits(1);
  expect(longest.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
  expect(longest.at(-1)).toBe(6 * 3_600_000);
  expect(waits(0)).toEqual(longest.map((wait) => wait / 2));
});
