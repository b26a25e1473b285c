import { describe, expect, test } from 'vitest';
import { networkNamed } from '../support/memory/platform.ts';
import { type Newsroom, openNewsroom, type Reader } from '../support/newsroom.ts';

/** A shadow-banned reader must be told what anybody else would be told. */

const openWith = async (settings: Record<string, unknown> = { moderation: 'post' }) => {
  const room = await openNewsroom(settings);
  await room.publisher.putArticle();
  return room;
};

const ban = async (room: Newsroom, reader: Reader, kind: 'none' | 'shadow-ban') =>
  expect((await room.desk().ban(await reader.id(), kind)).status).toBe(204);

/** A reader who is known here, and shadow-banned since. */
const openShadow = async (settings?: Record<string, unknown>) => {
  const room = await openWith(settings);
  const ada = room.reader();
  const { body: before } = await ada.post('Before the ban.');
  await ban(room, ada, 'shadow-ban');
  room.clock.tick(1);
  return { room, ada, before };
};

const toldOf = async (reader: Reader, id: string) => {
  const { comments } = (await reader.mine()).body;
  const { status, reason, source } = comments.find((comment) => comment.id === id) ?? {};
  return { status, reason, source };
};

const undo = async (room: Newsroom, id: string) =>
  expect((await room.desk().undo([id])).body.results).toMatchObject([{ id, outcome: 'done' }]);

const queued = async (room: Newsroom, list: 'rejected' | 'approved' | 'spam' | 'pending') =>
  (await room.desk().queue(list)).body.items.map(({ id }) => id);

describe('an edit', () => {
  test('by a shadow-banned reader of a comment that all could see: the author alone sees it, with the new text', async () => {
    const { room, ada, before } = await openShadow();
    for (const body of ['After the ban.', 'And once more.']) {
      const edited = await ada.edit(before.id, body);
      expect(edited.status).toBe(200);
      expect(edited.body).toMatchObject({ status: 'published', reason: null, source: body });
      expect(edited.body.editableUntil).toBe(before.editableUntil);
      expect(await toldOf(ada, before.id)).toEqual({ status: 'published', reason: null, source: body });
      expect((await room.public.thread()).body).toMatchObject({ article: { commentCount: 0 }, comments: [] });
      expect((await room.public.permalink(before.id)).status).toBe(404);
    }
    expect((await room.desk().queue('rejected')).body.items).toMatchObject([
      { id: before.id, signals: [{ phase: 'ban' }] },
    ]);
  });

  test('of what others have answered reads to them as one that waits does, until a moderator has removed it, to caches too', async () => {
    const { room, ada, before } = await openShadow();
    const bo = room.reader();
    await bo.post('An answer.', { parentId: before.id });
    await ada.edit(before.id, 'After the ban.');
    const versions = new Set();
    const seen = async () => {
      const { body, headers } = await room.public.thread();
      versions.add(headers.get('ETag'));
      return body.comments.map(({ tombstone }) => tombstone);
    };
    expect(await seen()).toEqual(['held']);
    expect(await toldOf(ada, before.id)).toMatchObject({ status: 'published', source: 'After the ban.' });
    const desk = room.desk();
    const decided = async (decision: 'spam' | 'approve' | 'reject', from: 'rejected' | 'spam' | 'approved') => {
      expect((await desk.decide(before.id, decision, from, { revision: 2 })).status).toBe(200);
      return seen();
    };
    expect(await decided('spam', 'rejected')).toEqual(['removed']);
    await undo(room, before.id);
    expect(await seen()).toEqual(['held']);
    expect(await decided('approve', 'rejected')).toEqual([null]);
    expect(await decided('reject', 'approved')).toEqual(['removed']);
    expect(versions.size).toBe(5);
  });

  test('of what waits for a moderator goes on waiting', async () => {
    const { room, ada, before } = await openShadow({ moderation: 'pre' });
    const edited = await ada.edit(before.id, 'After the ban.');
    expect(edited.body).toMatchObject({ status: 'pending', source: 'After the ban.' });
    expect(await queued(room, 'pending')).toEqual([before.id]);
  });

  test.each(['Harmless.', 'Pure hogwash.', 'A gr4ckle.'])(
    'of what is in the shadow leaves it there after the ban is lifted: %s',
    async (body) => {
      const { room, ada } = await openShadow({
        moderation: 'post',
        suspectWords: ['hogwash'],
        bannedWords: ['grackle'],
      });
      const { body: comment } = await ada.post('Does anybody hear me?');
      await ban(room, ada, 'none');
      expect((await ada.edit(comment.id, body)).body).toMatchObject({ status: 'published', source: body });
      expect(await queued(room, 'rejected')).toEqual([comment.id]);
    },
  );

  test('into a banned word is refused as anybody’s is, of what all could see and of what is in the shadow', async () => {
    const { room, ada, before } = await openShadow({ moderation: 'post', bannedWords: ['grackle'] });
    const { body: comment } = await ada.post('Does anybody hear me?');
    const ben = room.reader();
    const { body: seen } = await ben.post('I am here.');
    const answers = [];
    for (const [who, id] of [[ben, seen.id] as const, [ada, before.id] as const, [ada, comment.id] as const]) {
      const { status, body } = await who.edit(id, 'You grackle.');
      answers.push([status, body.reason]);
    }
    expect(answers).toEqual(Array(3).fill([422, 'edit-not-accepted']));
    expect(await toldOf(ada, comment.id)).toMatchObject({ status: 'published', source: 'Does anybody hear me?' });
  });

  test('into a banned word is refused as what it is, also where a shadow was once', async () => {
    const { room, ada } = await openShadow({ moderation: 'post', bannedWords: ['grackle'] });
    const { body: comment } = await ada.post('Does anybody hear me?');
    await room.desk().decide(comment.id, 'restore', 'rejected');
    await ban(room, ada, 'none');
    expect((await ada.edit(comment.id, 'You grackle.')).body.reason).toBe('edit-not-accepted');
  });
});

