import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { miscounted } from '../support/miscounted.ts';
import { addressesOf, NEWS, type Newsroom, openNewsroom } from '../support/newsroom.ts';

const openThread = async () => {
  const room = await openNewsroom({ moderation: 'post', suspectWords: ['hogwash'] });
  await room.publisher.putArticle('ferry', { section: 'World' });
  const ada = room.reader();
  const top = await ada.say();
  const reply = await room.reader().say('An answer.', { parentId: top.id });
  return { room, ada, top, reply };
};

const idsOf = ({ body }: { body: { comments: { id: string }[] } }) => body.comments.map(({ id }) => id);

const until = async (room: Newsroom) => {
  while ((await room.runJobs()) > 0);
};

describe('an article that has another key', () => {
  test('keeps its comments, and a read by the old key is redirected for good, its query included', async () => {
    const { room, top, reply } = await openThread();
    const rekeyed = await room.publisher.rekeyArticle('ferry', 'strait/1 é');
    expect([rekeyed.status]).toEqual([400]);
    const { status, body } = await room.publisher.rekeyArticle('ferry', 'strait-é');
    expect([status, body.key, body.commentCount]).toEqual([200, 'strait-é', 2]);
    const thread = await room.public.thread('sort=top', encodeURIComponent('strait-é'));
    expect([thread.status, thread.body.article.key, idsOf(thread)]).toEqual([200, 'strait-é', [top.id]]);
    const key = encodeURIComponent('strait-é');
    for (const [address, moved] of [
      [`${room.at.thread('ferry')}?sort=top&limit=3`, `${room.at.thread(key)}?sort=top&limit=3`],
      [room.at.article('ferry'), room.at.article(key)],
      [room.at.comment(reply.id), room.at.comment({ id: reply.id, article: key })],
    ]) {
      const answer = await room.request('GET', address ?? '');
      expect([answer.status, answer.headers.get('Location')]).toEqual([308, moved]);
      expect(answer.headers.get('Cache-Control')).toContain('max-age=15');
      expect((await room.request('GET', moved ?? '')).status).toBe(200);
    }
    expect((await room.request('GET', `${room.at.replies({ id: top.id, article: key })}`)).status).toBe(200);
  });

  test('is read on from the page that a reader has, whatever its key by then', async () => {
    const { room, top } = await openThread();
    const later = await room.reader().say();
    for (const sort of ['newest', 'oldest', 'top']) {
      const key = `${sort}-é`;
      const first = await room.public.thread(`sort=${sort}&limit=1`, 'ferry');
      const from =
        first.status === 308 ? (first.headers.get('Location') ?? '') : `${room.at.thread()}?sort=${sort}&limit=1`;
      const { body: page } = await room.request<{ next: string }>('GET', from);
      await room.publisher.rekeyArticle('ferry', key);
      const moved = await room.request('GET', `${from}&cursor=${page.next}`);
      expect(moved.status).toBe(308);
      const next = await room.request<{ comments: { id: string }[] }>('GET', moved.headers.get('Location') ?? '');
      expect([next.status, idsOf(next)]).toEqual([200, [sort === 'oldest' ? later.id : top.id]]);
    }
  });

  test('is found on a site that is called as a part of the address is', async () => {
    const { room } = await openThread();
    for (const id of ['articles', 'sites', 'v1']) {
      await room.operator.createSite({ id, name: 'Another', origins: [] });
      const at = addressesOf(id);
      const send = (path: string, body: unknown) => room.request('PUT', path, { headers: room.asOperator, body });
      const fields = { url: 'https://news.example/a', headline: 'About it', publishedAt: '2026-11-01T10:00:00Z' };
      expect((await send(at.article('articles'), fields)).status).toBe(201);
      expect((await send(at.articleKey('articles'), { key: 'second' })).status).toBe(200);
      const moved = await room.request('GET', at.thread('articles'));
      expect(moved.headers.get('Location')).toBe(at.thread('second'));
    }
  });

  test('is written to by every key that it ever had', async () => {
    const { room, ada, top } = await openThread();
    await room.publisher.rekeyArticle('ferry', 'second');
    await room.publisher.rekeyArticle('second', 'third');
    const keys = ['ferry', 'second', 'third'];
    for (const article of keys) {
      const comment = await room.reader().say(`Under ${article}.`, { article });
      const answer = await room.reader().say(`Below ${article}.`, { article, parentId: top.id });
      expect((await room.reader().vote({ ...top, article }, 1)).status).toBe(200);
      expect((await room.reader().flag({ ...top, article })).status).toBe(204);
      expect((await ada.mine(article)).body.comments.map(({ id }) => id)).toEqual([top.id]);
      expect([comment.id, answer.id].every(Boolean)).toBe(true);
    }
    expect((await ada.edit({ ...top, article: 'third' }, 'Another text.')).status).toBe(200);
    const thread = await room.public.thread('', 'third');
    expect(thread.body.article).toMatchObject({ key: 'third', commentCount: 8 });
    expect((await room.public.counts([...keys, 'none'])).body.counts).toEqual({
      ferry: 8,
      second: 8,
      third: 8,
      none: 0,
    });
    const put = await room.publisher.putArticle('ferry', { headline: 'By its old key' });
    expect([put.status, put.body.key]).toEqual([200, 'third']);
    expect((await room.publisher.patchArticle('second', { commenting: 'closed' })).body.key).toBe('third');
    const { results } = await env.DB.prepare('SELECT DISTINCT article_key FROM comments WHERE site_id = ?')
      .bind(room.site)
      .all();
    expect(results).toEqual([{ article_key: 'ferry' }]);
    expect(await miscounted(room)).toEqual([]);
  });

  test('is decided on by every key that it ever had, and a comment that is named by two of them once', async () => {
    const { room, top, reply } = await openThread();
    await room.publisher.rekeyArticle('ferry', 'second');
    const seen = (id: string, article: string) => ({ comment: { id, article }, expectedStatus: 'published' as const });
    const named = ['ferry', 'second'].flatMap((article) => [seen(top.id, article), seen(reply.id, article)]);
    const both = await room.desk().decideMany('reject', named);
    expect(both.body.results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('done'));
    expect((await room.public.thread('', 'second')).body.article.commentCount).toBe(0);
    const undone = await room.desk().undo([
      { id: top.id, article: 'second' },
      { id: top.id, article: 'ferry' },
    ]);
    expect(undone.body.results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect((await room.public.thread('', 'second')).body.article.commentCount).toBe(1);
    await until(room);
    expect(await miscounted(room)).toEqual([]);
    const elsewhere = await room.desk().decideMany('reject', [seen(top.id, 'bridge')]);
    expect(elsewhere.body.results.map(({ outcome }) => outcome)).toEqual(['not-found']);
    await room.desk().decide({ id: reply.id, article: 'second' }, 'approve', 'rejected');
    expect((await room.public.thread('', 'second')).body.article.commentCount).toBe(2);
    await until(room);
    expect(await miscounted(room)).toEqual([]);
  });

  test('has that key in every list', async () => {
    const { room } = await openThread();
    await room.runJobs();
    await room.publisher.rekeyArticle('ferry', 'second');
    for (const query of ['', 'sort=most-commented', 'section=World']) {
      expect((await room.public.articles(query)).body.articles.map(({ key }) => key)).toEqual(['second']);
    }
    expect((await room.public.mostCommented('hours=1')).body.articles.map(({ key }) => key)).toEqual(['second']);
    const newest = await room.public.newestComments('');
    expect(new Set(newest.body.comments.map(({ article }) => article.key))).toEqual(new Set(['second']));
  });

  test('may have its first key again', async () => {
    const { room, top } = await openThread();
    await room.publisher.rekeyArticle('ferry', 'second');
    expect((await room.publisher.rekeyArticle('second', 'ferry')).body.key).toBe('ferry');
    expect(idsOf(await room.public.thread('', 'ferry'))).toEqual([top.id]);
    expect((await room.public.thread('', 'second')).headers.get('Location')).toBe(room.at.thread('ferry'));
  });

  test('does not take the key of another, not even one that it had before', async () => {
    const { room } = await openThread();
    await room.publisher.putArticle('bridge');
    await room.publisher.rekeyArticle('bridge', 'tunnel');
    for (const key of ['bridge', 'tunnel']) {
      const refused = await room.publisher.rekeyArticle('ferry', key);
      expect([refused.status, refused.body.reason]).toEqual([409, 'already-exists']);
    }
    expect((await room.public.article('ferry')).body.key).toBe('ferry');
    expect((await room.publisher.rekeyArticle('none', 'other')).status).toBe(404);
  });

  test('leaves one event for each change, by whoever made it', async () => {
    const { room } = await openThread();
    const before = (await room.operator.wholeLog()).length;
    await room.publisher.rekeyArticle('ferry', 'second');
    await room.publisher.rekeyArticle('second', 'second');
    await room.desk('Ada', 'admin').rekeyArticle('second', 'third');
    const events = (await room.operator.wholeLog()).slice(before).filter(({ verb }) => verb === 'article.rekeyed');
    expect(events.map(({ actor, subject, facts }) => [actor.name, subject.id, facts])).toEqual([
      ['cms', 'ferry', { from: 'ferry', to: 'second' }],
      ['Ada', 'ferry', { from: 'second', to: 'third' }],
    ]);
  });
});

describe('an article that is removed', () => {
  test('is seen nowhere from then on, and nothing of it is left but the log', async () => {
    const { room, ada, top, reply } = await openThread();
    await room.publisher.putArticle('bridge');
    const beside = await ada.say('Under the bridge.', { article: 'bridge' });
    await ada.say('Such hogwash.');
    await room.reader().vote(top, 1);
    await room.reader().flag(reply);
    await room.desk().decide(reply, 'approve', 'published');
    await room.publisher.rekeyArticle('ferry', 'second');
    await room.runJobs();
    expect((await room.publisher.removeArticle('second')).status).toBe(204);
    for (const key of ['ferry', 'second']) {
      expect((await room.public.article(key)).status).toBe(404);
      const thread = await room.public.thread('', key);
      expect([thread.status, idsOf(thread), thread.body.article.commentCount]).toEqual([200, [], 0]);
      expect((await room.public.permalink({ ...top, article: key })).status).toBe(404);
      expect((await room.public.replies({ ...top, article: key })).status).toBe(404);
    }
    const lists = async () => [
      ...(await room.public.articles('')).body.articles,
      ...(await room.public.articles('section=World')).body.articles,
      ...(await room.public.mostCommented('hours=1')).body.articles,
    ];
    expect(new Set((await lists()).map(({ key }) => key))).toEqual(new Set(['bridge']));
    expect(idsOf(await room.public.newestComments(''))).toEqual([beside.id]);
    const { body: queue } = await room.desk().queue('pending');
    expect(queue.items).toEqual([]);

    await until(room);
    expect(await miscounted(room)).toEqual([]);
    const counts = (await room.desk().queue('pending')).body.counts;
    expect(counts).toMatchObject({ pending: 0, reported: 0, unmoderated: 1, approved: 0 });
    for (const table of ['comments', 'votes', 'article_hours', 'article_activity', 'article_lists']) {
      const { results } = await env.DB.prepare(`SELECT DISTINCT article_key FROM ${table} WHERE site_id = ?`)
        .bind(room.site)
        .all();
      expect(results, table).toEqual(table === 'votes' ? [] : [{ article_key: 'bridge' }]);
    }
    for (const table of ['flags', 'article_aliases', 'removals']) {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE site_id = ?`).bind(room.site).all();
      expect(results, table).toEqual([]);
    }
    const log = await room.operator.wholeLog();
    expect(log.filter(({ verb }) => verb === 'comment.approved')).toHaveLength(1);
    expect(log.filter(({ verb }) => verb === 'article.removed').map(({ facts }) => facts)).toEqual([{ comments: 2 }]);
  });

  test('leaves nothing that a request which is sent again could be taken for', async () => {
    const { room } = await openThread();
    const ada = room.reader();
    const { body: first } = await ada.post('Sent again.', { key: 'key-of-the-removed' });
    await room.publisher.removeArticle('ferry');
    await until(room);
    await room.publisher.putArticle('ferry');
    const answers = [];
    for (let times = 0; times < 2; times += 1)
      answers.push(await ada.post('Sent again.', { key: 'key-of-the-removed' }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set([first.id, ...answers.map(({ body }) => body.id)]).size).toBe(2);
    expect(idsOf(await room.public.thread())).toEqual([answers[0]?.body.id]);
  });

  test('is not replaced before its comments are gone, and then begins anew', async () => {
    const { room, ada } = await openThread();
    await room.publisher.removeArticle();
    const put = await room.publisher.putArticle();
    expect([put.status, put.body.reason]).toEqual([409, 'being-removed']);
    const page = `${NEWS}/ferry`;
    const post = await ada.with({ Origin: NEWS }).post('Still there?', { pageUrl: page });
    expect([post.status, post.body.reason]).toEqual([403, 'commenting-closed']);
    expect((await room.publisher.rekeyArticle('none', 'ferry')).status).toBe(404);
    await until(room);
    expect((await room.publisher.putArticle()).status).toBe(201);
    expect((await room.public.thread()).body).toMatchObject({ comments: [], article: { commentCount: 0 } });
    await ada.say('A new beginning.');
    expect((await room.public.thread()).body.article.commentCount).toBe(1);
  });

  test('with many comments goes in steps that are bounded, whatever else the site has', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    await room.publisher.putArticle('bridge');
    const [first] = [await room.reader().say(), await room.reader().say('There.', { article: 'bridge' })];
    const copies = 1_500;
    const copy = async (from: string, key: string) => {
      const { results } = await env.DB.prepare('SELECT * FROM comments WHERE site_id = ? AND article_key = ? LIMIT 1')
        .bind(room.site, key)
        .all<Record<string, unknown>>();
      const columns = Object.keys(results[0] ?? {});
      const values = columns.map((column) =>
        column === 'id' || column === 'root_id' ? `printf('${from}%014d', n)` : column,
      );
      await env.DB.batch([
        env.DB.prepare(`WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${copies})
          INSERT INTO comments (${columns.join(', ')}) SELECT ${values.join(', ')} FROM series CROSS JOIN (
            SELECT * FROM comments WHERE site_id = ? AND article_key = ? LIMIT 1)`).bind(room.site, key),
        env.DB.prepare('UPDATE articles SET comment_count = comment_count + ?3 WHERE site_id = ?1 AND key = ?2').bind(
          room.site,
          key,
          copies,
        ),
        env.DB.prepare("UPDATE site_counts SET count = count + ?2 WHERE site_id = ?1 AND name = 'published'").bind(
          room.site,
          copies,
        ),
      ]);
    };
    await copy('0a', 'ferry');
    await copy('0b', 'bridge');
    const reader = await env.DB.prepare('SELECT reader_id FROM comments WHERE id = ?').bind(first?.id).first();
    await env.DB.prepare('UPDATE readers SET comment_count = comment_count + ?3 WHERE site_id = ?1 AND id = ?2')
      .bind(room.site, reader?.reader_id, copies)
      .run();
    await room.publisher.removeArticle();
    let steps = 0;
    let left = true;
    while (left) {
      room.meter.take();
      left = (await room.stores().removals.deleteSome(room.site, room.clock.now)).isMore;
      const { rowsRead, rowsWritten } = room.meter.take();
      // A step looks at 500 rows; five statements find each of 100 comments, two of them twice, and ask for its events.
      expect(rowsRead).toBeLessThanOrEqual(500 + 45 * 100);
      expect(rowsWritten).toBeLessThanOrEqual(12 * 100);
      steps += 1;
      expect(steps).toBeLessThan(60);
    }
    const { results } = await env.DB.prepare(
      'SELECT article_key, count(*) AS n FROM comments WHERE site_id = ? GROUP BY 1',
    )
      .bind(room.site)
      .all();
    expect(results).toEqual([{ article_key: 'bridge', n: copies + 1 }]);
    const counts = (await room.desk().queue('pending')).body.counts;
    expect(counts.unmoderated).toBe(copies + 1);
  });

  test('is removed by the publisher, an admin or the operator, and by nobody else', async () => {
    const { room } = await openThread();
    for (const who of [room.desk(), room.as({}), room.as(room.reader().headers as Record<string, string>)]) {
      expect([401, 403]).toContain((await who.removeArticle()).status);
      expect([401, 403]).toContain((await who.rekeyArticle('ferry', 'mine')).status);
    }
    expect((await room.public.thread()).body.article.commentCount).toBe(2);
    expect((await room.desk('Ada', 'admin').removeArticle()).status).toBe(204);
    expect((await room.desk('Ada', 'admin').removeArticle()).status).toBe(404);
    await room.publisher.putArticle('bridge');
    expect((await room.operator.removeArticle('bridge')).status).toBe(204);
  });
});
