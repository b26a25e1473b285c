import { expect, test } from 'vitest';
import type { Place } from '../../src/core/site/directory.ts';
import { ORIGIN, openNewsroom } from '../support/newsroom.ts';

/** The newsroom, noting how fresh each request asked its reads to be. */
const openNoting = async (database?: 'DB_1') => {
  const room = await openNewsroom({ moderation: 'post' }, {}, { database });
  await room.publisher.putArticle();
  const starts: string[] = [];
  const dependencies = {
    ...room.dependencies,
    openStores: (place: Place, start: string) => {
      starts.push(start);
      return room.dependencies.openStores(place, start);
    },
  };
  const ask = async (path: string, init: RequestInit = {}) => {
    starts.length = 0;
    const response = await room.app.fetch(new Request(`${ORIGIN}${path}`, init), dependencies);
    return { response, starts: [...starts] };
  };
  return { room, ask };
};

test('what is public and the same for all may come from any replica', async () => {
  const { room, ask } = await openNoting();
  for (const path of [
    room.at.thread(),
    room.at.article(),
    room.at.articles,
    `${room.at.counts}?key=ferry`,
    room.at.newestComments,
  ]) {
    expect((await ask(path)).starts).toEqual(['first-unconstrained']);
  }
});

test('a reader sees their own comment at once: the bookmark of the write is where the next read starts', async () => {
  const { room, ask } = await openNoting();
  const headers = { ...room.reader().headers, 'Content-Type': 'application/json' };
  const posted = await ask(room.at.comments(), {
    method: 'POST',
    headers,
    body: JSON.stringify({ body: 'Where do I stand?', authorName: 'Ada' }),
  });
  expect(posted.starts).toEqual(['first-primary']);
  const bookmark = posted.response.headers.get('Belowline-Bookmark') ?? '';
  expect(bookmark).toMatch(/^DB:./);

  const mine = await ask(room.at.mine(), { headers: { ...headers, 'Belowline-Bookmark': bookmark } });
  expect(mine.starts).toEqual([bookmark.slice('DB:'.length)]);
  expect(await mine.response.json()).toMatchObject({ comments: [{ status: 'published' }] });
});

test('without a bookmark, or with one that is none, a reader is shown the primary', async () => {
  const { room, ask } = await openNoting();
  const { headers } = room.reader();
  expect((await ask(room.at.mine(), { headers })).starts).toEqual(['first-primary']);
  const starting = async (shown: string) =>
    (await ask(room.at.mine(), { headers: { ...headers, 'Belowline-Bookmark': shown } })).starts;
  const bookmark = '00000085-00000006-00004f3a-1b1bcd4a';
  expect(await starting(`DB:${bookmark}`)).toEqual([bookmark]);
  const forged = ["DB:'; DROP TABLE comments", 'DB:first-unconstrained', `DB:${bookmark} x`, `x DB:${bookmark}`];
  for (const other of [...forged, bookmark, `:${bookmark}`, `DB::${bookmark}`, `DB_1:${bookmark}`, `db:${bookmark}`]) {
    expect(await starting(other), other).toEqual(['first-primary']);
  }
});

test('a bookmark of one database says nothing of another', async () => {
  const [first, second] = [await openNoting(), await openNoting('DB_1')];
  const headers = { ...first.room.reader().headers, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ body: 'Which database is this?', authorName: 'Ada' });
  const write = async ({ room, ask }: typeof first) => {
    const { response } = await ask(room.at.comments(), { method: 'POST', headers, body });
    return response.headers.get('Belowline-Bookmark') ?? '';
  };
  const marks = [await write(first), await write(second)] as const;
  expect(marks.map((mark) => mark.split(':')[0])).toEqual(['DB', 'DB_1']);
  const startsWith = async ({ room, ask }: typeof first, mark: string) =>
    (await ask(room.at.mine(), { headers: { ...headers, 'Belowline-Bookmark': mark } })).starts;
  expect(await startsWith(first, marks[0])).toEqual([marks[0].slice('DB:'.length)]);
  expect(await startsWith(second, marks[1])).toEqual([marks[1].slice('DB_1:'.length)]);
  expect(await startsWith(first, marks[1])).toEqual(['first-primary']);
  expect(await startsWith(second, marks[0])).toEqual(['first-primary']);
});

test('moderators read the primary, and a post is held against it, whatever bookmark is shown', async () => {
  const { room, ask } = await openNoting();
  const bookmark = { 'Belowline-Bookmark': 'DB:00000001-00000002-00000003-0123456789abcdef0123456789abcdef' };
  const headers = { ...(await room.desk().headers()), ...bookmark };
  expect((await ask(room.at.queue, { headers })).starts).toEqual(['first-primary']);
  const reader = { ...room.reader().headers, 'Content-Type': 'application/json', ...bookmark };
  const body = JSON.stringify({ body: 'Am I banned?', authorName: 'Ada' });
  expect((await ask(room.at.comments(), { method: 'POST', headers: reader, body })).starts).toEqual(['first-primary']);
});
