import { expect, expectTypeOf, test } from 'vitest';
import { signalSentence } from '../../src/console/signal-sentence.ts';
import type { SignalView } from '../../src/contract/moderation.ts';
import type { Signal } from '../../src/core/screening/screening.ts';

test.each<[sentence: string, signal: SignalView]>([
  ['The reader posted the same text elsewhere.', { phase: 'repeated-text', by: 'same-reader', comments: 1 }],
  ['The reader posted the same text in 3 other places.', { phase: 'repeated-text', by: 'same-reader', comments: 3 }],
  ['2 other comments have the same text.', { phase: 'repeated-text', by: 'others', comments: 2 }],
  ['The reader is shadow-banned.', { phase: 'ban', because: 'shadow-ban' }],
  ['Its author alone sees what it answers, or saw its earlier text.', { phase: 'ban', because: 'in-shadow' }],
  ['It comes from the network of a banned reader.', { phase: 'ban', because: 'network' }],
  ['Banned word: grackle.', { phase: 'banned-words', words: ['grackle'] }],
  ['Banned words: casino, grackle, and 7 more.', { phase: 'banned-words', words: ['casino', 'grackle'], more: 7 }],
  ['Suspect words: casino, idiot*.', { phase: 'suspect-words', words: ['casino', 'idiot*'] }],
  [
    'Banned word, spelled otherwise: grackle.',
    { phase: 'banned-words', words: ['grackle'], spelledOtherwise: ['grackle'] },
  ],
  [
    'Suspect words: casino; spelled otherwise: idiot*.',
    { phase: 'suspect-words', words: ['casino', 'idiot*'], spelledOtherwise: ['idiot*'] },
  ],
  ['1 link; the limit is 0.', { phase: 'links', count: 1, limit: 0 }],
  ['3 links; the limit is 2.', { phase: 'links', count: 3, limit: 2 }],
  ['The reader had no approved comment then.', { phase: 'first-comment' }],
  ['Every comment under this article is approved first.', { phase: 'pre-moderation' }],
])('%s', (sentence, signal) => {
  expect(signalSentence(signal)).toBe(sentence);
});

test('a signal of a phase that is not known here is shown by its name', () => {
  expect(signalSentence({ phase: 'language-model', score: 0.9 } as never)).toBe('language-model');
});

test('the signals on the wire are those of the screening', () => {
  expectTypeOf<SignalView>().toEqualTypeOf<Signal>();
});
