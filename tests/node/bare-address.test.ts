import { describe, expect, test } from 'vitest';
import { bareAddresses } from '../../src/core/body/bare-address.ts';

const found = (text: string): string[] => bareAddresses.match(text).map(({ url }) => url);

describe('an address that is written out', () => {
  test.each([
    'http://a.example',
    'HTTPS://A.Example/',
    'http://localhost:8787/a',
    'https://münchen.example/straße',
    'https://例え.jp/道?問=答',
    'https://a-b--c.example/-/d',
    'https://a.example/?b=c,d;e&f=[0]#!/g.h',
    'https://a.example/wiki/Strait_(geography_(old))',
    'https://a.example/@b/c:d~e+f*g%20h$i',
    "https://a.example/it's",
    'https://a.example/?q="two"-words',
    'https://a.example/a...b!c',
    'https://👍.example',
  ])('%s is taken whole, wherever it stands', (address) => {
    for (const [before, after] of [
      ['', ''],
      ['see ', ' there'],
      ['(', ')'],
      ['“', '”'],
      ['<', '>'],
      ['、', '。'],
      ['', '.'],
      ['', '?!'],
      ['(see ', '.)'],
      ['"', '",'],
    ] as const)
      expect([before, ...found(before + address + after)]).toEqual([before, address]);
    expect(bareAddresses.matchAtStart(`${address} and more`)?.url).toBe(address);
  });

  test.each([
    ['https://a.example/b(c', 'https://a.example/b'],
    ['https://a.example/b)', 'https://a.example/b'],
    ['https://a.example?', 'https://a.example'],
    ['https://a.example:', 'https://a.example'],
    ['https://a.example/b–c', 'https://a.example/b'],
    ['https://a.example/b "c"', 'https://a.example/b'],
  ])('of %s is %s', (text, address) => {
    expect(found(text)).toEqual([address]);
  });

  test('is parted from its neighbour by a comma', () => {
    expect(found('https://a.example,https://b.example')).toEqual(['https://a.example', 'https://b.example']);
  });

  test.each([
    'a.example',
    'www.a.example',
    'me@a.example',
    'mailto:me@a.example',
    '//a.example',
    'ftp://a.example',
    'xhttp://a.example',
    '_http://a.example',
    'http://',
    'http:///a',
    'http://-a.example',
    'http://a.example-',
    'http://a_b.example',
  ])('%s has none', (text) => {
    expect(found(text)).toEqual([]);
    expect(bareAddresses.matchAtStart(text)).toBeNull();
  });

  test.each([
    'http://a-',
    'http://a.',
    'http://a/(b',
    'http://a/"b',
    "http://a/'",
    'http://a/.',
    'http://a/((b)',
    'a-',
  ])('is looked for in 64 kB of %s in time', (unit) => {
    const start = performance.now();
    found(`http://${unit.repeat(65_536 / unit.length)}`);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
