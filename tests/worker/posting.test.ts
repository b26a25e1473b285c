import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { MAX_NAME_GRAPHEMES } from '../../src/core/comment/author-name.ts';
import { MAX_DEPTH } from '../../src/core/comment/comment.ts';
import { guestKey, NEWS, type Newsroom, openNewsroom, type Reader, type Staff } from '../support/newsroom.ts';

/** 25 UTF-16 units, four people, one grapheme. */
const FAMILY = '👨🏽‍👩🏽‍👧🏽‍👦🏽';

const openWith = async (settings: Record<string, unknown>, article: Record<string, unknown> = {}) => {
  const room = await openNewsroom(settings);
  await room.publisher.putArticle('ferry', article);
  return room;
};

type Ban = Parameters<Staff['ban']>;

const ban = async (room: Newsroom, reader: Reader, kind: Ban[1], days?: Ban[2]) =>
  room.desk().ban(await reader.id(), kind, days);

describe('what a reader is told', () => {
  test('a comment that is seen at once is answered with 201, one that waits with 202, each with its address', async () => {
    const room = await openWith({ moderation: 'post' });
    const published = await room.reader().post('The ferry was late.');
    expect(published.status).toBe(201);
    expect(published.body.status).toBe('published');
    expect(published.headers.get('Location')).toBe(room.at.comment(published.body));
    // In ASCII, and with what an address cannot have as it stands: %5C is no slash.
    for (const article of ['f%C3%A4hre', 'a%5Cb']) {
      await room.publisher.putArticle(article);
      const { headers, body } = await room.reader().post('The ferry was late.', { article });
      expect(headers.get('Location')).toBe(room.at.comment({ ...body, article }));
    }

    await room.publisher.putArticle('ferry', { moderation: 'pre' });
    const waiting = await room.reader().post('It was late again.');
    expect(waiting.status).toBe(202);
    expect(waiting.body.status).toBe('pending');
    expect(waiting.body.reason).toBeNull();
  });

  test('a pending comment is there after a reload for its author alone, by the key and without any cookie', async () => {
    const room = await openWith({});
    const [ada, ben] = [room.reader(), room.reader()];
    const posted = await ada.post('Still waiting?');
    expect(posted.headers.get('Set-Cookie')).toBeNull();
    const mine = await ada.mine();
    expect(mine.headers.get('Cache-Control')).toBe('no-store');
    expect(mine.headers.get('Set-Cookie')).toBeNull();
    expect(mine.body.comments).toMatchObject([{ id: posted.body.id, status: 'pending', source: 'Still waiting?' }]);
    expect((await ben.mine()).body.comments).toEqual([]);
    expect((await room.public.thread()).body.comments).toEqual([]);
  });

  test('whoever sends no key, half a key or something else than a key is refused with 401', async () => {
    const room = await openWith({});
    for (const Authorization of ['', 'Bearer', `Bearer ${guestKey().slice(1)}`, `Bearer ${guestKey()}x`, 'Basic abc']) {
      const answer = await room.reader().with({ Authorization }).post('Hello there.');
      expect(answer.status, Authorization).toBe(401);
    }
  });

  test('e-mail addresses are in no public answer', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const top = await ada.post('Write to me.', { email: 'ada@secret.example' });
    const reply = await ada.post('Do write.', { email: 'ada@secret.example', parentId: top.body.id });
    expect(reply.status).toBe(201);
    const answers = [
      top,
      reply,
      await room.public.thread(),
      await room.public.permalink(top.body),
      await room.public.replies(top.body),
      await ada.mine(),
      await room.public.articles(),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300);
      expect(JSON.stringify(answer.body)).not.toMatch(/secret\.example|e-?mail/i);
    }
    const queue = await room.desk().queue('unmoderated');
    expect(queue.body.items[0]).toMatchObject({ authorEmail: 'ada@secret.example' });
  });
});

