import { expect, test } from 'vitest';
import { openNewsroom } from '../support/newsroom.ts';

test('a reader comments, it waits, a moderator approves, everybody sees it', async () => {
  const room = await openNewsroom();
  expect((await room.publisher.putArticle()).status).toBe(201);
  const ada = room.reader();

  const posted = await ada.post('The **ferry** was late again.');
  expect(posted.status).toBe(202);
  expect(posted.body).toMatchObject({ status: 'pending', authorName: 'Ada' });
  expect((await room.public.thread()).body.comments).toEqual([]);
  expect((await ada.mine()).body.comments).toMatchObject([{ id: posted.body.id, status: 'pending' }]);

  const queue = await room.desk().queue();
  expect(queue.body.counts.pending).toBe(1);
  expect(queue.body.items[0]).toMatchObject({
    id: posted.body.id,
    signals: [{ phase: 'first-comment' }],
    article: { headline: 'About ferry' },
  });

  expect((await room.desk().decide(posted.body.id, 'approve')).status).toBe(200);
  const thread = await room.public.thread();
  expect(thread.body.article.commentCount).toBe(1);
  expect(thread.body.comments[0]).toMatchObject({
    authorName: 'Ada',
    body: [{ t: 'p', c: ['The ', { t: 'strong', c: ['ferry'] }, ' was late again.'] }],
  });

  const second = await ada.post('And the next one too.');
  expect(second.status).toBe(201);
});
