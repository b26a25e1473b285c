import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/core/rate-limit/network.ts';
import { createStores } from '../../src/store/stores.ts';
import { networkNamed } from '../support/memory/platform.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { openScene } from '../support/store-contract/scene.ts';

const HOUR = 3_600;
const HOME = '198.51.100.7';

/** At eight in the morning, under an article where everything is published at once. */
const openRoom = async (settings = {}) => {
  const room = await openNewsroom({ moderation: 'post', ...settings });
  room.clock.now = Date.UTC(2026, 10, 20, 8);
  await room.publisher.putArticle();
  return room;
};

/** Somebody posts from these networks and is banned; what comes from the last of them is held for so long. */
const banFrom = async (room: Newsroom, hours?: number, networks = [HOME]) => {
  const troll = room.reader();
  const said = [];
  for (const network of networks) said.push(await troll.at(network).say());
  expect((await room.desk().ban(await troll.id(), 'ban', null, hours)).status).toBe(204);
  return { troll, said };
};

const statusFrom = async (room: Newsroom, network = HOME) => (await room.reader().at(network).say()).status;

/** A post of a new reader from the held network. */
const costOf = async (room: Newsroom) => {
  const guest = room.reader().at(HOME);
  room.meter.take();
  const { status, body } = await guest.post(`It sails at ${room.clock.now}.`);
  expect([status, body.status]).toEqual([202, 'pending']);
  const cost = room.meter.take();
  room.clock.tick(4);
  return cost;
};

const holdsOf = async ({ site }: Newsroom) =>
  (await env.DB.prepare('SELECT until FROM network_holds WHERE site_id = ?').bind(site).all()).results;

