import { describe, expect, test } from 'vitest';
import { openNewsroom } from '../support/newsroom.ts';

const openWith = async (settings: Record<string, unknown>) => {
  const room = await openNewsroom({ moderation: 'post', ...settings });
  await room.operator.putArticle();
  return room;
};

describe('a test of word lists', () => {
  test('says which entries a text has, what each does and why, of the lists as they were sent', async () => {
    const room = await openWith({ bannedWords: ['grackle'], suspectWords: ['hogwash'] });
    const { status, body } = await room.desk('Mara').testWords({
      text: 'The c4sino and hogwash, **hog**wash, grackle',
      bannedWords: ['casino', '=hogwash'],
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      outcome: 'reject',
      hits: [
        { list: 'bannedWords', entry: 'casino', effect: 'hold', found: 'c4sino', differences: ['digits'] },
        { list: 'bannedWords', entry: '=hogwash', effect: 'reject', found: 'hogwash', differences: [] },
        { list: 'suspectWords', entry: 'hogwash', effect: 'hold', found: 'hogwash', differences: [] },
      ],
    });
    expect((await room.operator.testWords({ text: 'gr4ckle' })).body.outcome).toBe('hold');
    expect((await room.operator.testWords({ text: 'Well said.' })).body).toEqual({ outcome: 'pass', hits: [] });
  });

  test('writes nothing and reads the site alone', async () => {
    const room = await openWith({ bannedWords: ['grackle'] });
    const before = (await room.operator.settings()).body;
    room.meter.take();
    await room.operator.testWords({ text: 'grackle', bannedWords: ['ferret'] });
    expect(room.meter.take()).toMatchObject({ rowsWritten: 0, roundTrips: 1 });
    expect((await room.operator.settings()).body).toEqual(before);
  });

  test('does with a text what screening does with it', async () => {
    const room = await openWith({ bannedWords: ['grackle', 'news.example'], suspectWords: ['hogw*'] });
    const texts = [
      'A grackle.',
      'A gr4ckle.',
      'gr\u200Backle',
      'gra**ck**le',
      'Hogwild',
      'All is well.',
      'On www.news.example',
    ];
    for (const text of texts) {
      const { outcome } = (await room.operator.testWords({ text })).body;
      const { body } = await room.reader().post(text);
      expect(body.status, text).toBe({ reject: 'rejected', hold: 'pending', pass: 'published' }[outcome]);
    }
  });

  test('takes a text of 10,000 characters, and no longer one, nor one of a site that is not there', async () => {
    const room = await openWith({});
    expect((await room.operator.testWords({ text: 'a'.repeat(10_000) })).status).toBe(200);
    expect((await room.operator.testWords({ text: 'a'.repeat(10_001) })).body.errors?.[0]?.field).toBe('text');
    expect((await room.operator.testWords({ text: '' })).status).toBe(400);
  });
});

test.each(['$$$', '!!!', '*', '=', '=*', '', '\u3164'])(
  'an entry %j, which can never match, is refused with its line',
  async (entry) => {
    const room = await openWith({});
    const words = ['casino', entry];
    for (const list of ['bannedWords', 'suspectWords']) {
      for (const answer of [
        await room.operator.changeSettings({ [list]: words }),
        await room.operator.testWords({ text: 'casino', [list]: words }),
      ]) {
        expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, `${list}.1`]);
        expect(answer.body.errors?.[0]?.message).toMatch(/can never match|Write something here/);
      }
    }
  },
);
