import fc from 'fast-check';
import type { Token } from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { Body, Inline } from '../../src/core/body/body.ts';
import { bodyLinks, bodyText } from '../../src/core/body/body-text.ts';
import { mapInline } from '../../src/core/body/map-inline.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { anyMarkdown } from '../support/any-markdown.ts';
import { bodyFaults, FORBIDDEN_CHARACTERS } from '../support/body-faults.ts';

const paragraph = (...c: Inline[]): Body => [{ t: 'p', c }];

describe('Markdown that is understood', () => {
  const cases: [name: string, markdown: string, body: Body][] = [
    ['paragraphs', 'one\n\ntwo', [...paragraph('one'), ...paragraph('two')]],
    ['a line break where one was typed', 'one\ntwo', paragraph('one', { t: 'br' }, 'two')],
    ['a line break after two spaces', 'one  \ntwo', paragraph('one', { t: 'br' }, 'two')],
    ['a line break after a backslash', 'one\\\ntwo', paragraph('one', { t: 'br' }, 'two')],
    [
      'emphasis',
      '*a* **b** ~~c~~ `d`',
      paragraph({ t: 'em', c: ['a'] }, ' ', { t: 'strong', c: ['b'] }, ' ', { t: 'del', c: ['c'] }, ' ', {
        t: 'code',
        s: 'd',
      }),
    ],
    ['a quote', '> a', [{ t: 'quote', c: paragraph('a') }]],
    ['a quote, which ends with its lines', '> a\n\nb', [{ t: 'quote', c: paragraph('a') }, ...paragraph('b')]],
    ['a list', '- a\n- b', [{ t: 'ul', c: [paragraph('a'), paragraph('b')] }]],
    ['a numbered list from one', '1. a', [{ t: 'ol', c: [paragraph('a')] }]],
    ['a numbered list from elsewhere', '7. a\n8. b', [{ t: 'ol', start: 7, c: [paragraph('a'), paragraph('b')] }]],
    ['fenced code, as typed', '```js\na  <b>\n\n*c*\n```', [{ t: 'pre', s: 'a  <b>\n\n*c*' }]],
    ['a link', '[a](https://b.example/c)', paragraph({ t: 'a', href: 'https://b.example/c', c: ['a'] })],
    [
      'a bare address, without the full stop after it',
      'see http://b.example/c.',
      paragraph('see ', { t: 'a', href: 'http://b.example/c', c: ['http://b.example/c'] }, '.'),
    ],
    [
      'a bare address with signs of stress in it',
      'http://b.example/_c_~~d~~',
      paragraph({ t: 'a', href: 'http://b.example/_c_~~d~~', c: ['http://b.example/_c_~~d~~'] }),
    ],
    ['entities', '&lt;b&gt; &amp;', paragraph('<b> &')],
  ];
  test.each(cases)('%s', (_, markdown, body) => {
    expect(parseBody(markdown).body).toEqual(body);
  });
});

