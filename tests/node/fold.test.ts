import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, foldLetters, textFingerprintSource } from '../../src/core/text/fold.ts';

describe('fold makes equal what reads alike', () => {
  test.each([
    ['case', 'HeLLo', 'hello'],
    ['accents', 'Crème Brûlée', 'creme brulee'],
    ['letters that do not come apart', 'Straße Łódź Ærø', 'strasse lodz aero'],
    ['the dotted and the dotless i', 'İSTANBUL ılık', 'istanbul ilik'],
    ['the sigma at the end', 'ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['full width', 'ｓｐａｍ', 'spam'],
    ['mathematical letters', '𝓼𝓹𝓪𝓶', 'spam'],
    ['ligatures', 'oﬃce', 'office'],
    ['zero width', 's\u200Bp\u200Da\u2060m', 'spam'],
    ['soft hyphens', 'soft\u00ADware', 'software'],
    ['strikes and zalgo', 's\u0336p\u0336a\u0301\u0301\u0301m', 'spam'],
    ['Arabic vowels and stretching', 'مُحَـــمَّد', 'محمد'],
    ['Cyrillic among Latin letters', 'pаypаl', 'paypal'],
    ['Greek among Latin letters', 'Ηello ωorld', 'hello world'],
    ['a Cyrillic word', 'сосна', 'сосна'],
    ['a Greek word', 'νερο', 'νερο'],
    ['a Latin word beside a Cyrillic one', 'paypal сосна', 'paypal сосна'],
    ['digits for letters', 'h3ll0 5h17', 'hello shit'],
    ['signs for letters', '@ss $pam cl@$$', 'ass spam class'],
    ['digits in a Cyrillic word', 'п0рно', 'порно'],
    ['numbers', '2024 $100 @ 10:30', '2024 $100 @ 10:30'],
    ['kana keep their marks', 'が', 'が'],
    ['Hindi keeps its vowels', 'हिन्दी', 'हिन्दी'],
    ['Korean', '한국', '한국'],
  ])('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test.each([
    ['letters that do not come apart', 'ßæœøłđħıς', 'ssaeoeoldhiσ'],
    ['Cyrillic capitals', 'wАВЕЅІЈКМНОРСТУХԚԜ', 'wabesijkmhopctyxqw'],
    ['Cyrillic letters', 'wавеѕіјкмнорстухһԁԛԝӏ', 'wabesijkmhopctyxhdqwl'],
    ['Greek capitals', 'wΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'wabezhikmnoptyx'],
    ['Greek letters', 'wαβγεηικνορτυχω', 'wabyenikvoptuxw'],
    ['digits and signs beside Latin letters', 'x013457@$', 'xoieastas'],
    ['digits and signs beside Cyrillic letters', 'ж034@', 'жозча'],
  ])('each of the %s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('foldLetters leaves digits and signs', () => {
    expect(foldLetters('H3LLÖ @casino')).toBe('h3llo @casino');
    expect(foldLetters('wАВЕЅІЈКМНОРСТУХԚԜ 3')).toBe('wabesijkmhopctyxqw 3');
  });

  test('a folded text is folded', () => {
    const words = fc
      .array(fc.constantFrom(...'aZé7$@0 оВΗσßİı\u0301\u200D한が'), { maxLength: 20 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(words, fc.string({ unit: 'grapheme' })), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('textFingerprintSource', () => {
  test('is the same for texts that differ in spaces, signs and case', () => {
    const source = textFingerprintSource('Buy now: cheap watches!');
    expect(source).toBe('buynowcheapwatches');
    expect(textFingerprintSource('  buy NOW... cheap\nwatches')).toBe(source);
    expect(textFingerprintSource('Buy later: cheap watches!')).not.toBe(source);
  });

  test('tells texts without letters apart', () => {
    expect(textFingerprintSource('👍')).not.toBe(textFingerprintSource('👎'));
    expect(textFingerprintSource('👍 👍')).toBe(textFingerprintSource('👍👍'));
  });
});
