import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLinkAddress } from '../../src/core/body/link-address.ts';

describe('addresses that may be followed', () => {
  test.each([
    ['https://news.example', 'https://news.example'],
    ['HTTP://News.Example/Path', 'http://news.example/Path'],
    ['http://localhost:8787/a', 'http://localhost:8787/a'],
    ['http://a.example:65535', 'http://a.example:65535'],
    ['http://a.example./', 'http://a.example./'],
    ['http://192.0.2.1/', 'http://192.0.2.1/'],
    ['http://255.0.2.10:80', 'http://255.0.2.10:80'],
    ['http://a1.2b.c3/', 'http://a1.2b.c3/'],
    ['http://a.1f/', 'http://a.1f/'],
    ['http://a.b0x7/', 'http://a.b0x7/'],
    ['https://köln.example/straße?q=ü#ä', 'https://köln.example/straße?q=ü#ä'],
    ['http://ｎews.example', 'http://news.example'],
    ['https://a.example/@writer/1', 'https://a.example/@writer/1'],
    ['https://a.example?q=http://b.example', 'https://a.example?q=http://b.example'],
    ['https://a.example/wiki/"b"<c>', 'https://a.example/wiki/%22b%22%3Cc%3E'],
    [`https://a.example/${'b'.repeat(1_982)}`, `https://a.example/${'b'.repeat(1_982)}`],
  ])('%s', (address, href) => {
    expect(readLinkAddress(address)).toBe(href);
  });
});

describe('addresses that may not', () => {
  test.each([
    ['another scheme', 'javascript:alert(1)'],
    ['another scheme before it', 'view-source:http://a.example/'],
    ['another scheme with slashes', 'javascript://a.example/%0Aalert(1)'],
    ['data', 'data:text/html,x'],
    ['no scheme', '//a.example'],
    ['a path', '/a'],
    ['nothing', ''],
    ['no host', 'http://'],
    ['a path for a host', 'http:///a.example'],
    ['one slash', 'http:/a.example'],
    ['a name before the host', 'http://good.example@evil.example'],
    ['a name and a password', 'http://a:b@evil.example'],
    ['a backslash for a slash', 'http:\\\\a.example'],
    ['a backslash that ends the host', 'https://good.example\\@evil.example'],
    ['a space', 'http://a.example/b c'],
    ['a space before', ' http://a.example'],
    ['a tab in the scheme', 'ht\ttp://a.example'],
    ['a line feed', 'http://a.example/\nb'],
    ['NUL', 'http://a.example/\u0000'],
    ['a bidi override', 'http://a.example/\u202Egpj.exe'],
    ['a zero-width space', 'http://a\u200B.example'],
    ['a soft hyphen', 'http://a\u00AD.example'],
    ['an escape in the host', 'http://a%2e.example'],
    ['a full-width slash in the host', 'http://a.example／b'],
    ['an empty label', 'http://a..example'],
    ['a dot first', 'http://.a.example'],
    ['a network address as one number', 'http://2130706433'],
    ['a network address that begins in hexadecimal', 'http://0x7f.1'],
    ['a network address in hexadecimal', 'http://0x7f000001'],
    ['a network address that ends in hexadecimal', 'http://127.0.0.0X1'],
    ['a hexadecimal number without digits', 'http://127.0.0.0x'],
    ['a hexadecimal number and a dot', 'http://127.0x1.'],
    ['a network address in octal', 'http://0177.0.0.1'],
    ['a network address in full-width digits', 'http://１２７.１'],
    ['a sign that comes apart into a slash', 'http://a.example℀b.example'],
    ['five numbers', 'http://1.2.3.4.5'],
    ['three numbers', 'http://1.2.3'],
    ['a number past 255', 'http://1.2.3.256'],
    ['an IPv6 address', 'http://[2001:db8::1]/'],
    ['a port past the last', 'http://a.example:65536'],
    ['a port without digits', 'http://a.example:'],
    ['one character too many', `https://a.example/${'b'.repeat(1_983)}`],
  ])('%s', (_, address) => {
    expect(readLinkAddress(address)).toBeNull();
  });

  test('a browser reads the same host as we do', () => {
    const piece = fc.constantFrom(
      'http',
      's',
      ':',
      '/',
      '//',
      '\\',
      '@',
      '.',
      'a',
      'B',
      '1',
      ':80',
      '[',
      ']',
      '?',
      '#',
      '%41',
      'ö',
      '\t',
      '<',
    );
    const address = fc.array(piece, { maxLength: 14 }).map((pieces) => `http://${pieces.join('')}`);
    fc.assert(
      fc.property(address, (typed) => {
        const href = readLinkAddress(typed);
        if (href === null || !URL.canParse(href)) return;
        const url = new URL(href);
        expect(['http:', 'https:']).toContain(url.protocol);
        expect(url.username + url.password).toBe('');
        const host = /^https?:\/\/([^/?#]*)/.exec(href)?.[1] ?? '';
        expect(url.hostname).toBe(new URL(`http://${host}`).hostname);
      }),
      { numRuns: 5_000 },
    );
  });
});