describe('Markdown that becomes something plainer', () => {
  const cases: [name: string, markdown: string, body: Body][] = [
    ['a heading is a strong paragraph', '# a *b*', paragraph({ t: 'strong', c: ['a ', { t: 'em', c: ['b'] }] })],
    ['a tab is a space', 'a\tb', paragraph('a b')],
    [
      'a blank between two that are seen is stressed with them',
      '**`a` `b`**',
      paragraph({ t: 'strong', c: [{ t: 'code', s: 'a' }, ' ', { t: 'code', s: 'b' }] }),
    ],
    ['a heading ends with its line', '# a\nb', [...paragraph({ t: 'strong', c: ['a'] }), ...paragraph('b')]],
    ['a heading that is strong already is so once', '# **a**', paragraph({ t: 'strong', c: ['a'] })],
    ['a rule is dropped', 'a\n\n---\n\nb', [...paragraph('a'), ...paragraph('b')]],
    ['dashes under a line make no heading', 'a\n---', paragraph('a')],
    [
      'an image is a link under its description',
      '![a](http://b.example/c.png)',
      paragraph({ t: 'a', href: 'http://b.example/c.png', c: ['a'] }),
    ],
    [
      'a description in Markdown is its words',
      '![a *b* c](http://b.example/c.png)',
      paragraph({ t: 'a', href: 'http://b.example/c.png', c: ['a b c'] }),
    ],
    ['a line of nothing around what is seen is dropped', '&#8203;\na\n&#8203;', paragraph('a')],
    [
      'an image without description is a link under its address',
      '![](http://b.example/)',
      paragraph({ t: 'a', href: 'http://b.example/', c: ['http://b.example/'] }),
    ],
    [
      'an image in a link is its description',
      '[![a](http://b.example/)](http://c.example/)',
      paragraph({ t: 'a', href: 'http://c.example/', c: ['a'] }),
    ],
    ['HTML is text', '<b onclick="x()">a</b>', paragraph('<b onclick="x()">a</b>')],
    ['a table is text', '|a|\n|-|\n|b|', paragraph('|a|', { t: 'br' }, '|-|', { t: 'br' }, '|b|')],
    ['indented code is text', '    a', paragraph('a')],
    ['a link definition is text', '[a]: nowhere', paragraph('[a]: nowhere')],
    [
      'addresses without a scheme are text',
      'www.example.com me@example.com //example.com',
      paragraph('www.example.com me@example.com //example.com'),
    ],
    [
      'a link without text shows its address',
      '[](http://b.example)',
      paragraph({ t: 'a', href: 'http://b.example', c: ['http://b.example'] }),
    ],
    [
      'what marks up nothing is nothing beside a text',
      '&nbsp;\n\n` `\n\n> &#8203;\n\n- \n\na\n\n```\n\n```',
      paragraph('a'),
    ],
    ['emphasis of nothing is as typed', '**&nbsp;** a', paragraph('\u00A0 a')],
  ];
  test.each(cases)('%s', (_, markdown, body) => {
    expect(parseBody(markdown).body).toEqual(body);
  });
});

test.each([
  ['a paragraph', '', 6],
  ['a heading', '# ', 5],
  ['a quote', '> ', 5],
])('in %s stress goes as deep as the tree may, and no deeper', (_, mark, levels) => {
  const { body } = parseBody(`${mark}x **a _b ~~c **d _e ~~f **g _h_**~~_**~~_**`);
  const wrappers = JSON.stringify(body).match(/"t":"(?:em|strong|del)"/g) ?? [];
  // A heading is stressed as a whole.
  expect(wrappers).toHaveLength(mark === '# ' ? levels + 1 : levels);
});

test.each([
  [5, ['http://b.example']],
  [6, []],
])('an image in %i kinds of stress is a link where the tree has room for one', (levels, links) => {
  const marks = Array.from({ length: levels }, (_, level) => ['**', '_', '~~'][level % 3] ?? '');
  const markdown = marks.reduceRight((inner, mark) => `${mark}a ${inner} b${mark}`, '![c](http://b.example)');
  const { body, text } = parseBody(markdown);
  expect(bodyLinks(body)).toEqual(links);
  expect(text).toBe(`${'a '.repeat(levels)}c${' b'.repeat(levels)}`);
  expect(bodyFaults(body)).toEqual([]);
});

describe('links that are refused stay as they were written', () => {
  test.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](data:text/html,x)',
    '[a](vbscript:x)',
    '[a](/relative)',
    '[a](#)',
    '<ftp://b.example>',
    '![a](javascript:alert(1))',
  ])('%s', (markdown) => {
    const { body, text } = parseBody(markdown);
    expect(bodyLinks(body)).toEqual([]);
    expect(text).toBe(markdown);
    expect(body).toEqual(paragraph(markdown));
  });

  test('entities and escapes do not carry one past the judge', () => {
    for (const markdown of [
      '[a](java&#10;script:x)',
      '[a](&#106;avascript:x)',
      '[a](http:\\\\b.example)',
      '[a](<java\tscript:x>)',
    ]) {
      expect(bodyLinks(parseBody(markdown).body)).toEqual([]);
    }
  });
});