describe('a reply to what is in the shadow', () => {
  test('by its author is taken as any other, and is in the shadow itself', async () => {
    const { room, ada, before } = await openShadow();
    const { body: parent } = await ada.post('Does anybody hear me?', { parentId: before.id });
    const reply = await ada.post('I mean it.', { parentId: parent.id });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ status: 'published', parentId: parent.id, rootId: before.id, depth: 2 });
    const below = await ada.post('Really.', { parentId: reply.body.id });
    expect([below.status, below.body.depth]).toEqual([201, 3]);
    expect((await ada.mine()).body.comments).toHaveLength(4);
    expect((await room.public.thread()).body).toMatchObject({
      article: { commentCount: 1 },
      comments: [{ replies: [] }],
    });
    expect(await queued(room, 'rejected')).toHaveLength(3);
    expect((await ada.post('', { parentId: parent.id })).status).toBe(422);
  });

  test.each([
    ['first-comment', 'A harmless sentence.'],
    ['post', 'Pure hogwash.'],
    ['post', 'You grackle.'],
  ])('stays there when the ban is over, whatever screening says of it (%s: %s)', async (moderation, text) => {
    const { room, ada } = await openShadow({ moderation, suspectWords: ['hogwash'], bannedWords: ['grackle'] });
    const { body: parent } = await ada.post('Does anybody hear me?');
    await ban(room, ada, 'none');
    const reply = await ada.post(text, { parentId: parent.id });
    expect([reply.status, reply.body.status]).toEqual([201, 'published']);
    const { items } = (await room.desk().queue('rejected')).body;
    expect(items.find(({ id }) => id === reply.body.id)?.signals).toMatchObject([{ phase: 'ban' }]);
  });

  test('by anybody else is answered as below any comment that is gone', async () => {
    const { room, ada, before } = await openShadow();
    const { body: parent } = await ada.post('Does anybody hear me?');
    await room.desk().decide(before.id, 'reject', 'published');
    const ben = room.reader();
    const [below, gone] = [
      await ben.post('I do.', { parentId: parent.id }),
      await ben.post('I do.', { parentId: before.id }),
    ];
    expect(below.status).toBe(409);
    expect({ ...below.body, requestId: '' }).toEqual({ ...gone.body, requestId: '' });
  });

  test.each(['reject', 'spam'] as const)('is refused once a moderator has said %s', async (decision) => {
    const { room, ada } = await openShadow();
    const { body: parent } = await ada.post('Does anybody hear me?');
    await room.desk().decide(parent.id, 'approve', 'rejected');
    await room.desk().decide(parent.id, decision, 'approved');
    expect((await ada.post('I mean it.', { parentId: parent.id })).status).toBe(409);
  });

  test('goes in only by the same author and only into the shadow, even if the parent went there a moment ago', async () => {
    const { room, ada } = await openShadow();
    const { body: parent } = await ada.post('Does anybody hear me?');
    const { ids } = room.dependencies;
    const { postings } = room.stores();
    const insertAs = async (reader: Reader, shadowed: boolean) => {
      room.clock.tick(1);
      const id = ids.sortable(room.clock.now);
      const { outcome } = await postings.insert({
        siteId: room.site,
        id,
        articleKey: 'ferry',
        parentId: parent.id,
        rootId: parent.id,
        depth: 1,
        path: id,
        readerId: await reader.id(),
        authorName: 'Ada',
        authorEmail: null,
        body: [],
        source: 'I mean it.',
        textHash: id,
        status: shadowed ? 'rejected' : 'published',
        shadowed,
        signals: [],
        network: networkNamed('a-network', room.clock.now),
        isNetworkHeld: false,
        isStranger: true,
        idempotencyKey: null,
        requestHash: null,
        createdAt: room.clock.now,
        registerUrl: null,
      });
      return outcome;
    };
    expect(await insertAs(ada, false)).toBe('parent-gone');
    expect(await insertAs(room.reader(), true)).toBe('parent-gone');
    expect(await insertAs(ada, true)).toBe('inserted');
  });
});

