import type { WordsTestView } from '../contract/site.ts';

const LISTS = { bannedWords: 'banned', suspectWords: 'suspect' } as const;
const OUTCOMES = {
  pass: 'No entry of the lists is in this text.',
  hold: 'A comment with this text would wait for a moderator.',
  reject: 'A comment with this text would be rejected.',
} as const;

/** The outcome of a test of word lists, a line each entry. */
export function describeWordsTest({ outcome, hits }: WordsTestView): string {
  const lines = hits.map(({ list, entry, effect, found, differences }) => {
    const why = differences.length === 0 ? 'as written' : `spelled otherwise: ${differences.join(', ')}`;
    return `${effect}s  ${entry}  (${LISTS[list]})  found as "${found}", ${why}`;
  });
  return [OUTCOMES[outcome], ...lines].map((line) => line.replace(/\p{Cc}/gu, ' ')).join('\n');
}