describe('who a guest is', () => {
  test('two guests behind one address keep their own names, whoever of them voted first', async () => {
    const room = await openWith({ moderation: 'post' });
    const [ada, ben] = [room.reader(), room.reader()];
    const first = await ada.post('I am Ada.', { name: 'Ada' });
    const vote = await ben.vote(first.body, 1);
    expect(vote.body).toEqual({ upVotes: 1, downVotes: 0, value: 1 });
    room.clock.tick(1);
    const second = await ben.post('And I am Ben.', { name: 'Ben' });
    expect(second.status).toBe(201);
    const { comments } = (await room.public.thread('sort=oldest')).body;
    expect(comments.map((comment) => comment.authorName)).toEqual(['Ada', 'Ben']);
    expect((await ada.mine()).body.comments).toHaveLength(1);
    expect((await ben.mine()).body.votes).toEqual({ [first.body.id]: 1 });
  });

  test('one guest at two addresses is one guest', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await ada.post('From home.');
    await ada.at('198.51.100.9').post('From the train.');
    expect((await ada.mine()).body.comments).toHaveLength(2);
  });

  test('the name belongs to the comment: a second name leaves the first comment as it was', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await ada.post('Once so.', { name: 'Ada' });
    room.clock.tick(1);
    await ada.post('Once so and once otherwise.', { name: 'Countess' });
    const { comments } = (await room.public.thread('sort=oldest')).body;
    expect(comments.map((comment) => comment.authorName)).toEqual(['Ada', 'Countess']);
  });

  test('the same key on two sites is two readers', async () => {
    const [one, two] = [await openNewsroom(), await openNewsroom()];
    const ada = one.reader();
    expect(await ada.id()).not.toBe(await two.reader(ada.key).id());
  });
});

describe('a first comment', () => {
  test('asks for an approved one: the second, posted while the first waits, is held too', async () => {
    const room = await openWith({});
    const ada = room.reader();
    const first = await ada.post('My first one.');
    expect([first.status, (await ada.post('My second one.')).status]).toEqual([202, 202]);
    await room.desk().decide(first.body.id, 'reject');
    expect((await ada.post('My third one.')).status).toBe(202);
    await room.desk().decide(first.body.id, 'approve', 'rejected');
    expect((await ada.post('My fourth one.')).status).toBe(201);
  });

  test('counts no comment that was published without anybody approving it', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    expect((await ada.post('Under an open article.')).status).toBe(201);
    await room.publisher.putArticle('bridge', { moderation: 'first-comment' });
    expect((await ada.post('Under a careful one.', { article: 'bridge' })).status).toBe(202);
  });
});

describe('under an article', () => {
  test.each([
    ['pre', 202],
    ['post', 201],
    ['first-comment', 202],
  ])('its own mode %s goes before the one of the site', async (moderation, status) => {
    const room = await openWith({ moderation: moderation === 'post' ? 'pre' : 'post' }, { moderation });
    expect((await room.reader().post('What now?')).status).toBe(status);
  });

  test('that is closed nobody comments, and opened again everybody does', async () => {
    const room = await openWith({ moderation: 'post' }, { commenting: 'closed' });
    const refused = await room.reader().post('Too late?');
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ reason: 'commenting-closed' });
    await room.publisher.putArticle('ferry', { commenting: 'open' });
    expect((await room.reader().post('Too late?')).status).toBe(201);
  });
});

