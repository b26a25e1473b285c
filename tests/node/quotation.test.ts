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
  ])('shows %j as it was', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

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
        // The arm of a shrug takes no backslash.
        fc.pre(!/_\(/.test(text));
        expect(shown(text).replace(/ +/g, ' ')).toBe(text);
      }),
    );
  });
});
