import { beforeAll, describe, expect, test } from 'vitest';
import { writeCursor } from '../../src/http/gate/cursors.ts';
import { type Answer, type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** An article with a date to come, in every list that there is, already commented: the newsroom tried its page. */
describe('an article that is not published yet', () => {
  let room: Newsroom;
  let publishedAt: number;
  const labels = { section: 'World', topics: ['Sea'], authors: ['Tamsin Orrel'] };

  const put = (key: string, at: number) =>
    room.publisher.putArticle(key, { ...labels, publishedAt: new Date(at).toISOString(), headline: `About ${key}` });

  const bodyOf = async <View>(answer: Promise<Answer<View>>) => {
    const { status, body } = await answer;
    expect(status).toBe(200);
    return body;
  };

  const LISTS: Record<string, (query: string) => Promise<Answer<{ articles?: unknown[]; comments?: unknown[] }>>> = {
    'the newest articles': (query) => room.public.articles(`sort=newest&${query}`),
    'the most commented articles': (query) => room.public.articles(`sort=most-commented&${query}`),
    'the articles most commented of late': (query) => room.public.mostCommented(`hours=24&${query}`),
    'the newest comments': (query) => room.public.newestComments(query),
  };
  const read = (list: string, query: string) => bodyOf((LISTS[list] as NonNullable<(typeof LISTS)[string]>)(query));

  beforeAll(async () => {
    room = await openNewsroom({ moderation: 'post' });
    publishedAt = room.clock.now + 3_600_000;
    const say = (article: string, n: number) =>
      room.reader().at(`10.5.${article.length}.${n}`).post(`Said number ${n} of ${article}.`, { article });
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

  const EACH = ['', 'section=World', 'topic=Sea', 'author=Tamsin%20Orrel'].flatMap((label) =>
    Object.keys(LISTS).map((list) => [list, label] as const),
  );

  test.each(EACH)('is in %s, %s, from its very millisecond on', async (list, label) => {
    const isThere = async (at: number) => {
      room.clock.now = at;
      const text = JSON.stringify(await read(list, label));
      expect(text).toContain('About wharf');
      return [text.includes('About secret'), text.includes('About treaty')];
    };
    expect(await isThere(publishedAt - 1)).toEqual([false, false]);
    expect(await isThere(publishedAt)).toEqual([true, true]);
    expect(await isThere(publishedAt + 1)).toEqual([true, true]);
  });

  test.each(EACH)('leaves no gap on a page of %s, %s', async (list, label) => {
    room.clock.now = publishedAt - 1;
    const body = await read(list, `${label}&limit=4`);
    expect(body.articles ?? body.comments).toHaveLength(4);
  });

  test.each(['newest', 'most-commented'])('is on no page of articles, %s first, whatever the cursor', async (sort) => {
    room.clock.now = publishedAt - 1;
    const keys: string[] = [];
    let cursor = '';
    do {
      const body = await bodyOf(room.public.articles(`sort=${sort}&limit=2${cursor}`));
      keys.push(...body.articles.map(({ key }) => key));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(keys.sort()).toEqual(['ferry', 'harbour', 'pier', 'quay', 'wharf']);
    const ahead = writeCursor(['articles', room.site, 'site', '', sort], [publishedAt + 1, 'zzz']);
    expect((await bodyOf(room.public.articles(`sort=${sort}&cursor=${ahead}`))).articles).toHaveLength(5);
  });

  test('still answers whoever knows its key', async () => {
    room.clock.now = publishedAt - 1;
    expect((await bodyOf(room.public.article('secret'))).headline).toBe('About secret');
    expect((await room.public.thread('', 'secret')).body.comments).toHaveLength(3);
  });
});
