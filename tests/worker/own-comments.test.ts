import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { CommentStatus } from '../../src/core/comment/comment-status.ts';
import { miscounted } from '../support/miscounted.ts';
import { type Newsroom, openNewsroom, type Reader } from '../support/newsroom.ts';

const openWith = async (settings: Record<string, unknown>) => {
  const room = await openNewsroom(settings);
  await room.publisher.putArticle();
  return room;
};

const edit = (reader: Reader, comment: string, text: string) => reader.edit(comment, text);

const erase = (reader: Reader, comment: string) => reader.erase(comment);

const dossier = async (room: Newsroom, id: string) => (await room.desk().dossier(id)).body;

const statusOf = async (room: Newsroom, id: string): Promise<CommentStatus> => (await dossier(room, id)).item.status;

describe('the edit window', () => {
  test('takes an edit at its last millisecond and refuses it one later; a deletion is never too late', async () => {
    const room = await openWith({ moderation: 'post', editWindowMinutes: 15 });
    const [ada, ben] = [room.reader(), room.reader()];
    const { body: inTime } = await ada.post('I may change this.');
    const { body: late } = await ben.post('And this not any more.');
    expect(inTime.editableUntil).toBe(new Date(room.clock.now + 900_000).toISOString());
    room.clock.now += 900_000;
    expect((await ada.mine()).body.comments[0]?.editableUntil).toBe(inTime.editableUntil);
    expect((await ada.edit(inTime.id, 'Changed in time.')).status).toBe(200);
    room.clock.now += 1;
    expect((await ben.mine()).body.comments[0]?.editableUntil).toBeNull();
    const refused = await ben.edit(late.id, 'Changed too late.');
    expect(refused.status).toBe(403);
    expect(refused.body.reason).toBe('edit-window-over');
    expect((await ben.mine()).body.comments[0]?.source).toBe('And this not any more.');
    expect((await ben.erase(late.id)).status).toBe(204);
  });

  test('follows the site’s setting, for comments that are there already too', async () => {
    const room = await openWith({ moderation: 'post', editWindowMinutes: 1 });
    const ada = room.reader();
    const { body: comment } = await ada.post('A minute to think.');
    room.clock.tick(61);
    expect((await ada.edit(comment.id, 'Too late.')).status).toBe(403);
    await room.operator.changeSettings({ editWindowMinutes: 2 });
    expect((await ada.edit(comment.id, 'In time after all.')).status).toBe(200);
  });

  test.each(['reject', 'spam'] as const)(
    'is no business of a comment that a moderator has turned away, and "spam" is not said (%s)',
    async (decision) => {
      const room = await openWith({ moderation: 'pre' });
      const ada = room.reader();
      const { body: comment } = await ada.post('Let me in.');
      await room.desk().decide(comment.id, decision);
      const answer = await ada.edit(comment.id, 'Please.');
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ reason: 'transition-not-allowed', currentStatus: 'rejected' });
      expect(answer.body.detail).toBe('The comment is rejected now. Reload to see what can be done with it.');
      expect(JSON.stringify(answer.body)).not.toContain('spam');
      expect((await ada.mine()).body.comments[0]).toMatchObject({ status: 'rejected', editableUntil: null });
    },
  );
});

test('the latest 50 under an article are shown to their author, however much was written elsewhere or deleted', async () => {
  const room = await openWith({ moderation: 'pre', editWindowMinutes: 1_440 });
  await room.publisher.putArticle('bridge');
  const ada = room.reader();
  const say = async (text: string, article: string) => {
    // Slowly enough for a reader's limit of a day.
    room.clock.tick(1_000);
    const { status, body } = await ada.post(text, { article });
    expect(status).toBe(202);
    return body.id;
  };
  const waiting = await say('Still waiting for a moderator.', 'ferry');
  for (let i = 0; i < 51; i += 1) await say(`Busy elsewhere, number ${i}.`, 'bridge');
  expect((await ada.mine()).body.comments.map(({ id }) => id)).toEqual([waiting]);

  for (let i = 0; i < 51; i += 1) await ada.erase(await say(`Thought better of it, number ${i}.`, 'ferry'));
  expect((await ada.mine()).body.comments.map(({ id }) => id)).toEqual([waiting]);

  const ids = [waiting];
  for (let i = 0; i < 50; i += 1) ids.push(await say(`And another, number ${i}.`, 'ferry'));
  expect((await ada.mine()).body.comments.map(({ id }) => id).sort()).toEqual(ids.slice(1));
});

