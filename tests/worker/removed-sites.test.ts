import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { NEWS, type Newsroom, openNewsroom } from '../support/newsroom.ts';

const TABLES = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%site_id%'",
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
};

/** The tables with rows of this site. Traces go by themselves within a day, and the directory keeps the id. */
const left = async ({ site }: Newsroom): Promise<string[]> => {
  const found: string[] = [];
  for (const table of await TABLES()) {
    // Traces and windows of limits go by themselves, with their day.
    if (['comment_traces', 'limit_windows', 'directory'].includes(table)) continue;
    const { results } = await env.DB.prepare(`SELECT 1 FROM ${table} WHERE site_id = ? LIMIT 1`).bind(site).all();
    if (results.length > 0) found.push(table);
  }
  return found;
};

/** A site in which every deed has left its rows. */
const openLively = async () => {
  const room = await openNewsroom({ moderation: 'post', bannedWords: ['grackle'] });
  await room.publisher.putArticle('ferry', { section: 'World', topics: ['Sea'] });
  const comment = await room.reader().say();
  const troll = room.reader();
  await troll.say('An answer.', { parentId: comment.id });
  await room.desk().ban(await troll.id(), 'ban', null, 72);
  await room.reader().vote(comment, 1);
  await room.reader().flag(comment);
  await room.desk().decide(comment, 'approve', 'published');
  await room.publisher.rekeyArticle('ferry', 'boat');
  await room.runJobs();
  room.clock.tick(120);
  await room.runJobs();
  return room;
};

describe('a site that is removed', () => {
  test('is there for nobody from then on, leaves nothing, and says so in the operator’s log', async () => {
    const [room, other] = [await openLively(), await openLively()];
    const before = await left(room);
    expect(before).toEqual(expect.arrayContaining(['network_holds', 'seals']));
    expect((await room.operator.removeSite()).status).toBe(204);
    expect(room.logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: 'site-removed', site: room.site }),
    );
    expect((await room.public.thread('', 'boat')).status).toBe(404);
    expect((await room.public.articles('')).status).toBe(404);
    expect((await room.publisher.putArticle()).status).toBe(401);
    expect((await room.desk().queue()).status).toBe(401);
    expect((await room.operator.settings()).body.reason).toBe('not-found');
    const post = await room
      .reader()
      .with({ Origin: NEWS })
      .post('Hello?', { pageUrl: `${NEWS}/ferry` });
    expect(post.status).toBe(404);
    expect((await room.operator.removeSite()).status).toBe(404);
    const again = await room.operator.createSite({ id: room.site, name: 'Again' });
    expect([again.status, again.body.reason]).toEqual([409, 'being-removed']);

    while ((await room.runJobs()) > 0);
    expect(await left(room)).toEqual([]);
    expect(await left(other)).toEqual(before);
    expect((await other.public.thread('', 'boat')).body.article.commentCount).toBe(2);
    expect((await room.operator.createSite({ id: room.site, name: 'Again' })).status).toBe(201);
    expect(await room.operator.wholeLog()).toHaveLength(1);
  });

  test('goes in steps that are bounded', async () => {
    const room = await openLively();
    const count = 1_200;
    await env.DB.prepare(
      `WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${count})
      INSERT INTO readers (site_id, id, first_seen_at) SELECT ?, 'reader-' || n, 0 FROM series`,
    )
      .bind(room.site)
      .run();
    await room.operator.removeSite();
    let steps = 0;
    let isMore = true;
    while (isMore) {
      room.meter.take();
      ({ isMore } = await room.stores().removals.deleteSome(room.site, room.clock.now));
      expect(room.meter.take().rowsRead).toBeLessThanOrEqual(4 * 500 + 20);
      steps += 1;
      expect(steps).toBeLessThan(60);
    }
    expect(await left(room)).toEqual([]);
  });

  test('is removed by the operator alone', async () => {
    const room = await openLively();
    for (const who of [room.publisher, room.desk('Ada', 'admin'), room.desk(), room.as({})]) {
      expect([401, 403]).toContain((await who.removeSite()).status);
      expect([401, 403]).toContain((await who.sites()).status);
    }
    expect((await room.operator.settings()).status).toBe(200);
  });
});

