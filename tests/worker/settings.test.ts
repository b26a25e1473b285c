import { expect, test } from 'vitest';
import { openNewsroom } from '../support/newsroom.ts';

test('two people who each add a word to one list at the same time both have it there, with an event each', async () => {
  const room = await openNewsroom({ bannedWords: ['grackle'] });
  const before = (await room.operator.wholeLog()).length;
  const words = ['hogwash', 'piffle', 'bunkum', 'claptrap'];
  const answers = await Promise.all(
    words.map((word) => room.operator.changeSettings({ add: { bannedWords: [word] }, remove: { bannedWords: [] } })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const { body } = await room.operator.settings();
  expect(new Set(body.settings.bannedWords)).toEqual(new Set(['grackle', ...words]));
  const events = (await room.operator.wholeLog()).slice(before);
  expect(events.map(({ verb, subject }) => `${verb} ${subject.id}`).sort()).toEqual(
    words.map((word) => `word.added ${word}`).sort(),
  );
});

test('the second of two writers who name one version is told and shown what is there, and changes nothing', async () => {
  const room = await openNewsroom({ bannedWords: ['grackle'] });
  const { body: read } = await room.operator.settings();
  const [ada, ines] = [room.desk('Ada', 'admin'), room.desk('Ines', 'admin')];
  await Promise.all([ada.me(), ines.me()]);
  const log = (await room.operator.wholeLog()).length;
  const answers = await Promise.all([
    ada.changeSettings({ version: read.version, maxLinks: 7 }),
    ines.changeSettings({ version: read.version, bannedWords: [], moderation: 'pre', name: 'Late' }),
  ]);
  const [first, second] = answers.sort((a, b) => a.status - b.status);
  expect(first).toMatchObject({ status: 200, body: { version: read.version + 1 } });
  expect(second).toMatchObject({ status: 409, body: { reason: 'settings-changed', currentSite: first?.body } });
  const { body: now } = await room.operator.settings();
  expect(now).toEqual(first?.body);
  const verbs = (await room.operator.wholeLog()).slice(log).map(({ verb }) => verb);
  expect(verbs.length).toBeGreaterThan(0);
  const changes = now.settings.maxLinks === 7 ? 1 : 3;
  expect(verbs).toHaveLength(changes);
});

test('additions make no list longer than one that is sent whole may be, and it can be made shorter', async () => {
  const room = await openNewsroom({});
  const words = (letter: string) => Array.from({ length: 300 }, (_, n) => `${letter.repeat(90)}${n}`);
  expect((await room.operator.changeSettings({ add: { bannedWords: words('a') } })).status).toBe(200);
  const more = await room.operator.changeSettings({ add: { bannedWords: words('b'), suspectWords: words('b') } });
  expect(more.status).toBe(400);
  expect(more.body.errors).toEqual([{ field: 'add.bannedWords', message: 'At most 40,000 bytes in all.' }]);
  const { body } = await room.operator.settings();
  expect([body.settings.bannedWords.length, body.settings.suspectWords.length]).toEqual([300, 0]);
  expect((await room.operator.changeSettings({ bannedWords: body.settings.bannedWords })).status).toBe(200);
  const fewer = await room.operator.changeSettings({
    add: { bannedWords: words('b') },
    remove: { bannedWords: words('a') },
  });
  expect(fewer.body.settings.bannedWords).toEqual(words('b'));
});

test('a word that would be refused today can still be removed, and an origin comes and goes by its one spelling', async () => {
  const room = await openNewsroom({ bannedWords: ['grackle'] });
  const removed = await room.operator.changeSettings({ remove: { bannedWords: ['x'.repeat(300), 'grackle'] } });
  expect([removed.status, removed.body.settings.bannedWords]).toEqual([200, []]);
  const added = await room.operator.changeSettings({ add: { origins: ['https://B.example/'] } });
  expect(added.body.origins).toContain('https://b.example');
  const gone = await room.operator.changeSettings({ remove: { origins: ['https://b.example'] } });
  expect(gone.body.origins).not.toContain('https://b.example');
  const wrong = await room.operator.changeSettings({ add: { origins: ['b.example'] } });
  expect(wrong.body.errors?.map(({ field }) => field)).toEqual(['add.origins.0']);
});