describe('length', () => {
  test('is counted in graphemes as they are seen, and the limit itself is allowed', async () => {
    const room = await openWith({ moderation: 'post', maxGraphemes: 20 });
    const statuses: number[] = [];
    for (const count of [19, 20, 21]) {
      statuses.push((await room.reader().post(FAMILY.repeat(count))).status);
      statuses.push((await room.reader().post('ä'.normalize('NFD').repeat(count))).status);
      statuses.push((await room.reader().post(`  ${'x'.repeat(count)}\n\n`)).status);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 422, 422, 422]);
    const refused = await room.reader().post(FAMILY.repeat(21));
    expect(refused.body).toMatchObject({ reason: 'comment-too-long', limit: 20 });
    expect(refused.body.detail).toContain('21 characters; 20 are allowed');
  });

  test.each(['', ' \n\t ', '\u200B\u200B', '\u2800', '\u{E0061}'])(
    'of what can be read decides what is empty: %j',
    async (body) => {
      const room = await openWith({ moderation: 'post' });
      const answer = await room.reader().post(body);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ reason: 'comment-empty' });
    },
  );

  test(`of a name is at most ${MAX_NAME_GRAPHEMES} graphemes, one of them a letter or a digit`, async () => {
    const room = await openWith({ moderation: 'post' });
    const say = (name: string) => room.reader().post('Hello from me.', { name });
    const statuses = [];
    for (const count of [-1, 0, 1]) statuses.push((await say('x'.repeat(MAX_NAME_GRAPHEMES + count))).status);
    expect(statuses).toEqual([201, 201, 400]);
    expect((await say(`a${'é'.normalize('NFD').repeat(59)}`)).status).toBe(201);
    expect((await say(`a${FAMILY.repeat(11)}`)).body.authorName).toBe(`a${FAMILY.repeat(11)}`);
    for (const name of ['', ' ', '\u200B', '…', '🎉']) {
      const refused = await say(name);
      expect(refused.status, JSON.stringify(name)).toBe(400);
      expect(refused.body).toMatchObject({ errors: [{ field: 'authorName' }] });
    }
  });

  test('a name is one line without characters that turn or hide what stands around it', async () => {
    const room = await openWith({ moderation: 'post' });
    const { body } = await room.reader().post('Who is it?', { name: ' Ad\u202Ea\u0000\n  Lo\u200Bvelace ' });
    expect(body.authorName).toBe('Ada Lovelace');
  });
});

describe('a reply', () => {
  test.each([
    ['reject', 'pending'],
    ['spam', 'pending'],
  ] as const)('to a comment that a moderator turned away with %s is refused as gone', async (decision, status) => {
    const room = await openWith({ moderation: 'pre' });
    const { body: parent } = await room.reader().post('Answer me.');
    await room.desk().decide(parent.id, decision, status);
    const reply = await room.reader().post('I answer.', { parentId: parent.id });
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ reason: 'parent-gone' });
  });

  test('to a pending, a deleted and another article’s comment is refused, to a visible one taken', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await room.publisher.putArticle('bridge');
    const visible = await ada.post('Seen by all.');
    const deleted = await ada.post('Soon gone.');
    const elsewhere = await ada.post('About the bridge.', { article: 'bridge' });
    await ada.erase(deleted.body);
    await room.publisher.putArticle('ferry', { moderation: 'pre' });
    const pending = await ada.post('Not yet seen.');
    await room.publisher.putArticle('ferry', { moderation: 'post' });
    const reply = async (parentId: string) => {
      const answer = await room.reader().post(`Answering ${parentId}.`, { parentId });
      return [answer.status, answer.body.reason];
    };
    expect(await reply(visible.body.id)).toEqual([201, null]);
    expect(await reply(pending.body.id)).toEqual([409, 'parent-gone']);
    expect(await reply(deleted.body.id)).toEqual([409, 'parent-gone']);
    expect(await reply(elsewhere.body.id)).toEqual([404, 'not-found']);
    expect(await reply('0000000000000000')).toEqual([404, 'not-found']);
  });

  test(`is stored down to depth ${MAX_DEPTH} and refused below it`, async () => {
    const room = await openWith({ moderation: 'post' });
    let parent = await room.reader().post('Level 0.');
    const ids = [parent.body.id];
    for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
      room.clock.tick(5);
      parent = await room.reader().post(`Level ${depth}.`, { parentId: parent.body.id });
      expect([parent.status, parent.body.depth]).toEqual([201, depth]);
      ids.push(parent.body.id);
    }
    const refused = await room.reader().post('One too deep.', { parentId: parent.body.id });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ reason: 'thread-too-deep', limit: MAX_DEPTH });
    const permalink = await room.public.permalink(parent.body.id);
    expect(permalink.body.ancestors.map(({ id }) => id)).toEqual(ids.slice(0, -1));
    expect((await room.public.thread()).body.comments[0]?.replyCount).toBe(MAX_DEPTH);
  });
});

