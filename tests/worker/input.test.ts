import { describe, expect, test } from 'vitest';
import { openNewsroom } from '../support/newsroom.ts';

describe('a field that is wrong', () => {
  test.each([
    [{ maxGraphemes: 10_001 }, 'At most 10,000.'],
    [{ maxGraphemes: 0 }, 'At least 1.'],
    [{ maxLinks: 1.5 }, 'This must be a whole number.'],
    [{ maxLinks: '2' }, 'This must be a number.'],
    [{ bannedWords: 'casino' }, 'This must be a list.'],
    [{ origins: Array.from({ length: 21 }, (_, i) => `https://${i}.example`) }, 'At most 20 entries.'],
    [{ name: 7 }, 'This must be text.'],
    [{ colour: 'red' }, 'There is no field "colour" here.'],
  ])('%j is told in a plain sentence', async (body, sentence) => {
    const room = await openNewsroom();
    const answer = await room.operator.changeSettings(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map(({ message }) => message)).toEqual([sentence]);
  });

  test('is told to be missing when it is, and to be too long by characters', async () => {
    const room = await openNewsroom();
    const missing = await room.publisher.putArticle('ferry', { url: undefined });
    expect(missing.body.detail).toBe('url: This field is missing.');
    const long = await room.public.articles(`cursor=${'a'.repeat(1_001)}`);
    expect(long.body.detail).toBe('cursor: At most 1,000 characters.');
  });
});

test('whoever sends a large body of faults is answered with some kilobytes', async () => {
  const room = await openNewsroom();
  const many = <Value>(count: number, value: (n: number) => Value) => Array.from({ length: count }, (_, n) => value(n));
  const unknown = Object.fromEntries(many(11_000, (n) => [`k${n}`, 0]));
  for (const answer of [
    await room.publisher.putArticle('ferry', unknown),
    await room.publisher.putArticle('ferry', { ['k'.repeat(100_000)]: 0 }),
    await room.publisher.putArticle('ferry', { topics: many(30_000, () => '') }),
    await room.operator.changeSettings({ add: { bannedWords: many(9_000, () => 0), ...unknown } }),
    await room.request('GET', `${room.at.articles}?${many(1_000, (n) => `parameter-${n}=`).join('&')}`),
  ]) {
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body).length).toBeLessThan(5_000);
  }
});

test('an origin may come with the slash of an address bar and in capitals; it is kept as browsers send it', async () => {
  const room = await openNewsroom();
  const origins = ['https://News.example/', ' http://localhost:8788/ ', 'http://[2001:DB8::7]:8788'];
  const saved = await room.operator.changeSettings({ origins });
  const kept = ['https://news.example', 'http://localhost:8788', 'http://[2001:db8::7]:8788'];
  expect([saved.status, saved.body.origins]).toEqual([200, kept]);
  for (const wrong of ['https://news.example/world', 'https://news.example//', 'news.example', 'http://::1:8788']) {
    const refused = await room.operator.changeSettings({ origins: [wrong] });
    expect(refused.status).toBe(400);
  }
});

test('a time of publication may be written with any offset, and is answered in UTC', async () => {
  const room = await openNewsroom();
  const put = (publishedAt: string) => room.publisher.putArticle('ferry', { publishedAt });
  for (const [sent, kept] of [
    ['2026-11-01T11:00:00+01:00', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01T05:30:00-04:30', '2026-11-01T10:00:00.000Z'],
  ] as const) {
    const { status, body } = await put(sent);
    expect([status < 300, body.publishedAt]).toEqual([true, kept]);
  }
  expect((await put('2026-11-01T11:00:00')).status).toBe(400);
  expect((await put('1 November 2026')).status).toBe(400);
});
