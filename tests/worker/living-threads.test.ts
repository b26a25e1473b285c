import { expect, test } from 'vitest';
import { createPageCache } from '../../src/http/cache/page-cache.ts';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import { secondsAfter } from '../../src/widget/living/pace.ts';
import { ORIGIN, openNewsroom } from '../support/newsroom.ts';

const HOUR = 3_600;
const READERS = 50;

/** The app behind the page cache of an isolate that many readers of one article share. */
const openShared = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const dependencies = { ...room.dependencies, pages: createPageCache() };
  const fromCache = createPublicCache(dependencies, async (request) => room.app.fetch(request, dependencies));
  const ask = async (held: string): Promise<Response> => {
    const request = new Request(`${ORIGIN}${room.at.thread()}?sort=newest&limit=20`, {
      headers: held === '' ? {} : { 'If-None-Match': held },
    });
    return fromCache(request, publicAddressOf(request) ?? '', () => undefined);
  };
  return { room, ask };
};

test('a page that is open for an hour asks 17 times while nothing happens, and never twice within 20 seconds', () => {
  let [asked, seconds] = [0, 0];
  for (; seconds <= HOUR; asked++) seconds += secondsAfter(asked + 1);
  expect(asked).toBe(17);
  for (let n = 0; n < 100; n++) {
    expect(secondsAfter(n)).toBeGreaterThanOrEqual(20);
    expect(secondsAfter(n + 1)).toBeGreaterThanOrEqual(secondsAfter(n));
    expect(secondsAfter(n)).toBeLessThanOrEqual(300);
  }
});

test('an unchanged thread that many readers have open costs one row in 15 seconds, and none within them', async () => {
  const { room, ask } = await openShared();
  await room.reader().post('All that will ever be said.');
  const held = (await ask('')).headers.get('ETag') ?? '';
  room.clock.tick(16);
  room.meter.take();
  for (let n = 0; n < READERS; n++) expect((await ask(held)).status).toBe(304);
  expect(room.meter.take()).toEqual({ roundTrips: 1, rowsRead: 1, rowsWritten: 0, kvOperations: 0 });
  for (let n = 0; n < READERS; n++) expect((await ask(held)).status).toBe(304);
  expect(room.meter.take()).toEqual({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 });
});

test('an hour of an open page costs its article’s changes: a row for each question, a page for each change', async () => {
  const { room, ask } = await openShared();
  for (let n = 0; n < 20; n++) {
    await room.reader().at(`198.51.100.${n}`).post(`Comment ${n} of many others.`);
    room.clock.tick(10);
  }
  let held = (await ask('')).headers.get('ETag') ?? '';
  room.meter.take();
  const cost = { unchanged: 0, changed: 0 };
  const seen = { unchanged: 0, changed: 0 };
  let inVain = 0;
  for (let seconds = 0, turn = 0; seconds < HOUR; turn++) {
    const wait = secondsAfter(inVain);
    seconds += wait;
    room.clock.tick(wait);
    if (turn === 4 || turn === 9) {
      expect((await room.reader().at(`203.0.113.${turn}`).post(`News of turn ${turn}.`)).status).toBe(201);
      room.meter.take();
    }
    const answer = await ask(held);
    held = answer.headers.get('ETag') ?? '';
    const kind = answer.status === 304 ? 'unchanged' : 'changed';
    inVain = kind === 'changed' ? 0 : inVain + 1;
    seen[kind]++;
    cost[kind] += room.meter.take().rowsRead;
  }
  expect(seen.changed).toBe(2);
  expect(cost.unchanged).toBe(seen.unchanged);
  // Each of them is a page of 20 comments, and the row that said that it has changed.
  expect(cost.changed).toBeLessThanOrEqual(2 * 24);
});
