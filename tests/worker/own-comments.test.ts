import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { CommentStatus } from '../../src/core/comment/comment-status.ts';
import { guestKey, type Newsroom, openNewsroom } from '../support/newsroom.ts';

const openWith = async (settings: Record<string, unknown>) => {
  const room = await openNewsroom(settings);
  await room.putArticle();
  return room;
};

const asReader = (key: string) => ({ Authorization: `Bearer ${key}` });

const edit = (room: Newsroom, guest: string, id: string, body: string) =>
  room.request('PATCH', `${room.base}/comments/${id}`, { headers: asReader(guest), body: { body } });

const erase = (room: Newsroom, guest: string, id: string) =>
  room.request('DELETE', `${room.base}/comments/${id}`, { headers: asReader(guest) });

const dossier = async (room: Newsroom, id: string) =>
  (await room.request('GET', `${room.base}/comments/${id}/dossier`, { headers: await room.asModerator() })).body;

const statusOf = async (room: Newsroom, id: string): Promise<CommentStatus> => (await dossier(room, id)).item.status;

describe('the edit window', () => {
  test.each([
    ['edit', edit, 200],
    ['deletion', erase, 204],
  ] as const)('takes the %s at its last millisecond and refuses it one later', async (_, change, status) => {
    const room = await openWith({ moderation: 'post', editWindowMinutes: 15 });
    const [ada, ben] = [guestKey(), guestKey()];
    const { body: inTime } = await room.post(ada, 'I may change this.');
    const { body: late } = await room.post(ben, 'And this not any more.');
    expect(inTime.editableUntil).toBe(new Date(room.clock.now + 900_000).toISOString());
    room.clock.now += 900_000;
    expect((await room.mine(ada)).body.comments[0].editableUntil).toBe(inTime.editableUntil);
    expect((await change(room, ada, inTime.id, 'Changed in time.')).status).toBe(status);
    room.clock.now += 1;
    expect((await room.mine(ben)).body.comments[0].editableUntil).toBeNull();
    const refused = await change(room, ben, late.id, 'Changed too late.');
    expect(refused.status).toBe(403);
    expect(refused.body.reason).toBe('edit-window-over');
    expect((await room.mine(ben)).body.comments[0].source).toBe('And this not any more.');
  });

  test('follows the site’s setting, for comments that are there already too', async () => {
    const room = await openWith({ moderation: 'post', editWindowMinutes: 1 });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'A minute to think.');
    room.clock.tick(61);
    expect((await edit(room, ada, comment.id, 'Too late.')).status).toBe(403);
    await room.request('PATCH', `${room.base}/settings`, { headers: room.asOperator, body: { editWindowMinutes: 2 } });
    expect((await edit(room, ada, comment.id, 'In time after all.')).status).toBe(200);
  });

  test.each(['reject', 'spam'] as const)(
    'is no business of a comment that a moderator has turned away, and "spam" is not said (%s)',
    async (decision) => {
      const room = await openWith({ moderation: 'pre' });
      const ada = guestKey();
      const { body: comment } = await room.post(ada, 'Let me in.');
      await room.decide(comment.id, decision);
      for (const answer of [await edit(room, ada, comment.id, 'Please.'), await erase(room, ada, comment.id)]) {
        expect(answer.status).toBe(409);
        expect(answer.body).toMatchObject({ reason: 'transition-not-allowed', currentStatus: 'rejected' });
        expect(JSON.stringify(answer.body)).not.toContain('spam');
      }
      expect((await room.mine(ada)).body.comments[0]).toMatchObject({ status: 'rejected', editableUntil: null });
    },
  );
});

