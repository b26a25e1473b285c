import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Meter } from '../../src/bench/meter.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { createDirectory } from '../../src/store/directory.ts';
import { addressesOf, type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { dumpTables } from '../support/table-dump.ts';

const isOfDirectory = ({ sql }: { sql: string }) => sql.includes('directory');

/** A site of a name of its own, made through a newsroom that has two databases. */
const create = (room: Newsroom, id: string, database?: string) =>
  room.operator.createSite({ id, name: 'A Site', database });

const hasSite = async (database: D1Database, id: string): Promise<boolean> =>
  (await database.prepare('SELECT 1 FROM sites WHERE id = ?').bind(id).first()) !== null;

describe('with one database', () => {
  test('the directory is never asked', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    room.meter.take();
    await room.publisher.putArticle();
    await room.reader().post('Here, as ever.');
    await room.public.thread();
    await room.desk().queue();
    await room.runJobs();
    await room.request('GET', `${addressesOf('nobody').counts}?key=ferry`);
    expect(room.meter.takeWithStatements().statements.filter(isOfDirectory)).toEqual([]);
  });

  test('a site is entered all the same, so that it is found once there are more', async () => {
    const room = await openNewsroom();
    const later = createDirectory(env.DB, [{ database: 'DB' }, { database: 'DB_1' }]);
    expect(await later.placeOf(room.site, 'first-primary')).toEqual({ database: 'DB' });
  });
});

describe('with several databases', () => {
  test('a site’s rows are in its own, and the other knows no more than where', async () => {
    const room = await openNewsroom({ moderation: 'post' }, {}, { database: 'DB_1' });
    await room.publisher.putArticle();
    await room.reader().post('Over here.');
    await room.runJobs();
    expect((await room.public.thread()).body.comments).toHaveLength(1);
    const tablesWith = (dump: Record<string, string>) =>
      Object.keys(dump).filter((name) => dump[name]?.includes(`"${room.site}"`));
    expect(tablesWith(await dumpTables())).toEqual(['directory']);
    const second = await dumpTables(env.DB_1);
    expect(tablesWith(second)).toEqual(expect.arrayContaining(['sites', 'comments', 'article_activity']));
    expect(second.directory).toBe('[]');
  });

  test('an isolate asks once for each site, at one row', async () => {
    const meter = new Meter();
    const places = [{ database: 'DB' }, { database: 'DB_1' }];
    const room = await openNewsroom({}, {}, { database: 'DB_1' });
    const directory = createDirectory(meter.database(env.DB), places);
    for (let time = 0; time < 3; time += 1) {
      expect(await directory.placeOf(room.site, 'first-primary')).toEqual({ database: 'DB_1' });
    }
    expect(meter.take()).toMatchObject({ roundTrips: 1, rowsRead: 1, rowsWritten: 0 });
    room.meter.take();
    await room.public.thread();
    await room.desk().queue();
    expect(room.meter.takeWithStatements().statements.filter(isOfDirectory)).toEqual([]);
  });

  test('an isolate remembers no more sites than it has room for, and forgets the oldest', async () => {
    const meter = new Meter();
    const places = [{ database: 'DB' }, { database: 'DB_1' }];
    const directory = createDirectory(meter.database(env.DB), places, 2);
    const sites = ['remembered-1', 'remembered-2', 'remembered-3'];
    for (const site of sites) await directory.enter(site, { database: 'DB_1' });
    for (const site of sites) await directory.placeOf(site, 'first-primary');
    meter.take();
    for (const site of sites.toReversed()) await directory.placeOf(site, 'first-primary');
    expect(meter.take().roundTrips).toBe(1);
  });

  test('a site that nobody knows is none, until it is made', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB' });
    const look = () => room.request('GET', addressesOf('unheard-of').settings, { headers: room.asOperator });
    expect((await look()).status).toBe(404);
    expect((await create(room, 'unheard-of', 'DB_1')).status).toBe(201);
    expect((await look()).status).toBe(200);
  });

  test('the directory is read from a replica for what is public, else from the primary', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB_1' });
    await room.publisher.putArticle();
    const starts: string[] = [];
    const { directory } = room.dependencies;
    room.dependencies.directory = {
      ...directory,
      placeOf: (siteId, start) => {
        starts.push(start);
        return directory.placeOf(siteId, start);
      },
    };
    await room.public.thread();
    await room.reader().mine();
    await room.reader().post('As fresh as can be.');
    expect(starts).toEqual(['first-unconstrained', 'first-primary', 'first-primary']);
  });

  test('a known site is served while the first database does not answer', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB_1' });
    await room.publisher.putArticle();
    const { openStores } = room.dependencies;
    room.dependencies.openStores = (place, start) => {
      if (place.database === 'DB') throw new Error('asked the first database');
      return openStores(place, start);
    };
    expect((await room.public.thread()).status).toBe(200);
    expect((await room.reader().post('Still here.')).status).toBe(202);
  });

  test('a site whose database is not bound is out of reach for now, and the log says what is missing', async () => {
    const { site } = await openNewsroom({}, {}, { database: 'DB_1' });
    const databases = new Map([env.DB, env.DB_1].map((database, index) => [index === 0 ? 'DB' : 'DB_2', database]));
    const room = await openNewsroom({}, { databases });
    const answer = await room.request('GET', addressesOf(site).thread());
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(room.logged.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: 'store-unavailable', message: 'DB_1 is not bound: add it to wrangler.toml' }),
    ]);
  });
});