test('a vote on it, a report of it and its deletion are answered to its author as for a published one', async () => {
  const { room, ada, before } = await openShadow();
  const { body: comment } = await ada.post('Does anybody hear me?');
  const answersTo = async (reader: Reader, id: string) => {
    const acts = [
      () => reader.vote(id, 1),
      () => reader.vote(id, 0),
      () => reader.flag(id, 'other'),
      () => reader.flag(id, 'other'),
      () => reader.erase(id),
      () => reader.erase(id),
    ];
    const answers: unknown[] = [];
    for (const act of acts) {
      const { status, body } = await act();
      answers.push([status, body && { ...body, requestId: '' }]);
    }
    return answers;
  };
  const strangers = await answersTo(room.reader(), comment.id);
  expect(strangers.map((answer) => (answer as [number])[0])).toEqual(Array<number>(6).fill(404));
  const ofShadow = await answersTo(ada, comment.id);
  expect(ofShadow.map((answer) => (answer as [number])[0])).toEqual([403, 403, 204, 204, 204, 204]);
  expect((await room.desk().queue('reported')).body.counts.reported).toBe(0);
  expect(ofShadow).toEqual(await answersTo(ada, before.id));
});

describe('a comment in the shadow that a moderator decides about', () => {
  const PUBLISHED = { status: 'published', reason: null };

  test.each([
    ['approve', 'approved', PUBLISHED],
    ['spam', 'spam', { status: 'rejected', reason: 'Why not.' }],
    ['restore', 'pending', { status: 'pending', reason: null }],
  ] as const)('%s and undone, is in the shadow again', async (decision, status, told) => {
    const { room, ada } = await openShadow();
    const { body: comment } = await ada.post('Does anybody hear me?');
    expect(await queued(room, 'rejected')).toEqual([comment.id]);
    expect((await room.desk().decide(comment.id, decision, 'rejected', { reason: 'Why not.' })).status).toBe(200);
    expect(await toldOf(ada, comment.id)).toMatchObject(told);
    expect(await queued(room, status)).toContain(comment.id);
    expect((await room.public.thread()).body.article.commentCount).toBe(decision === 'approve' ? 2 : 1);
    room.clock.tick(1);
    await undo(room, comment.id);
    expect(await toldOf(ada, comment.id)).toMatchObject(PUBLISHED);
    expect(await queued(room, 'rejected')).toEqual([comment.id]);
    expect((await room.public.thread()).body.article.commentCount).toBe(1);
  });

  test('is rejected to its author, too, once a moderator says so', async () => {
    const { room, ada } = await openShadow();
    const { body: comment } = await ada.post('Does anybody hear me?');
    await room.desk().decide(comment.id, 'approve', 'rejected');
    room.clock.tick(1);
    await room.desk().decide(comment.id, 'reject', 'approved', { reason: 'After all, no.' });
    expect(await toldOf(ada, comment.id)).toMatchObject({ status: 'rejected', reason: 'After all, no.' });
    room.clock.tick(1);
    await undo(room, comment.id);
    expect(await toldOf(ada, comment.id)).toMatchObject(PUBLISHED);
    expect(await queued(room, 'approved')).toEqual([comment.id]);
  });
});
