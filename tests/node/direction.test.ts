import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directionOf } from '../../src/contract/direction.ts';
import type { Block, Inline } from '../../src/core/body/body.ts';
import { bodyHtml } from '../../src/http/views/body-html.ts';

const p = (...c: Inline[]): Block => ({ t: 'p', c });
const link = (text: string): Inline => ({ t: 'a', href: 'https://a.example/', c: [text] });

test.each<[...Inline[]]>([
  ['@kim שלום לכם'],
  ['@kim: שלום'],
  ['(@kim) שלום'],
  ['@kim @lee 12 שלום hello'],
  ['"@kim" مرحبا'],
  ['https://a.example/b שלום'],
  ['HTTP://A.EXAMPLE שלום'],
  ['3. @kim ۱۲ سلام'],
  [link('https://a.example/'), ' שלום'],
  [link('The Gazette'), ': שלום'],
  ['@kim', { t: 'br' }, 'שלום'],
  [{ t: 'strong', c: ['@kim'] }, ' ', { t: 'em', c: ['שלום'] }],
  [{ t: 'code', s: 'npm start' }, ' לא עובד'],
  ['@kim 𞤀𞤣𞤤𞤢𞤥'],
  ['@kim ߒߞߏ'],
])('behind what stands in front, words from right to left: %j', (...c) => {
  expect(directionOf(p(...c))).toBe('rtl');
});

test.each<[...Inline[]]>([['@דנה hello there'], ['@דנה, hello שלום'], [link('שלום'), ' is a word'], ['@דנה 漢字']])(
  'and from left to right: %j',
  (...c) => {
    expect(directionOf(p(...c))).toBe('ltr');
  },
);

test.each<[...Inline[]]>([
  ['שלום @kim'],
  ['hello @דנה'],
  ['"Quote" عربي'],
  ['12 שלום'],
  ['me@kim.example שלום'],
  ['httpd שלום'],
  ['@kim'],
  ['https://a.example/'],
  [link('שלום')],
  ['@kim 12 !'],
  [''],
])('nothing in front, or nothing else: the browser finds it: %j', (...c) => {
  expect(directionOf(p(...c))).toBe('auto');
});

test('of a quotation and a list it is that of all that is in it', () => {
  const words = [p('@kim'), p('שלום')];
  expect(directionOf({ t: 'quote', c: words })).toBe('rtl');
  expect(directionOf({ t: 'ul', c: words.map((word) => [word]) })).toBe('rtl');
  expect(directionOf({ t: 'pre', s: '@kim שלום' })).toBe('auto');
});

test('a text that nothing stands in front of is left to the browser, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      if (!/@|https?:/i.test(text)) expect(directionOf(p(text))).toBe('auto');
      expect(['auto', 'ltr', 'rtl']).toContain(directionOf(p(`@kim ${text}`)));
    }),
  );
});

test.each(['@', '@ ', '@a', 'https:', '@https:', '(', '1'])('64 kB of %j take no time to speak of', (unit) => {
  const began = performance.now();
  directionOf(p(unit.repeat(65_536 / unit.length)));
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('HTML has it', () => {
  expect(String(bodyHtml([p('@kim שלום')]))).toBe('<p dir="rtl">@kim שלום</p>');
});