test('the latest 50 under an article are shown to their author, however much was written elsewhere or deleted', async () => {
  const room = await openWith({ moderation: 'pre', editWindowMinutes: 1_440 });
  await room.putArticle('bridge');
  const ada = guestKey();
  const say = async (text: string, article: string) => {
    room.clock.tick(13);
    const { status, body } = await room.post(ada, text, { article });
    expect(status).toBe(202);
    return body.id;
  };
  const waiting = await say('Still waiting for a moderator.', 'ferry');
  for (let i = 0; i < 51; i += 1) await say(`Busy elsewhere, number ${i}.`, 'bridge');
  expect((await room.mine(ada)).body.comments.map(({ id }: { id: string }) => id)).toEqual([waiting]);

  for (let i = 0; i < 51; i += 1) await erase(room, ada, await say(`Thought better of it, number ${i}.`, 'ferry'));
  expect((await room.mine(ada)).body.comments.map(({ id }: { id: string }) => id)).toEqual([waiting]);

  const ids = [waiting];
  for (let i = 0; i < 50; i += 1) ids.push(await say(`And another, number ${i}.`, 'ferry'));
  expect((await room.mine(ada)).body.comments.map(({ id }: { id: string }) => id).sort()).toEqual(ids.slice(1));
});

test('votes are shown to their reader under their own article alone', async () => {
  const room = await openWith({ moderation: 'post' });
  await room.putArticle('bridge');
  const ada = guestKey();
  const voted: [string, string][] = [];
  for (const article of ['ferry', 'bridge']) {
    const { id } = (await room.post(guestKey(), `About the ${article}.`, { article })).body;
    await room.request('PUT', `${room.base}/comments/${id}/vote`, { headers: asReader(ada), body: { value: 1 } });
    voted.push([article, id]);
  }
  for (const [article, id] of voted) expect((await room.mine(ada, article)).body.votes).toEqual({ [id]: 1 });
});

test('somebody else’s comment and one that never was are the same 404', async () => {
  const room = await openWith({ moderation: 'post' });
  const { body: comment } = await room.post(guestKey(), 'Hands off.');
  const ben = guestKey();
  const shape = ({ status, body }: { status: number; body: Record<string, unknown> }) => ({
    status,
    body: { ...body, requestId: '' },
  });
  const nowhere = '0000000000000000';
  expect(shape(await edit(room, ben, comment.id, 'Mine now.'))).toEqual(shape(await edit(room, ben, nowhere, 'Mine.')));
  expect(shape(await erase(room, ben, comment.id))).toEqual(shape(await erase(room, ben, nowhere)));
  expect((await edit(room, ben, comment.id, 'Mine now.')).status).toBe(404);
  expect((await room.thread()).body.comments[0]?.body).toEqual([{ t: 'p', c: ['Hands off.'] }]);
});

test('the key is good for its own site alone', async () => {
  const [one, two] = [await openWith({ moderation: 'post' }), await openWith({ moderation: 'post' })];
  const ada = guestKey();
  const { body: comment } = await one.post(ada, 'On one site.');
  expect((await two.request('DELETE', `${two.base}/comments/${comment.id}`, { headers: asReader(ada) })).status).toBe(
    404,
  );
});