describe('an Idempotency-Key', () => {
  test('sent again gives the same status and the same body, and there is one comment', async () => {
    for (const moderation of ['post', 'pre']) {
      const room = await openWith({ moderation });
      const ada = room.reader();
      const first = await ada.post('Only once, please.', { key: 'key-00000001' });
      const again = await ada.post('Only once, please.', { key: 'key-00000001' });
      expect([again.status, again.body]).toEqual([first.status, first.body]);
      expect((await ada.mine()).body.comments).toHaveLength(1);
      expect((await room.desk().queue()).body.counts).toMatchObject(
        moderation === 'pre' ? { pending: 1, unmoderated: 0 } : { pending: 0, unmoderated: 1 },
      );
    }
  });

  test('with another text, parent or article is refused with 422', async () => {
    const room = await openWith({ moderation: 'post' });
    await room.publisher.putArticle('bridge');
    const ada = room.reader();
    const key = 'key-00000002';
    const first = await ada.post('The one text.', { key });
    const others = [
      await ada.post('Another text.', { key }),
      await ada.post('The one text.', { key, parentId: first.body.id }),
      await ada.post('The one text.', { key, article: 'bridge' }),
    ];
    for (const other of others) {
      expect(other.status).toBe(422);
      expect(other.body).toMatchObject({ reason: 'idempotency-key-reused' });
    }
  });

  test('means nothing in another reader’s hands', async () => {
    const room = await openWith({ moderation: 'post' });
    const key = 'key-00000003';
    const ada = await room.reader().post('Mine.', { key });
    const ben = await room.reader().post('No, mine.', { key, name: 'Ben' });
    expect([ada.status, ben.status]).toEqual([201, 201]);
    expect(ben.body.id).not.toBe(ada.body.id);
  });

  test('names the comment still when it was edited in between', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const first = await ada.post('With a tpyo.', { key: 'key-00000004' });
    await ada.edit(first.body, 'Without a typo.');
    const again = await ada.post('With a tpyo.', { key: 'key-00000004' });
    expect(again.status).toBe(201);
    expect(again.body).toMatchObject({ id: first.body.id, source: 'Without a typo.' });
  });

  test.each([
    ['short77', 400],
    ['just-8-8', 201],
    ['x'.repeat(100), 201],
    ['x'.repeat(101), 400],
    ['with space', 400],
  ])('has 8 to 100 visible ASCII characters: %s', async (key, status) => {
    const room = await openWith({ moderation: 'post' });
    expect((await room.reader().post('Is the key good?', { key })).status).toBe(status);
  });
});

test('two comments in one millisecond are two comments', async () => {
  const room = await openWith({ moderation: 'post' });
  const answers = await Promise.all([room.reader().post('At once.'), room.reader().post('In one breath.')]);
  expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
  const { article, comments } = (await room.public.thread()).body;
  expect(article.commentCount).toBe(2);
  expect(new Set(comments.map((comment) => comment.id)).size).toBe(2);
  expect(new Set(comments.map((comment) => comment.createdAt)).size).toBe(1);
});