test('the votes of a reader under an article are shown on the 500 newest comments', async () => {
  const room = await openWith({});
  const ids = Array.from({ length: 501 }, (_, n) => `comment-${String(n).padStart(3, '0')}`);
  await env.DB.prepare(
    `INSERT INTO votes (site_id, reader_id, article_key, comment_id, value, created_at)
      SELECT ?, 'cleo', 'ferry', value, 1, 0 FROM json_each(?)`,
  )
    .bind(room.site, JSON.stringify(ids))
    .run();
  const { votes } = await room.stores().ownComments.findMine(room.site, 'ferry', 'cleo');
  expect([...votes.keys()].sort()).toEqual(ids.slice(1));
});

test('votes are shown to their reader under their own article alone', async () => {
  const room = await openWith({ moderation: 'post' });
  await room.publisher.putArticle('bridge');
  const ada = room.reader();
  const voted: [string, string][] = [];
  for (const article of ['ferry', 'bridge']) {
    const { id } = (await room.reader().post(`About the ${article}.`, { article })).body;
    await ada.vote({ article, id }, 1);
    voted.push([article, id]);
  }
  for (const [article, id] of voted) expect((await ada.mine(article)).body.votes).toEqual({ [id]: 1 });
});

test('somebody else’s comment and one that never was are the same 404', async () => {
  const room = await openWith({ moderation: 'post' });
  const { body: comment } = await room.reader().post('Hands off.');
  const ben = room.reader();
  const shape = ({ status, body }: { status: number; body: object }) => ({
    status,
    body: { ...body, requestId: '' },
  });
  const nowhere = '0000000000000000';
  expect(shape(await ben.edit(comment.id, 'Mine now.'))).toEqual(shape(await ben.edit(nowhere, 'Mine.')));
  expect(shape(await ben.erase(comment.id))).toEqual(shape(await ben.erase(nowhere)));
  expect((await ben.edit(comment.id, 'Mine now.')).status).toBe(404);
  expect((await room.public.thread()).body.comments[0]?.body).toEqual([{ t: 'p', c: ['Hands off.'] }]);
});

test('the key is good for its own site alone', async () => {
  const [one, two] = [await openWith({ moderation: 'post' }), await openWith({ moderation: 'post' })];
  const ada = one.reader();
  const { body: comment } = await ada.post('On one site.');
  expect((await two.reader(ada.key).erase(comment)).status).toBe(404);
});