describe('an edited text', () => {
  test('is screened as a new one: held by a suspect word, rejected by a banned one, refused when too long', async () => {
    const room = await openWith({
      moderation: 'post',
      suspectWords: ['hogwash'],
      bannedWords: ['grackle'],
      maxGraphemes: 30,
    });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'All is well.');
    expect((await edit(room, ada, comment.id, 'x'.repeat(31))).body.reason).toBe('comment-too-long');
    expect((await edit(room, ada, comment.id, ' ')).body.reason).toBe('comment-empty');
    expect((await room.thread()).body.article.commentCount).toBe(1);

    const held = await edit(room, ada, comment.id, 'This is hogwash.');
    expect([held.status, held.body.status]).toEqual([200, 'pending']);
    expect((await room.thread()).body.article.commentCount).toBe(0);
    expect((await dossier(room, comment.id)).item).toMatchObject({
      revision: 2,
      signals: [{ phase: 'suspect-words' }],
    });

    const rejected = await edit(room, ada, comment.id, 'You grackle.');
    expect(rejected.body).toMatchObject({ status: 'rejected', reason: expect.stringContaining('words') });
    expect((await dossier(room, comment.id)).item.reader).toMatchObject({ approvedCount: 0, rejectedCount: 1 });
    expect((await edit(room, ada, comment.id, 'Sorry.')).status).toBe(409);
  });

  test('of a pending comment waits on, however harmless it is now', async () => {
    const room = await openWith({ moderation: 'post', suspectWords: ['hogwash'] });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Pure hogwash.');
    expect((await edit(room, ada, comment.id, 'Not quite right.')).body.status).toBe('pending');
  });

  test('of an approved comment is published and waits for nobody, but nobody has decided about it', async () => {
    const room = await openWith({});
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'My first one.');
    await room.decide(comment.id, 'approve');
    const edited = await edit(room, ada, comment.id, 'My first one, changed.');
    expect(edited.body.status).toBe('published');
    expect(edited.body.editedAt).not.toBeNull();
    expect(await statusOf(room, comment.id)).toBe('published');
    expect((await room.queue('unmoderated')).body).toMatchObject({
      items: [{ id: comment.id, revision: 2 }],
      counts: { unmoderated: 1, approved: 0, pending: 0 },
    });
    expect((await room.thread()).body).toMatchObject({
      article: { commentCount: 1 },
      comments: [{ body: [{ t: 'p', c: ['My first one, changed.'] }] }],
    });
  });

  test('makes a decision on the earlier one a 409, so that nobody approves what they have not read', async () => {
    const room = await openWith({});
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Harmless.');
    await edit(room, ada, comment.id, 'Not so harmless.');
    const stale = await room.decide(comment.id, 'approve');
    expect(stale.status).toBe(409);
    expect(stale.body.reason).toBe('edited-meanwhile');
    expect(await statusOf(room, comment.id)).toBe('pending');
    expect((await room.decide(comment.id, 'approve', 'pending', { revision: 2 })).status).toBe(200);
  });

  test('does not clear the reports', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'You are all fools.');
    await room.request('POST', `${room.base}/comments/${comment.id}/flags`, {
      headers: asReader(guestKey()),
      body: { reason: 'offensive', note: 'Really.' },
    });
    await edit(room, ada, comment.id, 'You are all friends.');
    expect((await room.queue('reported')).body).toMatchObject({
      items: [{ id: comment.id, flagCount: 1 }],
      counts: { reported: 1 },
    });
  });

  test('that is the same text is no edit', async () => {
    const room = await openWith({});
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Just so.');
    const same = await edit(room, ada, comment.id, ' Just so.\n');
    expect([same.status, same.body.editedAt]).toEqual([200, null]);
    expect((await dossier(room, comment.id)).events).toEqual([]);
  });

  test('that differs in signs or markup alone is an edit', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Just so');
    for (const source of ['Just so!', '*Just* so!']) {
      const edited = await edit(room, ada, comment.id, source);
      expect([edited.status, edited.body.source]).toEqual([200, source]);
    }
    expect((await dossier(room, comment.id)).item.revision).toBe(3);
    expect((await room.thread()).body.comments[0]?.body).toEqual([{ t: 'p', c: [{ t: 'em', c: ['Just'] }, ' so!'] }]);
  });

  test.each([
    ['pending', 'reject'],
    ['published', 'approve'],
  ] as const)('never overtakes a decision that was made while it was on its way (%s, %s)', async (from, decision) => {
    const room = await openWith({ moderation: from === 'pending' ? 'pre' : 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'In between.');
    const readerId = await room.dependencies.hashing.reader(room.site, ada);
    await room.decide(comment.id, decision, from);
    const before = (await room.thread()).headers.get('ETag');
    const { ownComments } = room.stores();
    const edited = await ownComments.edit({
      siteId: room.site,
      articleKey: 'ferry',
      id: comment.id,
      readerId,
      from,
      to: from,
      shadowed: false,
      revision: 1,
      body: [],
      source: 'You grackle.',
      textHash: 'x',
      signals: [],
      eventId: room.dependencies.ids.sortable(room.clock.now + 1),
      now: room.clock.now + 1,
    });
    expect(edited).toBeNull();
    expect((await room.thread()).headers.get('ETag')).toBe(before);
    expect((await dossier(room, comment.id)).source).toBe('In between.');
    expect((await dossier(room, comment.id)).events).toHaveLength(1);
  });
});