describe('making a site', () => {
  test('in a database that is not there is refused, and says which there are', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB' });
    for (const database of ['DB_2', 'KV']) {
      const { status, body } = await create(room, 'lost', database);
      expect([status, body.errors?.map(({ field }) => field)]).toEqual([400, ['database']]);
      if (database === 'DB_2') expect(body.detail).toContain('DB, DB_1');
    }
    expect((await create(room, 'lost')).status).toBe(201);
  });

  test('that is there is refused, whichever database is named', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB' });
    expect((await create(room, 'once', 'DB_1')).status).toBe(201);
    for (const database of [undefined, 'DB', 'DB_1']) expect((await create(room, 'once', database)).status).toBe(409);
    expect([await hasSite(env.DB, 'once'), await hasSite(env.DB_1, 'once')]).toEqual([false, true]);
  });

  test('that the first database has from before it was entered is refused', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB' });
    await env.DB.prepare("INSERT INTO sites (id, name, created_at) VALUES ('older', 'Older', 0)").run();
    expect((await create(room, 'older', 'DB_1')).status).toBe(409);
    expect(await hasSite(env.DB_1, 'older')).toBe(false);
    expect((await create(room, 'older')).status).toBe(409);
  });

  test('twice at the same moment makes one, in one database', async () => {
    const room = await openNewsroom({}, {}, { database: 'DB' });
    const ids = Array.from({ length: 10 }, (_, n) => `both-${n}`);
    for (const id of ids) {
      const answers = await Promise.all([create(room, id, 'DB'), create(room, id, 'DB_1')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect([await hasSite(env.DB, id), await hasSite(env.DB_1, id)].filter(Boolean)).toHaveLength(1);
    }
  });

  test.each([undefined, 'DB_1'])(
    'that ended between the two databases is done by asking again (%s)',
    async (database) => {
      const room = await openNewsroom({}, {}, { database: 'DB' });
      const id = `halfway-${database ?? 'none'}`.toLowerCase().replace('_', '-');
      const { openStores } = room.dependencies;
      const ending: Dependencies['openStores'] = (place, start) => {
        if (place.database === 'DB_1') throw new Error('the Worker ended here');
        return openStores(place, start);
      };
      room.dependencies.openStores = ending;
      expect((await create(room, id, 'DB_1')).status).toBe(500);
      expect(await hasSite(env.DB_1, id)).toBe(false);
      room.dependencies.openStores = openStores;
      const elsewhere = await create(room, id, 'DB');
      expect([elsewhere.status, elsewhere.body]).toMatchObject([409, { detail: expect.stringContaining('DB_1') }]);
      expect((await create(room, id, database)).status).toBe(201);
      expect([await hasSite(env.DB, id), await hasSite(env.DB_1, id)]).toEqual([false, true]);
    },
  );
});
