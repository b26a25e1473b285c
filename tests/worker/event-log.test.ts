import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { EventView } from '../../src/contract/log.ts';
import { keepHouse } from '../../src/jobs/keep-house.ts';
import { addressesOf, guestKey, NEWS, type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** A deed, told in short: the verb, who did it, to what, and the facts. */
const told = ({ verb, actor, subject, article, facts }: EventView) => [
  verb,
  actor.name ?? actor.kind,
  `${subject.kind} ${subject.id}`,
  article,
  facts,
];

/** The deeds from now on, in short. */
const fromNow = async (room: Newsroom) => {
  const before = (await room.operator.wholeLog()).length;
  return async () => (await room.operator.wholeLog()).slice(before).map(told);
};

describe('the log says', () => {
  test('what becomes of a comment, by moderators and by its author, and never a word of it', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const author = room.reader();
    await room.desk().session();
    const since = await fromNow(room);
    const { body: comment } = await author.post('Plugh, said the plover.', { name: 'Xyzzy' });
    await room.reader().flag(comment.id);
    await room.desk().decide(comment.id, 'reject', 'published', { reason: 'Off topic.' });
    room.clock.tick(1);
    await room.desk().undo([comment.id]);
    room.clock.tick(1);
    await author.edit(comment.id, 'Other xyzzy words.');
    room.clock.tick(1);
    await author.erase(comment.id);
    expect(await since()).toEqual(
      [
        ['comment.rejected', 'Mara', { from: 'published', to: 'rejected', reason: 'Off topic.', settledFlags: 1 }],
        ['comment.decision-undone', 'Mara', { from: 'rejected', to: 'published', settledFlags: -1, lastWord: '' }],
        ['comment.edited', 'reader', { from: 'published', to: 'published', lastWord: '' }],
        ['comment.deleted', 'reader', { from: 'published', to: 'deleted', lastWord: '', settledFlags: 1 }],
      ].map(([verb, by, facts]) => [verb, by, `comment ${comment.id}`, 'ferry', facts]),
    );
    const log = await room.operator.wholeLog();
    expect(log.find(({ verb }) => verb === 'comment.edited')?.actor).toEqual({
      kind: 'reader',
      id: await author.id(),
      name: null,
    });
    expect(JSON.stringify(log)).not.toMatch(/plugh|xyzzy|plover/i);
  });

  test('in how many comments an address was that the operator took out, and never the address', async () => {
    const room = await openNewsroom({ moderation: 'pre' });
    await room.publisher.putArticle();
    await room.desk().session();
    for (const email of ['Xyzzy@Plugh.example', 'xyzzy@plugh.example', 'plover@plugh.example'])
      await room.reader().say(undefined, { email });
    const since = await fromNow(room);
    const step = async () => (await room.operator.forgetAddress('XYZZY@plugh.example')).body;
    expect(await step()).toEqual({ looked: 3, forgotten: 2, next: null });
    expect(await step()).toEqual({ looked: 3, forgotten: 0, next: null });
    const left = (await room.desk().queue()).body.items.map(({ authorEmail }) => authorEmail);
    expect(left.sort()).toEqual([null, null, 'plover@plugh.example']);
    expect(await since()).toEqual([['address.forgotten', 'operator', `site ${room.site}`, null, { comments: 2 }]]);
    expect(JSON.stringify(await room.operator.wholeLog())).not.toMatch(/plugh|xyzzy|plover/i);
  });

  test('an author’s deed after the decision that it came after, though it was asked for before', async () => {
    let decideMeanwhile: (() => Promise<unknown>) | null = null;
    const kv = new Proxy(env.KV, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          const decide = decideMeanwhile;
          decideMeanwhile = null;
          await decide?.();
          return member.apply(target, given);
        };
      },
    });
    const room = await openNewsroom({ moderation: 'first-comment' }, { kv });
    await room.publisher.putArticle();
    const author = room.reader();
    const id = (await author.post('Here before you.')).body.id;
    const mara = room.desk();
    await mara.session();
    const meanwhile = (decision: 'approve' | 'reject', from: 'pending' | 'published') => async () => {
      room.clock.now += 100;
      await mara.decide(id, decision, from, { revision: from === 'pending' ? 1 : 2 });
      room.clock.now += 100;
    };
    // KV is asked about a site once a minute.
    room.clock.tick(60);
    decideMeanwhile = meanwhile('approve', 'pending');
    await author.edit(id, 'Quite another text.');
    room.clock.tick(60);
    decideMeanwhile = meanwhile('approve', 'published');
    await author.erase(id);
    const verbs = (await room.operator.wholeLog()).filter(({ subject }) => subject.id === id).map(({ verb }) => verb);
    expect(verbs).toEqual(['comment.approved', 'comment.edited', 'comment.approved', 'comment.deleted']);
  });

  test('one deed on many comments under one id', async () => {
    const room = await openNewsroom({ moderation: 'pre' });
    await room.publisher.putArticle();
    const comments = [await room.reader().say(), await room.reader().say(), await room.reader().say()];
    await room.desk().decideMany(
      'approve',
      comments.map((comment) => ({ comment })),
    );
    const approved = (await room.operator.wholeLog()).filter(({ verb }) => verb === 'comment.approved');
    expect(approved.map(({ subject }) => subject.id)).toEqual(comments.map(({ id }) => id));
    expect(new Set(approved.map(({ id }) => id)).size).toBe(1);
  });

  test('who was banned and until when, and when that was lifted or over', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const guest = room.reader();
    await guest.say();
    const id = await guest.id();
    await room.desk().session();
    const since = await fromNow(room);
    const ban = async (kind: 'none' | 'ban' | 'shadow-ban', days: number | null = null) => {
      room.clock.tick(1);
      expect((await room.desk().ban(id, kind, days)).status).toBe(204);
      return room.clock.now + 2 * 86_400_000;
    };
    const until = await ban('ban', 2);
    await ban('shadow-ban');
    await ban('shadow-ban');
    await ban('none');
    const again = await ban('ban', 2);
    await room.runJobs();
    room.clock.tick(2 * 86_400);
    await room.runJobs();
    await room.runJobs();
    expect((await since()).filter(([verb]) => verb !== 'secret.changed')).toEqual(
      [
        ['reader.banned', 'Mara', { until }],
        ['reader.shadow-banned', 'Mara', {}],
        ['reader.ban-lifted', 'Mara', {}],
        ['reader.banned', 'Mara', { until: again }],
        ['reader.ban-ended', 'end-bans', { ban: 'ban' }],
      ].map(([verb, by, facts]) => [verb, by, `reader ${id}`, null, facts]),
    );
    const left = env.DB.prepare('SELECT ban, ban_until FROM readers WHERE site_id = ? AND id = ?').bind(room.site, id);
    expect(await left.first()).toEqual({ ban: 'none', ban_until: null });
  });

  test('each setting that changed, from what to what, and each word that came or went', async () => {
    const room = await openNewsroom({ bannedWords: ['grackle', 'hogwash'] });
    const ada = room.desk('Ada', 'admin');
    await ada.session();
    const since = await fromNow(room);
    const change = (changes: object) => {
      room.clock.tick(1);
      return ada.changeSettings({ ...changes });
    };
    await change({ maxLinks: 2, moderation: 'pre', maxGraphemes: 900, name: 'The Site', origins: [NEWS] });
    await change({ name: 'The Paper', origins: [NEWS, 'https://m.news.example'] });
    await change({ bannedWords: ['hogwash', 'piffle'], suspectWords: ['grackle', 'piffle'] });
    await change({ bannedWords: ['hogwash', 'piffle'] });
    const changed = (setting: string, from: unknown, to: unknown) => [
      ...['settings.changed', 'Ada', `setting ${setting}`, null],
      { from, to },
    ];
    expect(await since()).toEqual([
      changed('maxGraphemes', 5_000, 900),
      changed('moderation', 'first-comment', 'pre'),
      changed('name', 'The Site', 'The Paper'),
      changed('origins', JSON.stringify([NEWS]), JSON.stringify([NEWS, 'https://m.news.example'])),
      ['word.added', 'Ada', 'word grackle', null, { list: 'suspectWords' }],
      ['word.removed', 'Ada', 'word grackle', null, { list: 'bannedWords' }],
      ['word.added', 'Ada', 'word piffle', null, { list: 'bannedWords, suspectWords' }],
    ]);
  });

  test('who came to the team and who left it, and which keys were made and revoked; no address and no key', async () => {
    const room = await openNewsroom();
    const ada = room.desk('Ada', 'admin');
    await ada.session();
    const since = await fromNow(room);
    const { id } = await room.desk('Ben').session();
    room.clock.tick(1);
    const { body: made } = await ada.createKey('cms two');
    const key = (await ada.keys()).body.keys.find(({ name }) => name === 'cms two')?.id ?? '';
    for (let i = 0; i < 2; i += 1) {
      room.clock.tick(1);
      await ada.revokeKey(key);
      await ada.removeMember(id);
    }
    await ada.removeMember((await ada.session()).id);
    const ben = { name: 'Ben', role: 'moderator' };
    expect(await since()).toEqual([
      ['moderator.invited', 'operator', `moderator ${id}`, null, ben],
      ['moderator.link-made', 'operator', `moderator ${id}`, null, { name: 'Ben' }],
      ['key.created', 'Ada', `key ${key}`, null, { name: 'cms two' }],
      ['key.revoked', 'Ada', `key ${key}`, null, { name: 'cms two' }],
      ['moderator.removed', 'Ada', `moderator ${id}`, null, ben],
    ]);
    const log = JSON.stringify(await room.operator.wholeLog());
    expect(log).not.toContain('@');
    expect(log).not.toContain(made.key.slice(-20));
  });

  test('how an article came to be, and when it was closed, opened or moderated otherwise, whichever way it was said', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    const since = await fromNow(room);
    const { publisher } = room;
    await publisher.putArticle('ferry');
    await publisher.putArticle('ferry');
    await publisher.patchArticle('ferry', { commenting: 'closed' });
    await publisher.patchArticle('ferry', { commenting: 'closed', headline: 'Closed' });
    room.clock.tick(1);
    await publisher.putArticle('ferry', { commenting: 'open', moderation: 'pre' });
    room.clock.tick(1);
    await publisher.patchArticle('ferry', { moderation: null });
    const page = { article: 'found', pageUrl: `${NEWS}/found` };
    for (let i = 0; i < 2; i += 1) await room.reader().with({ Origin: NEWS }).say('From its page.', page);
    await publisher.putArticle('found');
    const about = (key: string, verb: string, by: string, facts: object) => [verb, by, `article ${key}`, key, facts];
    expect(await since()).toEqual([
      about('ferry', 'article.created', 'cms', { commenting: 'open' }),
      about('ferry', 'article.closed', 'cms', {}),
      about('ferry', 'article.mode-changed', 'cms', { to: 'pre' }),
      about('ferry', 'article.opened', 'cms', {}),
      about('ferry', 'article.mode-changed', 'cms', { from: 'pre' }),
      about('found', 'article.registered', 'reader', {}),
    ]);
  });

  test('what moderators made of votes that were set aside', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const { id } = await room.reader().say();
    for (let i = 0; i < 7; i += 1) await room.reader().vote(id, 1);
    await room.desk().session();
    const since = await fromNow(room);
    expect((await room.desk().ruleOnVotes(id, 'discard-votes')).body.votes).toBe(1);
    expect((await room.desk().ruleOnVotes(id, 'count-votes')).body.votes).toBe(0);
    expect(await since()).toEqual([['votes.discarded', 'Mara', `votes ${id}`, 'ferry', { votes: 1 }]]);
  });

  test('that a site was made, and at which moment a secret of the deployment was another', async () => {
    const room = await openNewsroom();
    const [first] = await room.operator.wholeLog();
    expect(first && told(first)).toEqual(['site.created', 'operator', `site ${room.site}`, null, { name: 'The Site' }]);
    const since = await fromNow(room);
    const marks = await room.dependencies.secretMarks();
    for (let i = 0; i < 2; i += 1) await keepHouse(room.dependencies);
    expect(await since()).toEqual([]);
    const changed = { ...room.dependencies, secretMarks: async () => ({ ...marks, OPERATOR_KEY: 'another' }) };
    for (let i = 0; i < 2; i += 1) await keepHouse(changed);
    expect(await since()).toEqual([['secret.changed', 'notice-secrets', 'secret OPERATOR_KEY', null, {}]]);
    const later = await openNewsroom();
    await keepHouse(changed);
    expect((await later.operator.wholeLog()).map(({ verb }) => verb)).not.toContain('secret.changed');
  });
});