describe('a deleted comment', () => {
  test('leaves nothing of its text, name and address in any row of any table', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Unforgettable xyzzy words.', {
      name: 'Plugh Plover',
      email: 'plugh@xyzzy.example',
      key: 'key-to-forget',
    });
    await edit(room, ada, comment.id, 'Unforgettable xyzzy words, changed.');
    expect((await erase(room, ada, comment.id)).status).toBe(204);
    const { results: tables } = await env.DB.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    ).all<{ name: string }>();
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
      expect(JSON.stringify(results), name).not.toMatch(/xyzzy|plugh|plover/i);
    }
  });

  test('keeps of its row what counts and where it stood, and each column that its author filled is empty', async () => {
    const room = await openWith({ moderation: 'post', suspectWords: ['hogwash'] });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'What hogwash.', { name: 'Ada', email: 'ada@mail.example' });
    const row = () =>
      env.DB.prepare(
        'SELECT body, source, text_hash, author_name, author_email, signals FROM comments WHERE site_id = ?',
      )
        .bind(room.site)
        .first();
    const empty = { body: '[]', source: '', text_hash: '', author_name: '', author_email: null, signals: '[]' };
    const filled = (await row()) ?? {};
    for (const [column, nothing] of Object.entries(empty)) expect(filled[column], column).not.toBe(nothing);
    expect((await erase(room, ada, comment.id)).status).toBe(204);
    expect(await row()).toEqual(empty);
    // Nothing tells that this is the same text again.
    expect((await room.post(ada, 'What hogwash.')).status).toBe(202);
  });

  test('reads as deleted to an author who sends it once more', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Sent twice.', { key: 'key-of-the-deleted' });
    await erase(room, ada, comment.id);
    const again = await room.post(ada, 'Sent twice.', { key: 'key-of-the-deleted' });
    expect(again.status).toBe(202);
    expect(again.body).toMatchObject({
      id: comment.id,
      status: 'deleted',
      tombstone: 'deleted',
      authorName: '',
      source: '',
      body: [],
      editableUntil: null,
    });
    expect((await room.thread()).body.comments).toEqual([]);
  });

  test('without replies is gone, and a permalink to it is a 404', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Not worth keeping.');
    await erase(room, ada, comment.id);
    const thread = (await room.thread()).body;
    expect([thread.article.commentCount, thread.comments]).toEqual([0, []]);
    expect((await room.request('GET', `${room.base}/comments/${comment.id}`)).status).toBe(404);
    expect((await room.mine(ada)).body.comments).toEqual([]);
    expect((await erase(room, ada, comment.id)).status).toBe(404);
    expect((await edit(room, ada, comment.id, 'Back again.')).status).toBe(404);
  });

  test('stays as a tombstone while a reply hangs on it, and goes with the last of them', async () => {
    const room = await openWith({ moderation: 'post' });
    const [ada, ben] = [guestKey(), guestKey()];
    const { body: top } = await room.post(ada, 'What do you think?');
    const { body: reply } = await room.post(ben, 'I agree.', { parentId: top.id, name: 'Ben' });
    const { body: second } = await room.post(ben, 'I agree twice.', { parentId: top.id, name: 'Ben' });
    await erase(room, ada, top.id);
    let thread = (await room.thread()).body;
    expect(thread.article.commentCount).toBe(2);
    expect(thread.comments).toMatchObject([
      { id: top.id, tombstone: 'deleted', authorName: null, body: null, replyCount: 2 },
    ]);
    await erase(room, ben, reply.id);
    thread = (await room.thread()).body;
    expect(thread.comments[0]?.replies.map(({ id }) => id)).toEqual([second.id]);
    await erase(room, ben, second.id);
    thread = (await room.thread()).body;
    expect([thread.article.commentCount, thread.comments]).toEqual([0, []]);
  });

  test('that stood as removed above its replies says from then on that its author deleted it, to caches too', async () => {
    const room = await openWith({ moderation: 'post', suspectWords: ['hogwash'] });
    const ada = guestKey();
    const { body: top } = await room.post(ada, 'What do you think?');
    await room.post(guestKey(), 'I agree.', { parentId: top.id });
    await edit(room, ada, top.id, 'What hogwash do you think?');
    const before = await room.thread();
    expect(before.body.comments[0]?.tombstone).toBe('removed');
    await erase(room, ada, top.id);
    const after = await room.thread();
    expect(after.body.comments[0]?.tombstone).toBe('deleted');
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'));
  });

  test('is counted as deleted, is in no other list, and cannot be decided about', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'For a moment.');
    await room.request('POST', `${room.base}/comments/${comment.id}/flags`, {
      headers: asReader(guestKey()),
      body: { reason: 'spam' },
    });
    await erase(room, ada, comment.id);
    const { counts } = (await room.queue('deleted')).body;
    expect(counts).toEqual({ pending: 0, reported: 0, unmoderated: 0, approved: 0, rejected: 0, spam: 0, deleted: 1 });
    for (const decision of ['approve', 'reject', 'spam', 'restore'] as const) {
      const answer = await room.decide(comment.id, decision, 'deleted', { revision: 2 });
      expect([answer.status, answer.body.reason]).toEqual([409, 'transition-not-allowed']);
    }
  });

  test('may be said again', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    const { body: comment } = await room.post(ada, 'Second thoughts about this.');
    await erase(room, ada, comment.id);
    expect((await room.post(ada, 'Second thoughts about this.')).status).toBe(201);
  });
});

