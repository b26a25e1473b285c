import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArticleKey, Origin, PageAddress, TimestampInput, WebAddress } from '../../src/contract/scalars.ts';

const faults = (read: { error?: { issues: { message: string }[] } }): string[] =>
  read.error?.issues.map(({ message }) => message) ?? [];

describe('an address', () => {
  test.each([
    ['https://news.example/a b', null],
    ['https://News.Example/World', 'https://news.example/World'],
    ['  https://news.example/ferry\n', 'https://news.example/ferry'],
    ['https://news.example', 'https://news.example/'],
    ['https://news.example:443/a/../b', 'https://news.example/b'],
    ['https://münchen.example/straße?q=ü', 'https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC'],
    ['https://news.example/?a=b\\c', 'https://news.example/?a=b\\c'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['https://user:pass@news.example/', null],
    ['https://user@news.example/', null],
    ['https://a.example\\@b.example/', null],
    ['https://a.example/\\..\\b', null],
    ['https:\\\\a.example/', null],
    ['https:///a.example/', null],
    ['https:a.example', null],
    ['https://news.example/\u202Egpj.exe', null],
    ['https://news\u200B.example/', null],
    ['https://news.example/a\u00ADb', null],
    ['https://news.example/a\tb', null],
    ['https://news.example/\u0000', null],
    ['https://news.example/\uD800', null],
    ['ftp://news.example/', null],
    ['javascript:alert(1)//https://a.example', null],
    ['//news.example/', null],
    ['/ferry', null],
    [`https://news.example/${'a'.repeat(2_000)}`, null],
    [`https://news.example/${'漢'.repeat(500)}`, null],
  ])('%j is kept as the URL standard writes it, or refused', (sent, kept) => {
    const read = WebAddress.safeParse(sent);
    expect(read.data ?? null).toBe(kept);
    if (kept === null) for (const fault of faults(read)) expect(fault).toMatch(/^[A-Z].*\.$/);
  });

  test('comes out as it is when it is sent again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (sent) => {
        const kept = WebAddress.parse(sent);
        expect([WebAddress.parse(kept), new URL(kept).href]).toEqual([kept, kept]);
      }),
    );
  });

  test('of a visitor’s page may have their name in it', () => {
    expect(PageAddress.safeParse('https://ada:secret@news.example/').success).toBe(true);
    expect(PageAddress.safeParse('https://a.example\\@b.example/').success).toBe(false);
  });
});

test.each([
  ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ['https://News.example/', 'https://news.example'],
  [' http://localhost:8788/ ', 'http://localhost:8788'],
  ['http://[2001:DB8::7]:8788', 'http://[2001:db8::7]:8788'],
  ['https://news.example:443', 'https://news.example'],
  ['https://ｎews.example', 'https://news.example'],
  ['https://news.example/world', null],
  ['https://news.example/?', null],
  ['https://news.example#', null],
  ['https://me@news.example', null],
  ['https://news.example\\', null],
  ['https://news\u202E.example', null],
  ['http://::1:8788', null],
  ['news.example', null],
  ['null', null],
  ['*', null],
])('an origin %j is kept as browsers send it, or refused', (sent, kept) => {
  expect(Origin.safeParse(sent).data ?? null).toBe(kept);
});

test.each([
  ['caf\u0065\u0301', 'café'],
  ['2023/04/28/ferry', '2023/04/28/ferry'],
  ['...', '...'],
  ['.a', '.a'],
  ['記事-1', '記事-1'],
  ['.', null],
  ['..', null],
  ['', null],
  ['a b', null],
  ['a\u00A0b', null],
  ['a\u202Eb', null],
  ['a\u200Bb', null],
  ['a\u2066b', null],
  ['a\u0007b', null],
  ['a\u2028b', null],
  ['a\uD800b', null],
  ['a\uFEFF', null],
  ['x'.repeat(201), null],
])('an article key %j is kept composed, or refused', (sent, kept) => {
  const read = ArticleKey.safeParse(sent);
  expect(read.data ?? null).toBe(kept);
  for (const fault of faults(read)) expect(fault).toMatch(/^[A-Z].*\.$/);
});

describe('a time', () => {
  const KEPT = '2023-04-28T17:40:08.000Z';
  test.each([
    ['2023-04-28T17:40:08Z', KEPT],
    ['2023-04-28t17:40:08z', KEPT],
    ['2023-04-28T17:40:08.000000Z', KEPT],
    ['2023-04-28 17:40:08+00:00', KEPT],
    ['2023-04-28 17:40:08 +0000', KEPT],
    ['2023-04-28T13:40:08-0400', KEPT],
    ['2023-04-28T13:40:08-04', KEPT],
    ['2023-04-28T23:10:08,0+05:30', KEPT],
    [' 2023-04-28T17:40:08Z\n', KEPT],
    ['2023-04-28T17:40Z', '2023-04-28T17:40:00.000Z'],
    ['2023-04-28', '2023-04-28T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2023-02-29', null],
    ['2023-02-31T00:00:00Z', null],
    ['2023-13-01T00:00:00Z', null],
    ['2023-04-28T25:00:00Z', null],
    ['2023-04-28T17:40:08+99:00', null],
    ['2023-04-28T17:40:08', null],
    ['2023-04-28 17:40:08', null],
    ['28 April 2023', null],
    ['Fri, 28 Apr 2023 17:40:08 GMT', null],
    ['1682703608', null],
    ['', null],
  ])('%j is taken as CMSs write it, or refused where it does not say which', (sent, kept) => {
    const read = TimestampInput.safeParse(sent);
    expect(read.data ?? null).toBe(kept);
    for (const fault of faults(read)) expect(fault).toMatch(/^[A-Z].*\.$/);
  });
});