describe('screening', () => {
  test('a banned word rejects: 202, seen by its author alone, with a reason that names no word', async () => {
    const room = await openWith({ moderation: 'post', bannedWords: ['grackle'] });
    const ada = room.reader();
    const posted = await ada.post('You utter GRACKLE!');
    expect(posted.status).toBe(202);
    expect(posted.body.status).toBe('rejected');
    expect(posted.body.reason).toMatch(/words/);
    expect(posted.body.reason).not.toMatch(/grackle/);
    expect((await ada.mine()).body.comments).toMatchObject([{ status: 'rejected' }]);
    expect((await room.public.thread()).body.comments).toEqual([]);
    const { items } = (await room.desk().queue('rejected')).body;
    expect(items).toMatchObject([{ signals: [{ phase: 'banned-words', words: ['grackle'] }] }]);
    expect(items[0]?.reader).toMatchObject({ commentCount: 1, approvedCount: 0, rejectedCount: 1 });
  });

  test('a suspect word and a link too many hold, and the moderator reads both reasons', async () => {
    const room = await openWith({ moderation: 'post', suspectWords: ['hogwash'], maxLinks: 1 });
    const links = (count: number) => Array.from({ length: count }, (_, i) => `https://a${i}.example/`).join(' and ');
    expect((await room.reader().post(`See ${links(1)}`)).status).toBe(201);
    expect((await room.reader().post(`This hogwash: ${links(2)}`)).status).toBe(202);
    const { items } = (await room.desk().queue()).body;
    expect(items[0]?.signals.map((signal) => signal.phase)).toEqual(['suspect-words', 'links']);
  });

  test('the same text again by the same reader is refused, whatever its case and signs; a day later it is not', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    expect((await ada.post('Build the bridge now!')).status).toBe(201);
    const again = await ada.post('build the BRIDGE, now');
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ reason: 'repeated-text' });
    room.clock.tick(86_400);
    expect((await ada.post('Build the bridge now!')).status).toBe(409);
    room.clock.now += 1;
    expect((await ada.post('Build the bridge now!')).status).toBe(201);
  });

  test('the same text again is refused in one place, however many others wrote it in between', async () => {
    const room = await openWith({ moderation: 'post' });
    await room.publisher.putArticle('bridge');
    for (const text of ['Build the bridge now!', 'Build the bridge now, says everybody!']) {
      const ada = room.reader();
      await ada.post(text);
      for (let i = 0; i < 5; i += 1) await room.reader().post(text);
      expect((await ada.post(text)).body, text).toMatchObject({ reason: 'repeated-text' });
      expect((await ada.post(text, { article: 'bridge' })).status).toBe(202);
    }
  });

  test('short thanks to one after the other pass, and a longer text to a second person', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    expect((await ada.post('Thank you!')).status).toBe(201);
    expect((await ada.post('Thank you!')).status).toBe(201);
    const parents = [];
    for (const text of ['The ferry was late.', 'The bridge was closed.', 'The bus was early.'])
      parents.push((await room.reader().post(text)).body.id);
    room.clock.tick(60);
    const thanks = 'Thank you for saying so!';
    const answer = async (parentId = '') => (await ada.post(thanks, { parentId })).status;
    expect(await answer(parents[0])).toBe(201);
    expect(await answer(parents[0])).toBe(409);
    expect(await answer(parents[1])).toBe(201);
    expect(await answer(parents[2])).toBe(202);
  });

  test('the same text of a third reader is held as a campaign', async () => {
    const room = await openWith({ moderation: 'post' });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await room.reader().post('Vote for the old bridge!')).status);
    expect(statuses).toEqual([201, 201, 202]);
  });

  test('preview shows what posting would store, and counts as posting counts', async () => {
    const room = await openWith({ moderation: 'post' });
    const body = `*Late* ${FAMILY}\n\n> again <b>and</b> [again](javascript:alert(1))`;
    const preview = await room.public.preview(body);
    const posted = await room.reader().post(body);
    expect(preview.status).toBe(200);
    expect(preview.body.body).toEqual(posted.body.body);
    expect((await room.public.preview(` ${FAMILY}x `)).body.graphemes).toBe(2);
  });
});

