import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyText } from '../../src/core/body/body-text.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { quotation } from '../../src/widget/composing/quotation.ts';

/** The words of the quotation, which is all there is. */
function shown(text: string): string {
  const { body } = parseBody(`${quotation(text)}And so on.`);
  expect(body.map(({ t }) => t)).toEqual(['quote', 'p']);
  const [quote] = body;
  if (quote?.t !== 'quote') throw new Error('No quotation.');
  expect(quote.c.every(({ t }) => t === 'p')).toBe(true);
  return bodyText(quote.c);
}

describe('a quotation of selected text', () => {
  it('stands before the place for what is said about it', () => {
    expect(quotation('One.\nTwo.\n\nThree.\n')).toBe('> One.\n> Two.\n>\n> Three.\n\n');
  });

  it.each([
    ['1. is no list', '1. is no list'],
    ['1986. What a summer', '1986. What a summer'],
    ['# no heading', '# no heading'],
    ['- one\n- two', '- one\n- two'],
    ['> who said that?', '> who said that?'],
    ['---', '---'],
    ['*so* and **so** and `so`', '*so* and **so** and `so`'],
    ['~~gone~~ and ```', '~~gone~~ and ```'],
    ['[a](https://b.example) &amp; &#60;', '[a](https://b.example) &amp; &#60;'],
    ['see https://a.example/_b_/*c*', 'see https://a.example/_b_/*c*'],
    ['snake_case_name and _so_', 'snake_case_name and _so_'],
    ['>:( not happy', '>:( not happy'],
    ['1) first', '1) first'],
    ['C:\\*.txt', 'C:\\*.txt'],
    ['C:\\_a\\*.txt and *so*', 'C:\\_a\\*.txt and *so*'],
    ['C:\\*a*', 'C:\\*a*'],
    ['\\\\server\\_a', '\\\\server\\_a'],
    ['a \\* b', 'a \\* b'],
    ['\\_a\\_', '\\_a\\_'],
    ['\\[a] \\& \\<b>', '\\[a] \\& \\<b>'],
    ['\\- no list', '\\- no list'],
    ['1\\. no list', '1\\. no list'],
    ['a\\\nb', 'a\\\nb'],
    ['a:*b* and ¯*c*', 'a:*b* and ¯*c*'],
    ['¯\\_(ツ)_/¯', '¯\\_(ツ)_/¯'],
    ['_(a_(', '_(a_('],
    ['https://a.example/_b_)*c*', 'https://a.example/_b_)*c*'],
    ['<https://a.example>', '<https://a.example>'],
    ['https://a.example/b\\', 'https://a.example/b\\'],
    ['https://a.example/C:\\_d_', 'https://a.example/C:\\_d_'],
    ['https://a.example\\_b_', 'https://a.example\\_b_'],
  ])('shows %j as it was', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each(['C:\\my_files\\a', '¯\\_(ツ)', 'https://a.example/_b_', 'a\\b'])(
    'adds nothing to %j, which is shown as it stands',
    (text) => {
      expect(quotation(text)).toBe(`> ${text}\n\n`);
    },
  );

  it('shows each line of words and signs as it was', () => {
    const part = fc.constantFrom(
      'so',
      'Fähre',
      '1.',
      '12)',
      '#',
      '-',
      '+',
      '>',
      '*',
      '**',
      '`',
      '~',
      '_',
      '!',
      '(',
      ')',
      ' ',
      '[',
      ']',
    );
    const line = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => `a${parts.join('')}`);
    const begun = fc
      .tuple(fc.constantFrom('1. ', '# ', '- ', '+ ', '> ', '* ', '2) ', ''), line)
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(begun, { minLength: 1, maxLength: 3 }), (lines) => {
        const text = lines.map((one) => one.trim().replace(/ +/g, ' ')).join('\n');
        expect(shown(text).replace(/ +/g, ' ')).toBe(text);
      }),
    );
  });

  it('shows any text as it was, whatever backslashes and signs are in it', () => {
    const pieces = [...'\\*_~`[]()<>!#-+>&;:/\n 1.ab"\'|=@?', '\\', '\\\\', '\n\n', '**', '](', '![', '```\n'];
    const words = ['- ', '1. ', '1986. ', '>:(', '「', '한', '漢', 'é', 'C:\\', 'C:', '\\\\server', '¯', '¯\\_(ツ)_/¯'];
    const others = ['&amp;', '&#42;', '<a@b.example>', ' https://a.example/_b_*c* '];
    const piece = fc.constantFrom(...pieces, ...words, ...others);
    const anyText = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 })
      .map((all) => all.join(''));
    /** What a browser shows of it: no empty lines, and one space for many. */
    const onPage = (text: string): string =>
      text
        .split('\n')
        .map((line) => line.trim().replace(/\s+/g, ' '))
        .filter((line) => line !== '')
        .join('\n');
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(text.trim() !== '');
        expect(onPage(shown(text))).toBe(onPage(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
