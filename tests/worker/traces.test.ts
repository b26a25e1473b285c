import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { createStores } from '../../src/store/stores.ts';
import { anyMarkdown } from '../support/any-markdown.ts';
import { networkNamed } from '../support/memory/platform.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { openScene } from '../support/store-contract/scene.ts';

const HOUR = 3_600;

const openWithArticle = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  return room;
};

const tracesOf = async ({ site }: Newsroom): Promise<string[]> => {
  const { results } = await env.DB.prepare('SELECT trace FROM comment_traces WHERE site_id = ? ORDER BY trace')
    .bind(site)
    .all<{ trace: string }>();
  return results.map(({ trace }) => trace.split(' ')[0] ?? '');
};

describe('what a comment can be found by for a day', () => {
  test('is its text and its request, and a day later none of them', async () => {
    const room = await openWithArticle();
    const ada = room.reader();
    const say = () => ada.post('The *ferry* was late.', { key: 'key-00000001' });
    const { body: first } = await say();
    expect(await tracesOf(room)).toEqual(['request', 'text']);
    room.clock.tick(23 * HOUR);
    await room.runJobs();
    expect((await say()).body.id).toBe(first.id);
    expect((await ada.post('The ferry was late!')).body).toMatchObject({ reason: 'repeated-text' });
    room.clock.tick(7 * HOUR);
    await room.runJobs();
    expect(await tracesOf(room)).toEqual([]);
    // The comment itself has lost nothing.
    expect((await ada.mine()).body.comments).toMatchObject([{ id: first.id, source: 'The *ferry* was late.' }]);
    expect((await say()).status).toBe(201);
  });

  test('is looked for also in the last minute of six hours, when the next ones are looked into already', async () => {
    const room = await openWithArticle();
    const sixHours = 6 * HOUR * 1_000;
    room.clock.now = (Math.floor(room.clock.now / sixHours) + 1) * sixHours - 30_000;
    const ada = room.reader();
    expect((await ada.post('Just before midnight.')).status).toBe(201);
    room.clock.tick(20);
    expect((await ada.post('Just before midnight.')).body).toMatchObject({ reason: 'repeated-text' });
  });

  test('ends with the six hours that lie a day back, and reaches a minute ahead into the next', async () => {
    const { site, stores, clock, post } = await openScene(() => createStores(env.DB, env.KV, 'first-primary'));
    const tickTo = (hour: number, millis = 0) =>
      clock.tick((Date.UTC(2026, 0, 2, hour) + millis - clock.now()) / 1_000);
    const find = async (idempotencyKey: string) => {
      const { earlier } = await stores.postings.loadPosting({
        ...{ siteId: site, articleKey: 'ferry', parentId: null, readerId: 'cleo', textHash: 'none' },
        ...{ sameTextSince: clock.now(), idempotencyKey, now: clock.now() },
        network: networkNamed('anywhere', clock.now()),
      });
      return earlier?.comment.id ?? null;
    };
    const early = await post({ readerId: 'cleo', idempotencyKey: 'early' });
    tickTo(12);
    const ahead = await post({ readerId: 'cleo', idempotencyKey: 'ahead' });
    tickTo(12, -60_000);
    expect(await find('ahead')).toBe(ahead.id);
    tickTo(12, -60_001);
    expect(await find('ahead')).toBeNull();
    tickTo(24 + 12, -1);
    expect(await find('early')).toBe(early.id);
    tickTo(24 + 12);
    expect(await find('early')).toBeNull();
    expect(await find('ahead')).toBe(ahead.id);
  });

  test('goes with an edit to the new words, and from a deleted comment with its text', async () => {
    const room = await openWithArticle();
    const ada = room.reader();
    const { body: comment } = await ada.post('The first words of it.');
    expect((await ada.edit(comment.id, 'Quite other words.')).status).toBe(200);
    expect((await ada.post('Quite other words.')).body).toMatchObject({ reason: 'repeated-text' });
    expect((await ada.post('The first words of it.')).status).toBe(201);
    expect((await ada.erase(comment.id)).status).toBe(204);
    expect((await tracesOf(room)).sort()).toEqual(['request', 'request', 'text']);
    expect((await ada.post('Quite other words.')).status).toBe(201);
  });

  test('is deleted in steps of the asked size, the other sites’ with it', async () => {
    const [room, other] = [await openWithArticle(), await openWithArticle()];
    for (const one of [room, other]) for (let i = 0; i < 3; i += 1) await one.reader().post(`Text ${i} of three.`);
    room.clock.tick(31 * HOUR);
    await room.reader().post('One of today.');
    const { traces } = room.stores();
    const before = room.clock.now - 24 * HOUR * 1_000;
    expect(await traces.forget(before, 2)).toBe(2);
    expect(await traces.forget(before, 1_000)).toBeGreaterThanOrEqual(4);
    expect([await tracesOf(room), await tracesOf(other)]).toEqual([['request', 'text'], []]);
    room.meter.take();
    expect(await traces.forget(before, 1_000)).toBe(0);
    expect(room.meter.take().rowsWritten).toBe(0);
  });
});