test('the tree judges an address even if the parser let it pass', () => {
  const token = (type: string, nesting: -1 | 0 | 1, attrs: [string, string][] = []): Token =>
    ({ type, nesting, content: type, attrGet: (name: string) => new Map(attrs).get(name) ?? null }) as unknown as Token;
  const tokens = [token('link_open', 1, [['href', 'javascript:x']]), token('text', 0), token('link_close', -1)];
  expect(mapInline(tokens, 5)).toEqual(['text']);
});

describe('characters that are never kept', () => {
  test.each([
    ['NUL', 'a\u0000b'],
    ['a control', 'a\u0007b'],
    ['a bidi override', 'a\u202Eb'],
    ['a bidi isolate', 'a\u2066b'],
    ['half a surrogate pair', 'a\uD800b'],
    ['a bidi override written as an entity', 'a&#x202E;b'],
    ['one in code', '`a\u202Eb`'],
    ['one in fenced code', '```\na\u202Eb\n```'],
  ])('%s', (_, markdown) => {
    expect(parseBody(markdown).text).toBe('ab');
  });

  test.each([
    ['Braille’s blank', '\u2800'],
    ['a blank with a selector on it', '\u2800\uFE0F'],
    ['a filler', '\u3164'],
  ])('a text of %s is no text', (_, markdown) => {
    expect(parseBody(markdown).body).toEqual([]);
  });

  test.each([
    ...['-', '+', '*', '#', '######', '1.', '1)', '---', '***', '_ _ _', '- -', '#\n\n1.', '-\n'],
    ...['>', '> >', '>-', '```', '```\n```', '~~~', '```js', '` `', '[]()', '![]()', '&nbsp;', '&#8203;', '&zwj;'],
  ])('signs that mark up nothing are the text: %j', (markdown) => {
    const { body, text } = parseBody(markdown);
    expect([body.length, text]).toEqual([1, markdown.trim().replace(/\n+/g, '\n')]);
    expect(bodyFaults(body)).toEqual([]);
  });

  test('marks do not pile up, not even over several nodes', () => {
    const marks = '\u0301'.repeat(50);
    expect(parseBody(`x${marks}`).text.match(/\p{M}/gu)).toHaveLength(4);
    expect(parseBody(`x${marks}**${marks}y**`).text.match(/\p{M}/gu)).toHaveLength(4);
    expect(parseBody(`x**\u0301y**`).body).toEqual(paragraph('x', { t: 'strong', c: ['y'] }));
    expect(parseBody(`x${'&#x301;'.repeat(50)}`).text.match(/\p{M}/gu)).toHaveLength(4);
  });
});

describe('text', () => {
  test('has a line for each block and break', () => {
    expect(parseBody('# a\n\nb\nc\n\n> d\n>\n> e\n\n- f\n- g\n\n```\nh\ni\n```').text).toBe(
      'a\nb\nc\nd\ne\nf\ng\nh\ni',
    );
  });

  test('links are listed in order and as often as they stand there', () => {
    const { body } = parseBody('> http://a.example\n\n- [b](http://b.example)\n- **http://a.example**');
    expect(bodyLinks(body)).toEqual(['http://a.example', 'http://b.example', 'http://a.example']);
  });
});