describe('an edited text', () => {
  test('is screened as a new one: held by a suspect word, rejected by a banned one, refused when too long', async () => {
    const room = await openWith({
      moderation: 'post',
      suspectWords: ['hogwash'],
      bannedWords: ['grackle'],
      maxGraphemes: 30,
    });
    const ada = room.reader();
    const { body: comment } = await ada.post('All is well.');
    expect((await ada.edit(comment.id, 'x'.repeat(31))).body.reason).toBe('comment-too-long');
    expect((await ada.edit(comment.id, ' ')).body.reason).toBe('comment-empty');
    expect((await room.public.thread()).body.article.commentCount).toBe(1);

    const held = await ada.edit(comment.id, 'This is hogwash.');
    expect([held.status, held.body.status]).toEqual([200, 'pending']);
    expect((await room.public.thread()).body.article.commentCount).toBe(0);
    expect((await dossier(room, comment.id)).item).toMatchObject({
      revision: 2,
      signals: [{ phase: 'suspect-words' }],
    });

    const refused = await ada.edit(comment.id, 'You grackle.');
    expect([refused.status, refused.body.reason]).toEqual([422, 'edit-not-accepted']);
    expect((await dossier(room, comment.id)).item).toMatchObject({ revision: 2, status: 'pending' });
    expect((await ada.edit(comment.id, 'Sorry.')).status).toBe(200);
  });

  test('of a pending comment waits on, however harmless it is now', async () => {
    const room = await openWith({ moderation: 'post', suspectWords: ['hogwash'] });
    const ada = room.reader();
    const { body: comment } = await ada.post('Pure hogwash.');
    expect((await ada.edit(comment.id, 'Not quite right.')).body.status).toBe('pending');
  });

  test('of an approved comment is published and waits for nobody, but nobody has decided about it', async () => {
    const room = await openWith({});
    const ada = room.reader();
    const { body: comment } = await ada.post('My first one.');
    await room.desk().decide(comment.id, 'approve');
    const edited = await ada.edit(comment.id, 'My first one, changed.');
    expect(edited.body.status).toBe('published');
    expect(edited.body.editedAt).not.toBeNull();
    expect(await statusOf(room, comment.id)).toBe('published');
    expect((await room.desk().queue('unmoderated')).body).toMatchObject({
      items: [{ id: comment.id, revision: 2 }],
      counts: { unmoderated: 1, approved: 0, pending: 0 },
    });
    expect((await room.public.thread()).body).toMatchObject({
      article: { commentCount: 1 },
      comments: [{ body: [{ t: 'p', c: ['My first one, changed.'] }] }],
    });
  });

  test('makes a decision on the earlier one a 409, so that nobody approves what they have not read', async () => {
    const room = await openWith({});
    const ada = room.reader();
    const { body: comment } = await ada.post('Harmless.');
    await ada.edit(comment.id, 'Not so harmless.');
    const stale = await room.desk().decide(comment.id, 'approve');
    expect(stale.status).toBe(409);
    expect(stale.body.reason).toBe('edited-meanwhile');
    expect(await statusOf(room, comment.id)).toBe('pending');
    expect((await room.desk().decide(comment.id, 'approve', 'pending', { revision: 2 })).status).toBe(200);
  });

  test('does not clear the reports', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('You are all fools.');
    await room.reader().flag(comment, 'offensive', 'Really.');
    await ada.edit(comment.id, 'You are all friends.');
    expect((await room.desk().queue('reported')).body).toMatchObject({
      items: [{ id: comment.id, flagCount: 1 }],
      counts: { reported: 1 },
    });
  });

  test('that is the same text is no edit', async () => {
    const room = await openWith({});
    const ada = room.reader();
    const { body: comment } = await ada.post('Just so.');
    const same = await ada.edit(comment.id, ' Just so.\n');
    expect([same.status, same.body.editedAt]).toEqual([200, null]);
    expect((await dossier(room, comment.id)).events).toEqual([]);
  });

  test('that differs in signs or markup alone is an edit', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Just so');
    for (const source of ['Just so!', '*Just* so!']) {
      const edited = await ada.edit(comment.id, source);
      expect([edited.status, edited.body.source]).toEqual([200, source]);
    }
    expect((await dossier(room, comment.id)).item.revision).toBe(3);
    expect((await room.public.thread()).body.comments[0]?.body).toEqual([
      { t: 'p', c: [{ t: 'em', c: ['Just'] }, ' so!'] },
    ]);
  });

  test.each([
    ['pending', 'reject'],
    ['published', 'approve'],
  ] as const)('never overtakes a decision that was made while it was on its way (%s, %s)', async (from, decision) => {
    const room = await openWith({ moderation: from === 'pending' ? 'pre' : 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('In between.');
    const readerId = await ada.id();
    await room.desk().decide(comment.id, decision, from);
    const before = (await room.public.thread()).headers.get('ETag');
    const { ownComments } = room.stores();
    const edited = await ownComments.edit(
      {
        site: room.site,
        id: room.dependencies.ids.sortable(room.clock.now + 1),
        actor: { kind: 'reader', id: readerId, name: null },
        now: room.clock.now + 1,
      },
      {
        articleKey: 'ferry',
        id: comment.id,
        from,
        to: from,
        shadowed: false,
        revision: 1,
        body: [],
        source: 'You grackle.',
        textHash: 'x',
        textHashBefore: 'y',
        signals: [],
      },
    );
    expect(edited).toBeNull();
    expect((await room.public.thread()).headers.get('ETag')).toBe(before);
    expect((await dossier(room, comment.id)).source).toBe('In between.');
    expect((await dossier(room, comment.id)).events).toHaveLength(1);
  });
});