describe('a ban', () => {
  test('refuses the reader at any address and says so; lifted, they write again', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await ada.post('Before the ban.');
    expect((await ban(room, ada, 'ban')).status).toBe(204);
    const refused = await ada.at('198.51.100.9').post('After it.');
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ reason: 'banned' });
    expect(refused.body).not.toHaveProperty('until');
    expect((await room.reader().post('I am somebody else.')).status).toBe(201);
    await ban(room, ada, 'none');
    expect((await ada.post('After it.')).status).toBe(201);
  });

  test('for a day ends when the day is over, not a millisecond before', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await ada.post('Before the ban.');
    await ban(room, ada, 'ban', 1);
    const end = room.clock.now + 86_400_000;
    room.clock.now = end - 1;
    const refused = await ada.post('Am I back?');
    expect(refused.status).toBe(403);
    const { detail, until } = refused.body;
    expect(until).toBe(new Date(end).toISOString());
    // The moment in words: "until 2 November 2026 at 10:00 UTC."
    expect(detail).toMatch(/ until \d{1,2} [A-Z][a-z]+ \d{4} at \d\d:\d\d UTC\.$/);
    room.clock.now = end;
    expect((await ada.post('Am I back?')).status).toBe(201);
  });

  test('in the shadow: the author sees the comment published, and nobody else sees it', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await ada.post('Before the ban.');
    await ban(room, ada, 'shadow-ban');
    room.clock.tick(1);
    const posted = await ada.post('Does anybody hear me?');
    expect([posted.status, posted.body.status, posted.body.reason]).toEqual([201, 'published', null]);
    expect(posted.body.editableUntil).not.toBeNull();
    expect((await ada.mine()).body.comments).toMatchObject([{ status: 'published' }, { status: 'published' }]);
    expect((await room.public.thread()).body.article.commentCount).toBe(1);
    expect((await room.public.thread()).body.comments).toHaveLength(1);
    expect((await room.public.permalink(posted.body.id)).status).toBe(404);
    const again = await ada.post('Does anybody hear me?');
    expect([again.status, again.body]).toMatchObject([409, { reason: 'repeated-text' }]);
  });

  test('that is lifted has no end, whatever days are sent with it', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const { body: comment } = await ada.post('Before the ban.');
    const standing = async () => (await room.desk().dossier(comment)).body.item.reader;
    await ban(room, ada, 'ban', 3);
    const until = new Date(room.clock.now + 3 * 86_400_000).toISOString();
    expect(await standing()).toMatchObject({ ban: 'ban', banUntil: until });
    expect((await ban(room, ada, 'none', 3)).status).toBe(204);
    expect(await standing()).toMatchObject({ ban: 'none', banUntil: null });
  });

  test.each(['ban', 'shadow-ban'] as const)(
    'that is over is none in the queue and in a dossier, also before the job has ended it: %s',
    async (kind) => {
      const room = await openWith({ moderation: 'post' });
      const ada = room.reader();
      const { body: comment } = await ada.post('Before the ban.');
      const shown = async () => {
        const desk = room.desk();
        const { items } = (await desk.queue('unmoderated')).body;
        const { reader } = (await desk.dossier(comment)).body.item;
        return [...items.map((item) => item.reader), reader].map(({ ban, banUntil }) => [ban, banUntil]);
      };
      await ban(room, ada, kind, 1);
      const until = new Date(room.clock.now + 86_400_000).toISOString();
      room.clock.tick(86_400 - 0.001);
      expect(await shown()).toEqual([
        [kind, until],
        [kind, until],
      ]);
      room.clock.tick(0.001);
      const row = env.DB.prepare("SELECT ban FROM readers WHERE site_id = ? AND ban <> 'none'").bind(room.site);
      expect((await row.all()).results).toEqual([{ ban: kind }]);
      expect(await shown()).toEqual([
        ['none', null],
        ['none', null],
      ]);
    },
  );

  test('is for one day to ten years, or for good', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    await ada.post('Before the ban.');
    const statuses = [];
    for (const days of [0, 1, 3_650, 3_651, 1.5, null]) statuses.push((await ban(room, ada, 'ban', days)).status);
    expect(statuses).toEqual([400, 204, 204, 400, 400, 204]);
    room.clock.tick(20 * 365 * 86_400);
    expect((await ada.post('Twenty years later.')).status).toBe(403);
  });

  test('of somebody who never wrote here is answered with 404', async () => {
    const room = await openWith({});
    expect((await ban(room, room.reader(), 'ban')).status).toBe(404);
  });
});