describe('a comment from before there were traces', () => {
  test('is emptied of its network, hash, key and of a source that its tree tells; once', async () => {
    const room = await openWithArticle();
    const ada = room.reader();
    const sources = ['Told by its *tree*.', '# Not told by its tree'];
    for (const source of sources) {
      const { body: comment } = await ada.post(source);
      await env.DB.prepare(
        `UPDATE comments SET source = ?, network_key = 'network', idempotency_key = 'key-' || id, text_hash = 'hash',
          revision = revision + 1
        WHERE site_id = ? AND id = ?`,
      )
        .bind(source, room.site, comment.id)
        .run();
    }
    const { traces } = room.stores();
    expect(await traces.emptyOld(1)).toBe(1);
    expect(await traces.emptyOld(100)).toBe(1);
    const { results } = await env.DB.prepare(
      'SELECT source, network_key, idempotency_key, text_hash FROM comments WHERE site_id = ? ORDER BY id',
    )
      .bind(room.site)
      .all();
    const emptied = { network_key: null, idempotency_key: null, text_hash: '' };
    expect(results).toEqual([
      { source: '', ...emptied },
      { source: sources[1], ...emptied },
    ]);
    const mine = (await ada.mine()).body.comments.map(({ source }) => source);
    expect(mine.sort()).toEqual([...sources].sort());
    room.meter.take();
    expect(await traces.emptyOld(100)).toBe(0);
    const { rowsRead, ...cost } = room.meter.take();
    expect(cost).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
    expect(rowsRead).toBeLessThanOrEqual(1);
  });
});

test('whatever was typed is read again to the letter, by its author and by a moderator', async () => {
  const room = await openWithArticle();
  const typed = fc.sample(
    anyMarkdown.filter((source) => !/[\uD800-\uDFFF]/.test(source)),
    { numRuns: 60, seed: 7 },
  );
  const { postings, ownComments, moderation } = room.stores();
  for (const [n, source] of ['Told by its tree.', '- one\n- two', ...typed].entries()) {
    room.clock.tick(61);
    const id = room.dependencies.ids.sortable(room.clock.now);
    const readerId = `reader-${n}`;
    const inserted = await postings.insert({
      siteId: room.site,
      id,
      articleKey: 'ferry',
      parentId: null,
      rootId: id,
      depth: 0,
      path: '',
      readerId,
      authorName: 'Ada',
      authorEmail: null,
      body: parseBody(source).body,
      source,
      textHash: id,
      status: 'published',
      shadowed: false,
      signals: [],
      network: networkNamed(`network-${n}`, room.clock.now),
      isNetworkHeld: false,
      isStranger: true,
      idempotencyKey: null,
      requestHash: null,
      createdAt: room.clock.now,
      registerUrl: null,
    });
    expect(inserted).toMatchObject({ outcome: 'inserted', comment: { source } });
    const own = await ownComments.findMine(room.site, 'ferry', readerId);
    expect(own.comments.map((comment) => comment.source)).toEqual([source]);
    expect((await moderation.findDossier({ siteId: room.site, articleKey: 'ferry', id }))?.entry.comment.source).toBe(
      source,
    );
  }
});
