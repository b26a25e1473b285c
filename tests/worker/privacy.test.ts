import { describe, expect, test } from 'vitest';
import { walk } from '../support/random-walk.ts';
import { articleFields, deskSteps } from '../support/random-walk-desk.ts';
import { readersSteps } from '../support/random-walk-readers.ts';
import { checkPermalinks, checkSome, checkWholeThread, readingSteps } from '../support/random-walk-reads.ts';
import { createWitness } from '../support/random-walk-witness.ts';
import { openWorld, type World } from '../support/random-walk-world.ts';
import { rounds } from '../support/rigs.ts';

/** A failure names its seed: put it here alone and the same steps are taken again. */
const SEEDS = [11, 23, 37, 41, 53, 67, 71, 89, 97, 101].slice(0, rounds({ short: 3, long: 10 }));
const STEPS_EACH = 2_000;

const ARTICLES = [
  ['post', 'post', 'open'],
  ['first', 'first-comment', 'open'],
  ['pre', 'pre', 'open'],
  ['closed', 'post', 'closed'],
  ['as-the-site', null, 'open'],
] as const;

/** Registered by whoever comments first. */
const UNKNOWN = ['unknown-1', 'unknown-2', 'unknown-3'];

const publish = async (world: World): Promise<void> => {
  for (const [key, mode, commenting] of ARTICLES) {
    const headers = { Authorization: world.publisher.Authorization };
    const body = articleFields(key, mode, commenting);
    await world.send('PUT', world.at.article(key), { headers, body });
    world.model.articles.set(key, { key, mode, known: true });
  }
  for (const key of UNKNOWN) world.model.articles.set(key, { key, mode: null, known: false });
};

const stroll = async (seed: number, number: number) => {
  const world = await openWorld(seed, number);
  await publish(world);
  const witness = createWitness(world);
  const steps = [...readersSteps(witness), ...deskSteps(witness), ...readingSteps(witness)];
  let looked = 0;
  const look = async (_: World, taken: number): Promise<void> => {
    if (world.model.changes > looked) await checkSome(world, witness);
    looked = world.model.changes;
    if (taken % 40 === 0) await checkWholeThread(world, witness, world.touched);
    if (taken % 100 === 0) await witness.compareWithRows();
    if (taken === STEPS_EACH) {
      for (const article of world.model.articles.keys()) await checkWholeThread(world, witness, article);
      await checkPermalinks(world, witness);
      await witness.compareWithRows();
    }
    // No two things happen in one millisecond, as their ids would tell by.
    world.clock.now += 1 + world.dice.below(400);
  };
  const taken = await walk(world, { seed, length: STEPS_EACH, steps }, look);
  return { world, taken };
};

describe('nothing private in a public answer', () => {
  test(`${SEEDS.length * STEPS_EACH} random steps of readers, moderators and publishers, seen from outside`, async () => {
    const walks = await Promise.all(SEEDS.map(stroll));
    for (const { world, taken } of walks) {
      // A walk on which nothing happens proves nothing.
      const statuses = new Set(world.model.comments.map(({ status }) => status));
      expect(statuses).toEqual(new Set(['pending', 'approved', 'published', 'rejected', 'spam', 'deleted']));
      expect(world.model.comments.length).toBeGreaterThan(100);
      expect(Math.max(...world.model.comments.map(({ revision }) => revision))).toBeGreaterThan(2);
      expect(world.model.comments.some(({ children }) => children.length > 5)).toBe(true);
      expect([...taken.keys()].length).toBeGreaterThan(18);
    }
  }, 600_000);
});