describe('an origin', () => {
  const STRANGE = ['https://evil.example', 'http://news.example', 'https://news.example.evil.example', 'null'];

  /** Everything that a reader can write, each from a page of that origin; answers the status and the reason. */
  const writesFrom = async (room: Newsroom, Origin: string) => {
    const [author, other] = [room.reader(), room.reader()];
    const own = await author.say();
    const [there, elsewhere] = [author.with({ Origin }), other.with({ Origin })];
    return [
      await elsewhere.vote(own, 1),
      await elsewhere.flag(own),
      await there.post(`From ${Origin}, with some words more.`),
      await there.edit(own, 'Changed from there.'),
      await there.erase(own),
    ].map(({ status, body }) => [status, body?.reason ?? null]);
  };

  test('that the site has not registered may write nothing, and leaves nothing', async () => {
    const room = await openWith({ moderation: 'post' });
    for (const origin of STRANGE) {
      expect(await writesFrom(room, origin), origin).toEqual(Array(5).fill([403, 'origin-not-registered']));
    }
    const { body } = await room.public.thread();
    expect(body.comments.map(({ upVotes, editedAt, tombstone }) => [upVotes, editedAt, tombstone])).toEqual(
      STRANGE.map(() => [0, null, null]),
    );
    expect((await room.desk().queue('reported')).body.counts.reported).toBe(0);
  });

  test('that is registered may write, as may a program that is no browser, and any at a site that lists none', async () => {
    const room = await openWith({ moderation: 'post' });
    const all = [200, 204, 201, 200, 204].map((status) => [status, null]);
    expect(await writesFrom(room, NEWS)).toEqual(all);
    expect((await room.reader().say()).status).toBe('published');
    await room.operator.changeSettings({ origins: [] });
    room.clock.tick(60);
    expect(await writesFrom(room, 'https://anywhere.example')).toEqual(all);
  });

  test('is good from the moment it is registered, and no longer a minute after it is taken out', async () => {
    const room = await openWith({ moderation: 'post' });
    const from = (Origin: string) => room.reader().with({ Origin }).say();
    await expect(from('https://new.example')).rejects.toThrow('origin-not-registered');
    await room.operator.changeSettings({ origins: [NEWS, 'https://new.example'] });
    expect((await from('https://new.example')).status).toBe('published');
    await room.operator.changeSettings({ origins: [NEWS] });
    room.clock.tick(60);
    await expect(from('https://new.example')).rejects.toThrow('origin-not-registered');
  });

  test('that is known costs a vote nothing', async () => {
    const room = await openWith({ moderation: 'post' });
    const comment = await room.reader().say();
    const costOf = async (reader: Reader) => {
      room.meter.take();
      await reader.vote(comment, 1);
      return room.meter.take();
    };
    await costOf(room.reader().with({ Origin: NEWS }));
    // Each from a range of its own, where nobody has voted.
    const there = await costOf(room.reader().at('198.51.100.1').with({ Origin: NEWS }));
    expect(there).toEqual(await costOf(room.reader().at('192.0.2.1')));
  });
});

test('a site without origins takes comments from any page, and registers no article from any', async () => {
  const room = await openWith({ moderation: 'post', origins: [] });
  for (const Origin of [NEWS, 'https://anywhere.example']) {
    expect((await room.reader().with({ Origin }).post(`From ${Origin}.`)).status).toBe(201);
    const page = { article: 'bridge', pageUrl: `${Origin}/bridge` };
    const refused = await room.reader().with({ Origin }).post('The first one here.', page);
    expect([refused.status, refused.body]).toMatchObject([404, { reason: 'article-unknown' }]);
  }
  expect((await room.public.article('bridge')).status).toBe(404);
});