describe('the list of sites', () => {
  test('has those of every database, page by page', async () => {
    const rooms = [await openNewsroom(), await openNewsroom({}, {}, { database: 'DB_1' })];
    const [first, second] = rooms as [Newsroom, Newsroom];
    const found: string[] = [];
    let query = 'limit=1';
    while (query !== '') {
      const { status, body } = await second.operator.sites(query);
      expect(status).toBe(200);
      found.push(...body.sites.map(({ id, database }) => `${id} ${database}`));
      query = body.next === null ? '' : `limit=1&after=${body.next}`;
    }
    expect(found).toEqual([...found].sort());
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain(`${first.site} DB`);
    expect(found).toContain(`${second.site} DB_1`);
  });
});

describe('what is missing', () => {
  test('is named: the site, or the moderator, or the key', async () => {
    const room = await openNewsroom();
    const asked = async (site: string) => {
      const { headers } = { headers: room.asOperator };
      const at = `/v1/sites/${site}`;
      const answers = await Promise.all([
        room.request<never>('POST', `${at}/operator/sign-in-links`, { headers, body: { email: 'x@y.example' } }),
        room.request<never>('DELETE', `${at}/moderators/nobody`, { headers }),
        room.request<never>('PATCH', `${at}/moderators/nobody`, { headers, body: { role: 'admin' } }),
        room.request<never>('DELETE', `${at}/keys/nothing-`, { headers }),
        room.request<never>('GET', `${at}/moderators`, { headers }),
        room.request<never>('GET', `${at}/keys`, { headers }),
      ]);
      return answers.map(({ status, body }) => (status === 404 ? (body as { detail: string }).detail : status));
    };
    expect(await asked('nosite')).toEqual(Array(6).fill('There is no such site.'));
    expect(await asked(room.site)).toEqual([
      ...Array(3).fill('There is no such moderator.'),
      'There is no such API key.',
      ...[200, 200],
    ]);
  });
});

describe('a role', () => {
  test('is changed by an admin, holds from the next request on, and leaves an event', async () => {
    const room = await openNewsroom();
    const [ada, mara] = [room.desk('Ada', 'admin'), room.desk('Mara')];
    const { body: me } = await mara.me();
    expect((await mara.changeSettings({ maxLinks: 3 })).status).toBe(403);
    await ada.me();
    const before = (await room.operator.wholeLog()).length;
    const changed = await ada.changeRole(me.moderator.id, 'admin');
    expect([changed.status, changed.body.role]).toEqual([200, 'admin']);
    expect((await ada.changeRole(me.moderator.id, 'admin')).status).toBe(200);
    expect((await mara.changeSettings({ maxLinks: 3 })).status).toBe(200);
    const events = (await room.operator.wholeLog()).slice(before).filter(({ subject }) => subject.kind === 'moderator');
    expect(events.map(({ verb, actor, facts }) => [verb, actor.name, facts])).toEqual([
      ['moderator.role-changed', 'Ada', { name: 'Mara', from: 'moderator', to: 'admin' }],
    ]);
    expect((await ada.changeRole(me.moderator.id, 'owner')).status).toBe(400);
  });

  test('of the last admin stays, even when two give it up at the same time', async () => {
    const room = await openNewsroom();
    const [ada, ines] = [room.desk('Ada', 'admin'), room.desk('Ines', 'admin')];
    const [first, second] = [(await ada.me()).body.moderator.id, (await ines.me()).body.moderator.id];
    const answers = await Promise.all([
      room.operator.changeRole(first, 'moderator'),
      room.operator.changeRole(second, 'moderator'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await room.operator.team();
    expect(body.moderators.filter(({ role }) => role === 'admin')).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.reason).toBe('last-admin');
  });
});
