import { beforeAll, describe, expect, test } from 'vitest';
import { writeCursor } from '../../src/http/gate/cursors.ts';
import { guestKey, type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** An article with a date to come, in every list that there is, already commented: the newsroom tried its page. */
describe('an article that is not published yet', () => {
  let room: Newsroom;
  let publishedAt: number;
  const labels = { section: 'World', topics: ['Sea'], authors: ['Tamsin Orrel'] };

  const put = (key: string, at: number) =>
    room.putArticle(key, { ...labels, publishedAt: new Date(at).toISOString(), headline: `About ${key}` });

  const read = async (path: string) => {
    const { status, body } = await room.request('GET', `${room.base}${path}`);
    expect(status).toBe(200);
    return body;
  };

  beforeAll(async () => {
    room = await openNewsroom({ moderation: 'post' });
    publishedAt = room.clock.now + 3_600_000;
    const say = (article: string, n: number) =>
      room.post(guestKey(), `Said number ${n} of ${article}.`, {
        article,
        headers: { 'CF-Connecting-IP': `10.5.${article.length}.${n}` },
      });
    for (const [n, key] of ['ferry', 'harbour', 'pier', 'quay', 'wharf'].entries()) {
      await put(key, room.clock.now - 1_000 * (n + 1));
      await say(key, 1);
      room.clock.tick(1);
    }
    for (const key of ['secret', 'treaty']) {
      await put(key, publishedAt);
      for (let n = 0; n < 3; n += 1) await say(key, n);
      room.clock.tick(1);
    }
    await room.runJobs();
  });

  const LISTS = ['', 'section=World', 'topic=Sea', 'author=Tamsin%20Orrel'].flatMap((list) => [
    `/articles?sort=newest&${list}`,
    `/articles?sort=most-commented&${list}`,
    `/most-commented?hours=24&${list}`,
    `/comments?${list}`,
  ]);

  test.each(LISTS)('is in %s from its very millisecond on', async (path) => {
    const isThere = async (at: number) => {
      room.clock.now = at;
      const text = JSON.stringify(await read(path));
      expect(text).toContain('About wharf');
      return [text.includes('About secret'), text.includes('About treaty')];
    };
    expect(await isThere(publishedAt - 1)).toEqual([false, false]);
    expect(await isThere(publishedAt)).toEqual([true, true]);
    expect(await isThere(publishedAt + 1)).toEqual([true, true]);
  });

  test.each(LISTS)('leaves no gap on a page of %s', async (path) => {
    room.clock.now = publishedAt - 1;
    const body = await read(`${path}&limit=4`);
    expect(body.articles ?? body.comments).toHaveLength(4);
  });

  test.each(['newest', 'most-commented'])('is on no page of articles, %s first, whatever the cursor', async (sort) => {
    room.clock.now = publishedAt - 1;
    const keys: string[] = [];
    let cursor = '';
    do {
      const body = await read(`/articles?sort=${sort}&limit=2${cursor}`);
      keys.push(...body.articles.map(({ key }: { key: string }) => key));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(keys.sort()).toEqual(['ferry', 'harbour', 'pier', 'quay', 'wharf']);
    const ahead = writeCursor(['articles', room.site, 'site', '', sort], [publishedAt + 1, 'zzz']);
    expect((await read(`/articles?sort=${sort}&cursor=${ahead}`)).articles).toHaveLength(5);
  });

  test('still answers whoever knows its key', async () => {
    room.clock.now = publishedAt - 1;
    expect((await read('/articles/secret')).headline).toBe('About secret');
    expect((await room.thread('', 'secret')).body.comments).toHaveLength(3);
  });
});