describe('an article that nobody registered', () => {
  const page = `${NEWS}/2026/the-bridge?ref=feed`;
  const postUnder = (room: Newsroom, headers: Record<string, string>, pageUrl: string | undefined) =>
    room
      .reader()
      .with(headers)
      .post('The first one here.', { article: 'bridge', ...(pageUrl !== undefined && { pageUrl }) });

  test('is registered by the address of the page alone, when the browser vouches for it', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const posted = await postUnder(room, { Origin: NEWS }, `${page}#comments`);
    expect(posted.status).toBe(201);
    const { body: article } = await room.public.article('bridge');
    expect(article).toMatchObject({ url: page, headline: null, section: null, topics: [], authors: [], image: null });
    expect(article.commentCount).toBe(1);
    await room.runJobs();
    expect((await room.public.articles()).body.articles).toHaveLength(1);
  });

  test('is registered without what tells how the first visitor came there, and without what they signed in with', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const shared =
      'https://ada:secret@news.example/?fbclid=IwAR0x&p=123&utm_source=mail&UTM_Medium=post&lang=fr#comments';
    expect((await postUnder(room, { Origin: NEWS }, shared)).status).toBe(201);
    const { body: article } = await room.public.article('bridge');
    expect(article.url).toBe(`${NEWS}/?p=123&lang=fr`);
  });

  test('stays unknown without the browser’s word, for another origin, and for a page of another origin', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const refused: [Record<string, string>, string | undefined][] = [
      [{}, page],
      [{ Origin: NEWS }, undefined],
      [{ Origin: NEWS }, 'https://evil.example/the-bridge'],
      [{ Origin: NEWS }, 'https://news.example@evil.example/'],
    ];
    for (const [headers, pageUrl] of refused) {
      const answer = await postUnder(room, headers, pageUrl);
      expect(answer.status, pageUrl ?? 'no page').toBe(404);
      expect(answer.body).toMatchObject({ reason: 'article-unknown', registrable: true });
    }
    expect((await postUnder(room, { Origin: 'https://evil.example' }, 'https://evil.example/the-bridge')).status).toBe(
      403,
    );
    expect((await room.public.article('bridge')).status).toBe(404);
  });

  test('stays unknown where the site says refuse', async () => {
    const room = await openNewsroom({ moderation: 'post', unknownArticles: 'refuse' });
    const answer = await postUnder(room, { Origin: NEWS }, page);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ reason: 'article-unknown', registrable: false });
  });

  test('takes no title, section or date from a visitor', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const answer = await room.request('POST', room.at.comments('bridge'), {
      headers: { Authorization: `Bearer ${guestKey()}`, Origin: NEWS },
      body: { body: 'Hello.', authorName: 'Ada', pageUrl: page, pageTitle: 'BUY PILLS' },
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.errors)).toContain('pageTitle');
  });

  test('is what the publisher says once the publisher puts it, and its comments stay', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await postUnder(room, { Origin: NEWS }, page);
    const put = await room.publisher.putArticle('bridge', { section: 'City' });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      url: `${NEWS}/bridge`,
      headline: 'About bridge',
      section: 'City',
      commentCount: 1,
    });
    expect(put.body.publishedAt).toBe('2026-11-01T10:00:00.000Z');
    await room.reader().with({ Origin: NEWS }).post('A visitor again.', { article: 'bridge', pageUrl: page });
    const { body: article } = await room.public.article('bridge');
    expect(article).toMatchObject({ url: `${NEWS}/bridge`, headline: 'About bridge', commentCount: 2 });
    const { results } = await env.DB.prepare('SELECT kind FROM article_lists WHERE site_id = ? ORDER BY kind')
      .bind(room.site)
      .all();
    expect(results).toEqual([{ kind: 'section' }, { kind: 'site' }]);
  });
});