describe('depth', () => {
  const quotes = (body: Body): number => {
    const [first] = body;
    return first?.t === 'quote' ? 1 + quotes(first.c) : 0;
  };

  test.each([
    [3, 3],
    [4, 4],
    [5, 4],
    [19, 4],
    [20, 4],
    [21, 4],
    [500, 4],
  ])('of %i nested quotes %i keep their frame, and no word is lost or said twice', (typed, kept) => {
    const { body, text } = parseBody(`${'>'.repeat(typed)} word`);
    expect(quotes(body)).toBe(kept);
    expect(text).toMatch(/^>* ?word$/);
  });

  test.each(['', '# '])('is bounded where everything that nests is nested, after %j', (mark) => {
    const { body, text } = parseBody(`> - > - ${mark}a *b **c ~~d [e \`f\`](http://g.example)~~***`);
    expect(bodyFaults(body)).toEqual([]);
    expect(text).toBe('a b c d e f');
  });

  test('past which quotes are text is the same for each paragraph', () => {
    const [marks, more] = ['>'.repeat(20), '>'.repeat(21)];
    expect(parseBody(`${more} a\n${marks}\n${more} b`).text).toBe('> a\n> b');
    expect(JSON.stringify(parseBody(`${marks} a\n${marks} b`).body)).toContain('["a",{"t":"br"},"b"]');
  });

  test('a quote at it takes in the line that goes on without a mark, as any other does', () => {
    const [above, at] = [19, 20].map((typed) => parseBody(`${'>'.repeat(typed)}a\nb\n\nc`).body);
    expect(at).toEqual(above);
  });

  test.each([4, 5, 12])('of %i nested quotes leaves room for two kinds of stress in the words', (typed) => {
    const { body } = parseBody(`${'>'.repeat(typed)} *a **b ~~c~~***`);
    expect(JSON.stringify(body)).toContain(JSON.stringify([{ t: 'em', c: ['a ', { t: 'strong', c: ['b c'] }] }]));
  });

  test('emphasis past the depth keeps its words', () => {
    const { body, text } = parseBody(
      `${'*a **b '.repeat(40)}${'** *'.repeat(40)}c${'*_'.repeat(200)}d${'_*'.repeat(200)}`,
    );
    expect(bodyFaults(body)).toEqual([]);
    expect(text).toMatch(/c.*d/s);
  });

  test('emphasis past the depth ends where it ends, and what comes after it stands outside', () => {
    const deep = `${'*a '.repeat(12)}x${' b*'.repeat(12)}`;
    const [paragraph] = parseBody(`${deep} *after* all`).body;
    const inlines = paragraph?.t === 'p' ? paragraph.c : [];
    expect(inlines.slice(1)).toEqual([' ', { t: 'em', c: ['after'] }, ' all']);
  });
});

describe('whatever is typed', () => {
  test('the tree has only what it may have, and its text is its text', () => {
    fc.assert(
      fc.property(anyMarkdown, (source) => {
        const { body, text } = parseBody(source);
        expect(bodyFaults(body)).toEqual([]);
        expect(text).toBe(bodyText(body));
        expect(text).not.toMatch(FORBIDDEN_CHARACTERS);
        for (const link of bodyLinks(body)) expect(link).toMatch(/^https?:\/\//);
      }),
      { numRuns: 2_000 },
    );
  });

  const SIZE = 64 * 1024;
  test.each([
    '>',
    '> ',
    '> a\n',
    '> - ',
    '[',
    '![',
    '](',
    '[a](',
    '[[a](',
    '*',
    '*a ',
    '*_',
    'a*',
    '***a***',
    '~~',
    '`',
    '`a``',
    '<',
    '<a',
    '&',
    '&#',
    '\\',
    'http://',
    'http://a?',
    'http://a@',
    '(http://a.b/',
    '://',
    '- ',
    '- a\n',
    '- a\n  - b\n    - c\n',
    ...['1. ', '5. a\n\n', '1986. a\n', '1. a\n\n1986. b\n\n', '>:(\n', '>a\n>:(\n', '>a\n#\n', '    >a\n'],
    ...['a*b', '「*', '**「', 'C:\\_', '\\_(', '\\\\a', '_'],
    '#',
    '```\n',
    '\n',
    '\t',
    '\u0301',
    '\u200D',
    '\u202E',
  ])('64 kB of %j are parsed', (unit) => {
    const { body } = parseBody(unit.repeat(SIZE / unit.length));
    expect(bodyFaults(body)).toEqual([]);
  });
});
