import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { parseBody } from '../../src/core/body/parse-body.ts';
import type { CompleteComment } from '../../src/core/comment/bulk-store.ts';
import { placeUnder } from '../../src/core/comment/posting.ts';
import { openNewsroom } from '../support/newsroom.ts';
import { guestKey } from '../support/newsroom-readers.ts';

/** Columns in which a comment that was posted and one that came in bulk may differ: its own ids and its own time. */
const OWN = ['site_id', 'id', 'root_id', 'parent_id', 'path', 'created_at', 'revision', 'edited_at'];

const open = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const { ids, hashing } = room.dependencies;
  const complete = async (
    guest: string,
    source: string,
    parent: CompleteComment | null = null,
    fields: Partial<CompleteComment> = {},
  ): Promise<CompleteComment> => {
    room.clock.tick(61);
    const id = ids.sortable(room.clock.now);
    return {
      id,
      articleKey: 'ferry',
      ...placeUnder(parent, id),
      readerId: await hashing.reader(room.site, guest),
      authorName: 'Ada',
      authorEmail: null,
      body: parseBody(source).body,
      source,
      status: 'published',
      signals: [],
      upVotes: 0,
      downVotes: 0,
      flags: [],
      createdAt: room.clock.now,
      ...fields,
    };
  };
  const insert = (comments: CompleteComment[]) => room.stores().bulk.insertComplete(room.site, comments);
  return { room, complete, insert };
};

/** The tables of a site, without what belongs to one comment alone. */
const stateOf = async (site: string) => {
  const rows = async (sql: string) => (await env.DB.prepare(sql).bind(site).all<Record<string, unknown>>()).results;
  const without = (row: Record<string, unknown>, columns: string[]) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
  return {
    comments: (await rows('SELECT * FROM comments WHERE site_id = ? ORDER BY id')).map((row) => without(row, OWN)),
    articles: await rows('SELECT key, comment_count FROM articles WHERE site_id = ?'),
    readers: (await rows('SELECT * FROM readers WHERE site_id = ? ORDER BY id')).map((row) =>
      without(row, ['site_id', 'first_seen_at']),
    ),
    counts: await rows('SELECT name, count FROM site_counts WHERE site_id = ? AND count <> 0 ORDER BY name'),
    hours: await rows('SELECT article_key, sum(comment_count) AS n FROM article_hours WHERE site_id = ? GROUP BY 1'),
    flags: await rows('SELECT reason, note FROM flags WHERE site_id = ?'),
  };
};

test('comments in bulk leave the rows and counters that posting, voting, reporting and deleting them leave', async () => {
  const [ada, ben, cem] = [guestKey(), guestKey(), guestKey()];
  const posted = await openNewsroom({ moderation: 'post' });
  await posted.publisher.putArticle();
  const say = async (guest: string, text: string, parentId?: string) => {
    posted.clock.tick(61);
    return (await posted.reader(guest).post(text, { ...(parentId !== undefined && { parentId }) })).body.id;
  };
  const first = await say(ada, 'The *first*.');
  const reply = await say(ben, '# A reply', first);
  await say(cem, 'Below the reply.', reply);
  await posted.reader(ben).vote(first, 1);
  await posted.reader(cem).vote(first, -1);
  await posted.reader().vote(first, -1);
  await posted.reader(ben).flag(first, 'spam', 'Look.');
  posted.clock.tick(1);
  expect((await posted.reader(ben).erase(reply)).status).toBe(204);

  const { room, complete, insert } = await open();
  const flag = { readerId: 'ben', reason: 'spam', note: 'Look.', createdAt: room.clock.now };
  const one = await complete(ada, 'The *first*.', null, { upVotes: 1, downVotes: 2, flags: [flag] });
  const gone = { authorName: '', body: [], source: '', status: 'deleted' } as const;
  const two = await complete(ben, '', one, { ...gone, body: [] });
  await insert([one, two, await complete(cem, 'Below the reply.', two)]);

  // A reader's id is another on each site.
  const namesOf = async (site: string) => {
    const state = JSON.stringify(await stateOf(site));
    const { results } = await env.DB.prepare('SELECT id FROM readers WHERE site_id = ? ORDER BY first_seen_at')
      .bind(site)
      .all<{ id: string }>();
    const named = results.reduce((text, { id }, n) => text.replaceAll(id, `reader-${n}`), state);
    const parsed = JSON.parse(named) as Awaited<ReturnType<typeof stateOf>>;
    return { ...parsed, readers: parsed.readers.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)) };
  };
  expect(await namesOf(room.site)).toEqual(await namesOf(posted.site));
  const shown = (await room.public.thread()).body.comments;
  expect(shown).toMatchObject([{ replyCount: 1, replies: [{ id: two.id }, {}] }]);
});

test('comments in bulk go in all together or not at all', async () => {
  const { room, complete, insert } = await open();
  const one = await complete(guestKey(), 'One.');
  await insert([one]);
  const before = await stateOf(room.site);
  await expect(insert([await complete(guestKey(), 'Two.'), one])).rejects.toThrow();
  expect(await stateOf(room.site)).toEqual(before);
});