describe('a ban that holds its network', () => {
  test('lets what new readers write there wait, says why, and is over after its hours', async () => {
    const room = await openRoom();
    await banFrom(room, 6);
    const held = await room.reader().at(HOME).say();
    expect(held.status).toBe('pending');
    const { items } = (await room.desk().queue()).body;
    expect(items).toMatchObject([{ id: held.id, signals: [{ phase: 'ban', because: 'network' }] }]);
    room.clock.tick(6 * HOUR - 60);
    expect(await statusFrom(room)).toBe('pending');
    room.clock.tick(60);
    expect(await statusFrom(room)).toBe('published');
    await room.runJobs();
    expect(await holdsOf(room)).toEqual([]);
  });

  test('is only for those who ask for it', async () => {
    const room = await openRoom();
    await banFrom(room);
    await banFrom(room, 0);
    const { troll } = await banFrom(room, 0, ['203.0.113.7']);
    await room.desk().ban(await troll.id(), 'none', null, 72);
    expect([await statusFrom(room), await statusFrom(room, '203.0.113.7')]).toEqual(['published', 'published']);
    for (const hours of [-1, 73, 1.5, null as never])
      expect((await room.desk().ban(await troll.id(), 'ban', null, hours)).body).toMatchObject({
        reason: 'invalid-input',
      });
  });

  test('holds the IPv6 /64 and the IPv4 address, each that the reader has posted from, and no neighbour', async () => {
    const room = await openRoom();
    await banFrom(room, 24, [HOME, '2001:db8:1:2::7']);
    expect(await statusFrom(room, '2001:db8:1:2:ffff::9')).toBe('pending');
    expect(await statusFrom(room)).toBe('pending');
    expect(await statusFrom(room, '2001:db8:1:3::7')).toBe('published');
    expect(await statusFrom(room, '198.51.100.8')).toBe('published');
  });

  test('leaves known readers alone, and holds an edit of everybody else', async () => {
    const room = await openRoom();
    const [known, other] = [room.reader().at(HOME), room.reader().at(HOME)];
    const [first, theirs] = [await known.say(), await other.say()];
    await room.desk().decide(first, 'approve', 'published');
    await banFrom(room, 24);
    expect((await known.say()).status).toBe('published');
    expect((await known.edit(first, 'It sails, they say.')).body.status).toBe('published');
    expect((await other.edit(theirs, 'It sails, I say.')).body.status).toBe('pending');
    expect((await room.desk().queue()).body.items).toMatchObject([
      { id: theirs.id, signals: [{ phase: 'ban', because: 'network' }] },
    ]);
  });

  test('finds the network by a comment that its reader has deleted, and by one with a key', async () => {
    const room = await openRoom();
    const troll = room.reader();
    await troll.at('203.0.113.9').post('With a key.', { key: 'key-00000001' });
    expect((await troll.at(HOME).erase(await troll.at(HOME).say())).status).toBe(204);
    await room.desk().ban(await troll.id(), 'shadow-ban', 7, 24);
    expect([await statusFrom(room), await statusFrom(room, '203.0.113.9')]).toEqual(['pending', 'pending']);
  });

  test('is known of a comment of yesterday, and not of one from before', async () => {
    const room = await openRoom();
    const troll = room.reader();
    await troll.at('203.0.113.9').say();
    room.clock.tick(10 * HOUR);
    await troll.at(HOME).say();
    room.clock.tick(14 * HOUR);
    await room.runJobs();
    await room.desk().ban(await troll.id(), 'ban', null, 72);
    expect([await statusFrom(room), await statusFrom(room, '203.0.113.9')]).toEqual(['pending', 'published']);
  });

  test('goes on over midnights while something comes from there each day, if only an edit', async () => {
    const room = await openRoom();
    const other = room.reader().at(HOME);
    const theirs = await other.say();
    await banFrom(room, 72);
    await room.operator.changeSettings({ editWindowSeconds: 86_400 });
    room.clock.tick(23 * HOUR);
    await other.edit(theirs, 'It sails, I say.');
    for (let day = 0; day < 2; day += 1) {
      room.clock.tick(22 * HOUR);
      await room.runJobs();
      expect(await statusFrom(room)).toBe('pending');
    }
    // Twelve hours before its end.
    room.clock.tick(5 * HOUR);
    expect(await statusFrom(room)).toBe('published');
  });

  test('is not known any more after a whole day, from midnight to midnight, without anything from there', async () => {
    const room = await openRoom();
    await banFrom(room, 72);
    room.clock.tick(40 * HOUR + 60);
    expect(await statusFrom(room)).toBe('published');
  });

  test('is kept in the log, also where the ban itself stands already', async () => {
    const room = await openRoom();
    const { troll } = await banFrom(room);
    await room.desk().ban(await troll.id(), 'ban', null, 6);
    expect(await statusFrom(room)).toBe('pending');
    const { results } = await env.DB.prepare(
      "SELECT facts FROM events WHERE site_id = ? AND verb = 'reader.banned' ORDER BY id",
    )
      .bind(room.site)
      .all<{ facts: string }>();
    const facts = results.map((event) => JSON.parse(event.facts));
    expect(facts).toEqual([{}, { networkHeldUntil: room.clock.now - 4_000 + 6 * HOUR * 1_000 }]);
  });

  test('costs a post two rows at most, and none where no network is held', async () => {
    const { site, clock, stores, post, deed } = await openScene(() => createStores(env.DB, env.KV, 'first-primary'));
    const room = await openRoom();
    const rowsFor = async (network: Network) => {
      room.meter.take();
      const { isNetworkHeld } = await room.stores().postings.loadPosting({
        ...{ siteId: site, articleKey: 'ferry', parentId: null, readerId: 'emil', textHash: 'none', network },
        ...{ sameTextSince: clock.now(), idempotencyKey: null, now: clock.now() },
      });
      return { isNetworkHeld, ...room.meter.take() };
    };
    const none = await rowsFor(networkNamed('elsewhere', clock.now()));
    expect(none).toMatchObject({ isNetworkHeld: false, roundTrips: 1, rowsWritten: 0 });
    // As many as without the question.
    expect(none.rowsRead).toBeLessThanOrEqual(6);
    const ban = async () => {
      await post({ readerId: 'cleo', network: networkNamed('home', clock.now()) });
      await stores.readers.ban(deed(), 'cleo', 'ban', null, clock.now() + 72 * HOUR * 1_000);
    };
    for (const wait of [0, 24 * HOUR]) {
      clock.tick(wait);
      await ban();
      const held = await rowsFor(networkNamed('home', clock.now()));
      expect(held).toMatchObject({ isNetworkHeld: true, roundTrips: 1, rowsWritten: 0 });
      expect(held.rowsRead).toBeLessThanOrEqual(none.rowsRead + 2);
    }
  });

  test('is carried on by what comes from there, and ends when it would have', async () => {
    const room = await openRoom();
    await banFrom(room, 24);
    const end = room.clock.now + 24 * HOUR * 1_000;
    room.clock.tick(20 * HOUR);
    const first = await costOf(room);
    const second = await costOf(room);
    expect(first.rowsWritten).toBe(second.rowsWritten + 2);
    expect(first.roundTrips).toBe(2);
    expect(await holdsOf(room)).toEqual([{ until: end }, { until: end }]);
  });
});
