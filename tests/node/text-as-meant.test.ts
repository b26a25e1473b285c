import { describe, expect, test } from 'vitest';
import type { Block, Body, Inline } from '../../src/core/body/body.ts';
import { keptSource } from '../../src/core/body/markdown-of.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';

const p = (...c: Inline[]): Block => ({ t: 'p', c });
const quote = (...c: Block[]): Block => ({ t: 'quote', c });
const strong = (...c: Inline[]): Inline => ({ t: 'strong', c });
const em = (...c: Inline[]): Inline => ({ t: 'em', c });
const items = (...texts: string[]): Block[][] => texts.map((text) => [p(text)]);
const br: Inline = { t: 'br' };

type Case = [markdown: string, ...body: Body];
const bodyOf = (markdown: string): Body => parseBody(markdown).body;

describe('a list has the numbers that were written', () => {
  test.each<Case>([
    ['1. yes\n3. no\n5. maybe', { t: 'ol', numbers: [1, 3, 5], c: items('yes', 'no', 'maybe') }],
    ['3. bronze\n2. silver\n1. gold', { t: 'ol', start: 3, numbers: [3, 2, 1], c: items('bronze', 'silver', 'gold') }],
    ['1. a\n2. b\n2. c', { t: 'ol', numbers: [1, 2, 2], c: items('a', 'b', 'c') }],
    ['3. a\n\n3. b', { t: 'ol', start: 3, numbers: [3, 3], c: items('a', 'b') }],
    ['1) a\n4) b', { t: 'ol', numbers: [1, 4], c: items('a', 'b') }],
    ['1. a\n2.\n3. c', { t: 'ol', numbers: [1, 3], c: items('a', 'c') }],
    ['1.\n2. b\n3. c', { t: 'ol', start: 2, c: items('b', 'c') }],
    ['0. a\n1. b', { t: 'ol', start: 0, c: items('a', 'b') }],
    ['4. a\n5. b', { t: 'ol', start: 4, c: items('a', 'b') }],
    ['- 1. a\n  7. b', { t: 'ul', c: [[{ t: 'ol', numbers: [1, 7], c: items('a', 'b') }]] }],
  ])('%j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });

  test.each<Case>([
    ['1. a\n1. b\n1. c', { t: 'ol', c: items('a', 'b', 'c') }],
    ['0. a\n0. b', { t: 'ol', start: 0, c: items('a', 'b') }],
  ])('but one number in front of each is Markdown for counting: %j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });

  test.each(['1. yes\n3. no\n5. maybe', '3. bronze\n2. silver', '10. a\n20. b\n    - c', 'a\n\n7. b\n9. c\n\nd'])(
    'and the way back has them too: %j',
    (source) => {
      expect(keptSource(source, bodyOf(source))).toBe('');
    },
  );
});

describe('a sentence that begins with a number is no list', () => {
  test.each([
    ...['1986. What a great summer.', '2024.', '5. only one item', '2. because it rains', '3) foo', '3. Oktober 1990'],
    ...[
      '1000. a',
      '123456789. a',
      '12.30 Uhr',
      '1.5 million',
      '007. Bond',
      '-5 degrees',
      '+1',
      '#hashtag',
      '1.No space',
    ],
  ])('%j', (source) => {
    expect(bodyOf(source)).toEqual([p(source)]);
    expect(keptSource(source, bodyOf(source))).toBe('');
  });

  test.each<Case>([
    ['1986.\n1987.', p('1986.', br, '1987.')],
    ['2024. \n2025. ', p('2024.', br, '2025.')],
    ['1986. What a summer.\n1987. What a winter.', p('1986. What a summer.', br, '1987. What a winter.')],
    ['It was\n1986. What a summer.', p('It was', br, '1986. What a summer.')],
    ['> 1986. What a summer.', quote(p('1986. What a summer.'))],
    ['1986. *What* a summer.', p('1986. ', em('What'), ' a summer.')],
    ['5. **No.**', p('5. ', strong('No.'))],
    ['5. `No`', p('5. ', { t: 'code', s: 'No' })],
    ['5. > a', p('5.'), quote(p('a'))],
    ['5.\n\na', p('5.'), p('a')],
    ['5. a\nb', p('5. a', br, 'b')],
    ['5. a\n\n   b', p('5. a'), p('b')],
    ['5. a\n\nb\n\n6. c', p('5. a'), p('b'), p('6. c')],
    ['1. a\n\n1986. b', { t: 'ol', c: items('a') }, p('1986. b')],
    ['1. a\n\n1986. b\n\n2. c', { t: 'ol', c: items('a') }, p('1986. b'), p('2. c')],
    ['1. a\n1986. b', { t: 'ol', c: [[p('a', br, '1986. b')]] }],
  ])('%j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });

  test.each<Case>([
    ['1. a', { t: 'ol', c: items('a') }],
    ['0. a', { t: 'ol', start: 0, c: items('a') }],
    ['998. a\n999. b', { t: 'ol', start: 998, c: items('a', 'b') }],
    ['5. a\n\n6. b', { t: 'ol', start: 5, c: items('a', 'b') }],
    ['- 5 degrees', { t: 'ul', c: items('5 degrees') }],
    ['* footnote', { t: 'ul', c: items('footnote') }],
    ['+ 1', { t: 'ul', c: items('1') }],
    ['# Heading', p(strong('Heading'))],
  ])('while a list stays one: %j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });
});

describe('a quotation begins with “>” and words', () => {
  test.each([
    ...[
      '>:( not happy',
      '>:-(',
      '>_<',
      '>.<',
      '>.>',
      '>;)',
      '>=D',
      '>w<',
      '>///< oh',
      '>__< no',
      '>:',
      '><',
      '><(((º>',
    ],
    ...['>5 people came', '>= 5', '>€100 each', '>½', '>100 % sure', '->', '--> see', '=>'],
  ])('%j is none', (source) => {
    expect(bodyOf(source)).toEqual([p(source)]);
    expect(keptSource(source, bodyOf(source))).toBe('');
  });

  test.each<Case>([
    ['> text', quote(p('text'))],
    ['>text', quote(p('text'))],
    ['> 5 people came', quote(p('5 people came'))],
    ['> :( he said', quote(p(':( he said'))],
    ['>"Text"', quote(p('"Text"'))],
    ['>«Text»', quote(p('«Text»'))],
    ['>(sic)', quote(p('(sic)'))],
    ['>…and so on', quote(p('…and so on'))],
    ['>...and so on', quote(p('...and so on'))],
    ['>*a*', quote(p(em('a')))],
    ['>- a', quote({ t: 'ul', c: items('a') })],
    ['>漢字', quote(p('漢字'))],
    ['>👍 yes', quote(p('👍 yes'))],
    ['>> a', quote(quote(p('a')))],
    ['>>> really', quote(quote(quote(p('really'))))],
    ['> >:( a', quote(p('>:( a'))],
    ['>>:( a', quote(p('>:( a'))],
    ['><https://a.example/>', quote(p({ t: 'a', href: 'https://a.example/', c: ['https://a.example/'] }))],
  ])('%j is one', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });

  test.each<Case>([
    ['a\n>:( b', p('a', br, '>:( b')],
    ['> a\n>:( b', quote(p('a')), p('>:( b')],
    ['> a\n> b\n>_<\n> c', quote(p('a', br, 'b')), p('>_<'), quote(p('c'))],
    ['> > a\n> >:( b', quote(quote(p('a')), p('>:( b'))],
    ['- > a\n  >:( b', { t: 'ul', c: [[quote(p('a')), p('>:( b')]] }],
    ['1. a\n>:(', { t: 'ol', c: [[p('a', br, '>:(')]] }],
    ['```\n>:(\n```', { t: 'pre', s: '>:(' }],
  ])('beside others: %j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });
});

describe('signs within words stay', () => {
  test.each([
    ...[
      '5*3*2',
      '2*3*4=24',
      'a*b*c',
      'f*ck and sh*t',
      'f**k that b***',
      'sh*t, f***',
      '2**3**4',
      'äö*ü*ß',
      'un*believ*able',
    ],
    ...['*Excluding 2*3 packs', '2*3 is six*', 'snake_case_names', '__init', 'a_b_ c', 'м*р*к', 'x^2^', '𝒳*𝒴*𝒵'],
    ...[
      '¯\\_(ツ)_/¯',
      '\\o/',
      'C:\\Users\\name',
      '\\\\server\\share',
      '\\\\server\\_share\\_a',
      'C:\\_a\\*.txt_',
      '\\_(ツ)_/',
    ],
    ...[
      'C:\\\\Users',
      '¯\\(ツ)/¯',
      '¯\\\\_(ツ)_/¯',
      'C:\\\\_a\\\\_b',
      '\\(x\\)',
      '\\"a\\"',
      'a\\|b',
      '\\$5',
      'a\\.b',
      'a \\- b',
      'a\\#b',
      '\\',
      'a\\',
      '\\\\',
      'd:\\[a]\\b',
    ],
    ...['D:\\*.*', '(C:\\*.*)', '"\\\\srv\\_a\\_b"'],
  ])('%j', (source) => {
    expect(bodyOf(source)).toEqual([p(source)]);
    expect(keptSource(source, bodyOf(source))).toBe('');
  });

  test('an address keeps what is in it', () => {
    const href = 'https://a.example/b_c_d*e*f';
    expect(bodyOf(`see ${href} now`)).toEqual([p('see ', { t: 'a', href, c: [href] }, ' now')]);
  });

  test.each<Case>([
    ['*a*', p(em('a'))],
    ['*a* b *c*', p(em('a'), ' b ', em('c'))],
    ['5*3*2 is *so* much', p('5*3*2 is ', em('so'), ' much')],
    ['**Helsinki**ssa', p(strong('Helsinki'), 'ssa')],
    ['the *Petrel*s', p('the ', em('Petrel'), 's')],
    ['"*a*"', p('"', em('a'), '"')],
    ['abso-*bloody*-lutely', p('abso-', em('bloody'), '-lutely')],
    ['~~a~~b', p({ t: 'del', c: ['a'] }, 'b')],
    ['__init__', p(strong('init'))],
    ['**a*b***', p(strong('a', em('b')))],
    ['(**Fähr*mann***), so', p('(', strong('Fähr', em('mann')), '), so')],
    ['**no wo*rds***', p(strong('no wo', em('rds')))],
    ['**f*ck wo*rds***', p(strong('f*ck wo', em('rds')))],
    ['**sh*t**', p(strong('sh*t'))],
    ['**sh*t** and **f*ck that**', p(strong('sh*t'), ' and ', strong('f*ck that'))],
    ['**f*ck you***', p(strong('f*ck you'), '*')],
    ['**un*believ*able**', p(strong('un*believ*able'))],
    ['**5*3***', p(strong('5*3'), '*')],
    ['**a*b', p('**a*b')],
    ['***a*b**', p(strong(em('a'), 'b'))],
    ['***a**b*', p(em(strong('a'), 'b'))],
    ['*Helsinki **is** here*s', p(em('Helsinki ', strong('is'), ' here'), 's')],
    ['\\*a\\*', p('*a*')],
    ['snake\\_case', p('snake_case')],
    ['2\\*3', p('2*3')],
    ['\\_a\\_', p('_a_')],
    ['\\[a](https://a.example)', p('[a](', { t: 'a', href: 'https://a.example', c: ['https://a.example'] }, ')')],
    ['\\# a', p('# a')],
    ['a\n\\- b', p('a', br, '- b')],
    ['1986\\. a', p('1986. a')],
    ['1\\) a', p('1) a')],
    ['\\> a', p('> a')],
    ['\\`a`', p('`a`')],
    ['\\&amp;', p('&amp;')],
    ['\\~~a~~', p('~~a~~')],
    ['\\![a](https://a.example)', p('!', { t: 'a', href: 'https://a.example', c: ['a'] })],
    ['¯\\_(ツ)\\_/¯', p('¯\\_(ツ)_/¯')],
  ])('and stress and escapes stay what they were: %j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });
});

describe('stress needs no spaces where a script has none', () => {
  test.each<Case>([
    ['**「太字」**です', p(strong('「太字」'), 'です')],
    ['これは**「太字」**です', p('これは', strong('「太字」'), 'です')],
    ['これは**太字**です', p('これは', strong('太字'), 'です')],
    ['**太字。**次の文', p(strong('太字。'), '次の文')],
    ['**テスト（括弧）**の', p(strong('テスト（括弧）'), 'の')],
    ['**「太字」**ABC', p(strong('「太字」'), 'ABC')],
    ['**"인용"**을', p(strong('"인용"'), '을')],
    ['그는 **"인용"**을 했다', p('그는 ', strong('"인용"'), '을 했다')],
    ['이것은 **중요**합니다', p('이것은 ', strong('중요'), '합니다')],
    ['~~「削除」~~です', p({ t: 'del', c: ['「削除」'] }, 'です')],
    ['**日*so*a**', p(strong('日', em('so'), 'a'))],
    ['**太**と**字**', p(strong('太'), 'と', strong('字'))],
    ['*「a」*と*「b」*', p(em('「a」'), 'と', em('「b」'))],
    ['**𠮷野家。**𠮷', p(strong('𠮷野家。'), '𠮷')],
    ['**"คำพูด"**ของ', p(strong('"คำพูด"'), 'ของ')],
    ['第*3*回', p('第', em('3'), '回')],
    ['5*3*2です', p('5*3*2です')],
    ['3 * 漢 * 4', p('3 * 漢 * 4')],
    ['**「', p('**「')],
  ])('%j', (markdown, ...body) => {
    expect(bodyOf(markdown)).toEqual(body);
  });
});