describe('a deleted comment', () => {
  test('leaves nothing of its text, name and address in any row of any table', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Unforgettable xyzzy words.', {
      name: 'Plugh Plover',
      email: 'plugh@xyzzy.example',
      key: 'key-to-forget',
    });
    await ada.edit(comment.id, 'Unforgettable xyzzy words, changed.');
    expect((await ada.erase(comment.id)).status).toBe(204);
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
    const ada = room.reader();
    const { body: comment } = await ada.post('What hogwash.', { name: 'Ada', email: 'ada@mail.example' });
    const row = () =>
      env.DB.prepare(
        `SELECT body, source, text_hash, author_name, author_email, signals,
          (SELECT json_group_array(trace) FROM comment_traces t WHERE t.site_id = c.site_id AND trace GLOB 'text *') AS texts
        FROM comments c WHERE site_id = ?`,
      )
        .bind(room.site)
        .first();
    // A comment from before there were traces has its text's hash in its own row.
    await env.DB.prepare("UPDATE comments SET text_hash = 'hash' WHERE site_id = ?").bind(room.site).run();
    const author = { author_name: '', author_email: null };
    const empty = { body: '[]', source: '', text_hash: '', texts: '[]', ...author, signals: '[]' };
    const filled = (await row()) ?? {};
    // A source that the tree tells is not kept in the first place.
    for (const [column, nothing] of Object.entries(empty)) {
      if (column !== 'source') expect(filled[column], column).not.toBe(nothing);
    }
    expect((await ada.erase(comment.id)).status).toBe(204);
    expect(await row()).toEqual(empty);
    // Nothing tells that this is the same text again.
    expect((await ada.post('What hogwash.')).status).toBe(202);
  });

  test('reads as deleted to an author who sends it once more', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Sent twice.', { key: 'key-of-the-deleted' });
    await ada.erase(comment.id);
    const again = await ada.post('Sent twice.', { key: 'key-of-the-deleted' });
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
    expect((await room.public.thread()).body.comments).toEqual([]);
  });

  test('is deleted for each of those who ask for it at the same time', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Deleted in two tabs.');
    const answers = await Promise.all([1, 2, 3].map(() => ada.erase(comment.id)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await miscounted(room)).toEqual([]);
  });

  test('without replies is gone, and a permalink to it is a 404', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Not worth keeping.');
    await ada.erase(comment.id);
    const thread = (await room.public.thread()).body;
    expect([thread.article.commentCount, thread.comments]).toEqual([0, []]);
    expect((await room.public.permalink(comment.id)).status).toBe(404);
    expect((await ada.mine()).body.comments).toEqual([]);
    expect((await ada.erase(comment.id)).status).toBe(204);
    expect((await ada.edit(comment.id, 'Back again.')).status).toBe(404);
  });

  test('stays as a tombstone while a reply hangs on it, and goes with the last of them', async () => {
    const room = await openWith({ moderation: 'post' });
    const [ada, ben] = [room.reader(), room.reader()];
    const { body: top } = await ada.post('What do you think?');
    const { body: reply } = await ben.post('I agree.', { parentId: top.id, name: 'Ben' });
    const { body: second } = await ben.post('I agree twice.', { parentId: top.id, name: 'Ben' });
    await ada.erase(top.id);
    let thread = (await room.public.thread()).body;
    expect(thread.article.commentCount).toBe(2);
    expect(thread.comments).toMatchObject([
      { id: top.id, tombstone: 'deleted', authorName: null, body: null, replyCount: 2 },
    ]);
    await ben.erase(reply.id);
    thread = (await room.public.thread()).body;
    expect(thread.comments[0]?.replies.map(({ id }) => id)).toEqual([second.id]);
    await ben.erase(second.id);
    thread = (await room.public.thread()).body;
    expect([thread.article.commentCount, thread.comments]).toEqual([0, []]);
  });

  test('that waited above its replies says from then on that its author deleted it, to caches too', async () => {
    const room = await openWith({ moderation: 'post', suspectWords: ['hogwash'] });
    const ada = room.reader();
    const { body: top } = await ada.post('What do you think?');
    await room.reader().post('I agree.', { parentId: top.id });
    await ada.edit(top.id, 'What hogwash do you think?');
    const before = await room.public.thread();
    expect(before.body.comments[0]?.tombstone).toBe('held');
    await room.desk().decide(top.id, 'reject', 'pending', { revision: 2 });
    const decided = await room.public.thread();
    expect(decided.body.comments[0]?.tombstone).toBe('removed');
    expect(decided.headers.get('ETag')).not.toBe(before.headers.get('ETag'));
    await ada.erase(top.id);
    const after = await room.public.thread();
    expect(after.body.comments[0]?.tombstone).toBe('deleted');
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'));
  });

  test('is counted as deleted, is in no other list, and cannot be decided about', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('For a moment.');
    await room.reader().flag(comment, 'spam');
    await ada.erase(comment.id);
    const { counts } = (await room.desk().queue('deleted')).body;
    expect(counts).toEqual({ pending: 0, reported: 0, unmoderated: 0, approved: 0, rejected: 0, spam: 0, deleted: 1 });
    for (const decision of ['approve', 'reject', 'spam', 'restore'] as const) {
      const answer = await room.desk().decide(comment.id, decision, 'deleted', { revision: 2 });
      expect([answer.status, answer.body.reason]).toEqual([409, 'transition-not-allowed']);
    }
  });

  test('may be said again', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Second thoughts about this.');
    await ada.erase(comment.id);
    expect((await ada.post('Second thoughts about this.')).status).toBe(201);
  });
});

test('to edit or delete an approved comment costs its author no trust: the next one is still seen at once', async () => {
  const room = await openNewsroom({ moderation: 'first-comment' });
  await room.publisher.putArticle();
  for (const change of [edit, erase]) {
    const guest = room.reader();
    const { body: first } = await guest.post(`The first, before its ${change.name}.`);
    await room.desk().decide(first.id, 'approve');
    await change(guest, first.id, 'The first, in other words.');
    expect((await guest.post(`The second, after its ${change.name}.`)).status).toBe(201);
  }
});

test('an approved comment that is edited into something else and rejected earns no trust', async () => {
  const room = await openNewsroom({ moderation: 'first-comment' });
  await room.publisher.putArticle();
  const guest = room.reader();
  const { body: first } = await guest.post('A harmless first.');
  await room.desk().decide(first.id, 'approve');
  await guest.edit(first, 'Something else entirely.');
  await room.desk().decide(first.id, 'reject', 'published', { revision: 2 });
  expect((await guest.post('And on it goes.')).status).toBe(202);
});