describe('reading the log', () => {
  test('is for admins and the operator, site by site', async () => {
    const [room, other] = [await openNewsroom(), await openNewsroom()];
    const ada = room.desk('Ada', 'admin');
    const statuses = [];
    for (const who of [room.operator, ada, room.desk(), room.publisher, room.as({})]) {
      statuses.push((await who.log()).status, (await who.verify()).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 403, 403, 403, 403, 401, 401]);
    expect((await other.as((await ada.session()).headers).log()).status).toBe(401);
    const nowhere = addressesOf('nowhere');
    for (const address of [nowhere.log, nowhere.verification]) {
      const { status, body } = await room.request('GET', address, { headers: room.asOperator });
      expect([status, body.reason], address).toEqual([404, 'not-found']);
    }
  });

  test('goes page by page, also within one deed, from a time on and by one name', async () => {
    const room = await openNewsroom();
    room.clock.tick(10);
    const since = new Date(room.clock.now).toISOString();
    const words = Array.from({ length: 25 }, (_, i) => `word${i + 10}`);
    await room.desk('Ada', 'admin').changeSettings({ bannedWords: words });
    const whole = await room.operator.wholeLog();
    expect(whole.length).toBeGreaterThan(25);
    expect((await room.operator.log('limit=7')).body.events).toEqual(whole.slice(0, 7));
    expect(await room.operator.wholeLog('limit=7')).toEqual(whole);
    expect((await room.operator.wholeLog('by=Ada')).map(({ subject }) => subject.id)).toEqual(words);
    expect((await room.operator.wholeLog('by=operator')).map(({ verb }) => verb)).toContain('site.created');
    expect(await room.operator.wholeLog(`since=${since}`)).toHaveLength(27);
    expect(await room.operator.wholeLog('by=Nobody')).toEqual([]);
  });

  test('looks at a thousand events a page, however rare a name is, and reads no more than are shown beside them', async () => {
    const room = await openNewsroom();
    const words = Array.from({ length: 2_000 }, (_, i) => `w${i}`);
    await room.desk('Ada', 'admin').changeSettings({ bannedWords: words });
    room.clock.tick(1);
    await room.operator.createKey('late');
    room.meter.take();
    await room.operator.log('limit=7');
    expect(room.meter.take().rowsRead).toBeLessThanOrEqual(1_010);
    const { body } = await room.operator.log('by=operator');
    expect(room.meter.take().rowsRead).toBeLessThanOrEqual(2_500);
    expect(body.next).not.toBeNull();
    expect((await room.operator.wholeLog('by=operator')).at(-1)?.facts).toEqual({ name: 'late' });
  });
});

test('a comment that registers its article writes two rows for the event, beside those of the article and its list', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  const page = { article: 'found', pageUrl: `${NEWS}/found`, key: 'key-0001' };
  // The day's keys are read once in an isolate.
  await room.publisher.putArticle();
  await room.reader().say();
  room.meter.take();
  await room.reader(guestKey()).with({ Origin: NEWS }).post('The first under it.', page);
  const { roundTrips, rowsWritten } = room.meter.take();
  expect(roundTrips).toBeLessThanOrEqual(3);
  expect(rowsWritten).toBeLessThanOrEqual(16 + 4 + 2);
});