test('to edit or delete an approved comment costs its author no trust: the next one is still seen at once', async () => {
  const room = await openNewsroom({ moderation: 'first-comment' });
  await room.putArticle();
  for (const change of ['PATCH', 'DELETE']) {
    const guest = guestKey();
    const { body: first } = await room.post(guest, `The first, before ${change}.`);
    await room.decide(first.id, 'approve');
    await room.request(change, `${room.base}/comments/${first.id}`, {
      headers: { Authorization: `Bearer ${guest}` },
      ...(change === 'PATCH' && { body: { body: 'The first, in other words.' } }),
    });
    expect((await room.post(guest, `The second, after ${change}.`)).status).toBe(201);
  }
});

test('an approved comment that is edited into something else and rejected earns no trust', async () => {
  const room = await openNewsroom({ moderation: 'first-comment' });
  await room.putArticle();
  const guest = guestKey();
  const { body: first } = await room.post(guest, 'A harmless first.');
  await room.decide(first.id, 'approve');
  await room.request('PATCH', `${room.base}/comments/${first.id}`, {
    headers: { Authorization: `Bearer ${guest}` },
    body: { body: 'Something else entirely.' },
  });
  await room.decide(first.id, 'reject', 'published', { revision: 2 });
  expect((await room.post(guest, 'And on it goes.')).status).toBe(202);
});

test('an approval is counted once also where the edits after it were written before events had a last word', async () => {
  const room = await openWith({ moderation: 'post', editWindowMinutes: 1_440 });
  const ada = guestKey();
  const { body: comment } = await room.post(ada, 'Written long ago.');
  room.clock.tick(1);
  await room.decide(comment.id, 'approve', 'published');
  for (const text of ['Second version.', 'Third version.', 'Fourth version.']) {
    room.clock.tick(1);
    await edit(room, ada, comment.id, text);
    if (text !== 'Fourth version.')
      await env.DB.prepare('UPDATE moderation_events SET last_word = NULL WHERE site_id = ?').bind(room.site).run();
  }
  room.clock.tick(1);
  expect((await room.decide(comment.id, 'approve', 'published', { revision: 4 })).status).toBe(200);
  expect((await room.queue('approved')).body.items[0]?.reader.approvedCount).toBe(1);
});
