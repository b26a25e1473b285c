import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAuthorName } from '../../src/core/comment/author-name.ts';
import { countGraphemes } from '../../src/core/text/graphemes.ts';

const nameOf = (raw: string) => {
  const result = readAuthorName(raw);
  return result.ok ? result.value : null;
};

const FAMILY = '👨‍👩‍👧‍👦';

describe('a name', () => {
  test.each([
    'Ada',
    'O’Brien',
    "d'Arc",
    'Jean-Luc',
    '海峡',
    'محمد',
    'Åsa Öberg',
    'R2',
    '7',
    `Ada ${FAMILY}`,
    'Dr. No (retired)',
  ])('is taken as it is written: %s', (name) => expect(nameOf(name)).toBe(name));

  test.each(['', '  ', '\n', '.', '— —', '🎉', '\u200B', '\u2800', '\u3164', '\u202E', '\u0301'])(
    'has a letter or a digit: %j has none',
    (name) => expect(nameOf(name)).toBeNull(),
  );

  test('is one line with single spaces, composed, without what cannot be seen', () => {
    expect(nameOf('  Ada\n\tLovelace  ')).toBe('Ada Lovelace');
    expect(nameOf('A\u200Bd\u00ADa\u0000')).toBe('Ada');
    expect(nameOf('\u202EadA\u202C')).toBe('adA');
    expect(nameOf('A\u030Asa')).toBe('Åsa');
  });

  test.each([
    ['letters', 'x'],
    ['accents apart', 'e\u0301'],
  ])('has at most sixty graphemes: %s', (_, grapheme) => {
    expect(nameOf(grapheme.repeat(59))).not.toBeNull();
    expect(nameOf(grapheme.repeat(60))).not.toBeNull();
    expect(nameOf(grapheme.repeat(61))).toBeNull();
  });

  test('counts a family as one', () => {
    expect(nameOf(`a${FAMILY.repeat(59)}`)).not.toBeNull();
    expect(nameOf(`a${FAMILY.repeat(60)}`)).toBeNull();
  });

  test.each([
    ['', 'Write a name with at least one letter or digit.'],
    ['x'.repeat(61), 'A name has at most 60 characters.'],
  ])('refused is refused by the field’s name, and says why', (name, message) => {
    expect(readAuthorName(name)).toEqual({
      ok: false,
      problem: { reason: 'invalid-input', errors: [{ field: 'authorName', message }] },
    });
  });

  test('once read is read again as the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
        const name = nameOf(raw);
        fc.pre(name !== null);
        expect(nameOf(name)).toBe(name);
        expect(countGraphemes(name)).toBeLessThanOrEqual(60);
      }),
    );
  });
});
