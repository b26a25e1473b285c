import { describe, expect, test } from 'vitest';
import { parseBody } from '../../src/core/body/parse-body.ts';
import type { ReaderStanding } from '../../src/core/reader/reader.ts';
import { PHASES, screenComment } from '../../src/core/screening/screen-comment.ts';
import {
  PHASE_NAMES,
  type PhaseName,
  type SameText,
  type Signal,
  type Submission,
} from '../../src/core/screening/screening.ts';
import { DEFAULT_SETTINGS, type SiteSettings } from '../../src/core/site/site.ts';

const NOW = Date.UTC(2026, 0, 2);
const DAY = 24 * 60 * 60 * 1_000;
const SENTENCE = 'Quite a long sentence.';

interface Case {
  source?: string;
  authorName?: string;
  settings?: Partial<SiteSettings>;
  article?: Partial<Submission['article']>;
  reader?: Partial<ReaderStanding>;
  isNetworkHeld?: boolean;
  isInShadow?: boolean;
  sameText?: SameText[];
}

/** A comment that passes every phase, changed as the case says. */
const submission = ({
  source = SENTENCE,
  authorName = 'Ada',
  settings,
  article,
  reader,
  isNetworkHeld = false,
  isInShadow = false,
  sameText = [],
}: Case): Submission => ({
  now: NOW,
  site: { id: 's', name: 'S', origins: [], settings: { ...DEFAULT_SETTINGS, ...settings } },
  article: { commenting: 'open', moderation: null, ...article },
  authorName,
  source,
  typed: source,
  ...parseBody(source),
  reader: { approvedCount: 1, ban: 'none', banUntil: null, ...reader },
  isNetworkHeld,
  isInShadow,
  sameText,
});

const verdictOf = (name: PhaseName, given: Case) =>
  PHASES.find((entry) => entry.name === name)?.phase(submission(given));

const outcomeOf = (name: PhaseName, given: Case) => verdictOf(name, given)?.outcome;

const same = (changes: Partial<SameText> = {}): SameText => ({
  sameReader: false,
  sameArticle: true,
  sameParent: true,
  createdAt: NOW - 1,
  ...changes,
});

describe('commenting-closed', () => {
  test.each([
    ['open', 'pass'],
    ['closed', 'refuse'],
  ] as const)('%s: %s', (commenting, outcome) => {
    expect(outcomeOf('commenting-closed', { article: { commenting } })).toBe(outcome);
  });
});

describe('length', () => {
  test('of more marks and lines than its tree has room for is refused with a sentence', () => {
    const verdict = (source: string) => verdictOf('length', { source, settings: { maxGraphemes: 10_000 } });
    expect(verdict('a\n'.repeat(2_500))?.outcome).toBe('pass');
    expect(verdict('*a* '.repeat(1_250))?.outcome).toBe('pass');
    expect(verdict('a\n'.repeat(5_000))).toMatchObject({
      outcome: 'refuse',
      problem: { reason: 'invalid-input', errors: [{ field: 'body', message: expect.stringMatching(/\.$/) }] },
    });
  });

  test.each(['', ' \n ', '\u2800', '\u200B'])('%j is empty', (source) => {
    expect(verdictOf('length', { source })).toEqual({ outcome: 'refuse', problem: { reason: 'comment-empty' } });
  });

  test.each([
    [9, 'pass'],
    [10, 'pass'],
    [11, 'refuse'],
  ] as const)('%i of 10 graphemes: %s', (graphemes, outcome) => {
    for (const grapheme of ['a', 'e\u0323\u0301', '👨‍👩‍👧‍👦']) {
      expect(outcomeOf('length', { source: grapheme.repeat(graphemes), settings: { maxGraphemes: 10 } })).toBe(outcome);
    }
  });

  test('too long says how long, and how long it may be', () => {
    expect(verdictOf('length', { source: 'abcde', settings: { maxGraphemes: 4 } })).toEqual({
      outcome: 'refuse',
      problem: { reason: 'comment-too-long', graphemes: 5, limit: 4 },
    });
  });

  test('counts what was typed, without the space around it', () => {
    expect(outcomeOf('length', { source: '  **a** \n', settings: { maxGraphemes: 5 } })).toBe('pass');
    expect(outcomeOf('length', { source: '**a**', settings: { maxGraphemes: 4 } })).toBe('refuse');
  });
});

describe('ban', () => {
  test.each([
    ['none', null, 'pass'],
    ['ban', null, 'refuse'],
    ['ban', NOW - 1, 'pass'],
    ['ban', NOW, 'pass'],
    ['ban', NOW + 1, 'refuse'],
    ['shadow-ban', null, 'shadow'],
    ['shadow-ban', NOW, 'pass'],
    ['shadow-ban', NOW + 1, 'shadow'],
  ] as const)('%s until %s: %s', (ban, banUntil, outcome) => {
    expect(outcomeOf('ban', { reader: { ban, banUntil } })).toBe(outcome);
  });

  test.each([
    ['none', null, 'shadow'],
    ['shadow-ban', NOW, 'shadow'],
    ['ban', null, 'refuse'],
    ['ban', NOW, 'shadow'],
  ] as const)('%s until %s, of what is in the shadow: %s', (ban, banUntil, outcome) => {
    expect(outcomeOf('ban', { reader: { ban, banUntil }, isInShadow: true })).toBe(outcome);
  });

  test('says until when', () => {
    expect(verdictOf('ban', { reader: { ban: 'ban', banUntil: NOW + 5 } })).toEqual({
      outcome: 'refuse',
      problem: { reason: 'banned', until: NOW + 5 },
    });
  });
});

describe('repeated-text', () => {
  const own = { sameReader: true };
  const elsewhere = { sameArticle: false, sameParent: false };
  test.each<[name: string, sameText: SameText[], outcome: string]>([
    ['never written before', [], 'pass'],
    ['by the reader under this article', [same(own)], 'refuse'],
    ['by the reader under this article, just within a day', [same({ ...own, createdAt: NOW - DAY + 1 })], 'refuse'],
    ['by the reader under this article, a day ago', [same({ ...own, createdAt: NOW - DAY })], 'refuse'],
    ['by the reader under this article, more than a day ago', [same({ ...own, createdAt: NOW - DAY - 1 })], 'pass'],
    ['by the reader to another comment', [same({ ...own, sameParent: false })], 'pass'],
    ['by the reader to two other comments', [1, 2].map(() => same({ ...own, sameParent: false })), 'hold'],
    ['by the reader to another comment and by one other', [same({ ...own, sameParent: false }), same()], 'pass'],
    ['by the reader under another article', [same({ ...own, ...elsewhere })], 'hold'],
    [
      'by the reader under another article, more than a day ago',
      [same({ ...own, ...elsewhere, createdAt: NOW - DAY - 1 })],
      'pass',
    ],
    ['by one other', [same()], 'pass'],
    ['by two others', [same(), same(elsewhere)], 'hold'],
    ['by two others, one of them more than a day ago', [same(), same({ createdAt: NOW - DAY - 1 })], 'pass'],
    ['by three others', [same(), same(), same()], 'hold'],
    ['by others and by the reader here', [same(), same(), same(own)], 'refuse'],
  ])('%s', (_, sameText, outcome) => {
    expect(outcomeOf('repeated-text', { sameText })).toBe(outcome);
  });

  test.each([
    ['abcde fghijk', 11, 'pass'],
    ['abcdef ghijkl', 12, 'hold'],
    ['abcdef ghijklm', 13, 'hold'],
    ['👍👍👍👍👍👍', 6, 'pass'],
    ['👍'.repeat(12), 12, 'hold'],
    ['e\u0323\u0308'.repeat(11), 11, 'pass'],
    ['我'.repeat(11), 11, 'pass'],
    ['我'.repeat(12), 12, 'hold'],
  ])('%s has %i letters: %s', (source, _, outcome) => {
    expect(outcomeOf('repeated-text', { source, sameText: [same(), same()] })).toBe(outcome);
    expect(outcomeOf('repeated-text', { source, sameText: [same({ ...own, ...elsewhere })] })).toBe(outcome);
  });

  test.each([
    ['Yes.', 'pass'],
    ['Thank you!', 'pass'],
    ['abcde fghijk', 'pass'],
    ['abcdef ghijkl', 'refuse'],
  ])('%s twice by the same reader in the same place: %s', (source, outcome) => {
    expect(outcomeOf('repeated-text', { source, sameText: [same(own)] })).toBe(outcome);
  });
});

describe.each([
  ['banned-words', 'bannedWords', 'reject'],
  ['suspect-words', 'suspectWords', 'hold'],
] as const)('%s', (phase, setting, outcome) => {
  const settings = { [setting]: ['spam', 'eggs'] };

  test.each<[name: string, given: Case]>([
    ['in the text', { source: 'some *spam* here' }],
    ['in the name', { authorName: 'Spam King' }],
    ['in code', { source: '`spam`' }],
    ['in the address of a link', { source: '[a](https://spam.example)' }],
    ['in the address of an image', { source: '![a](https://a.example/spam.png)' }],
    ['in an address with a broken escape', { source: '[a](https://spam.example/%zz)' }],
    ['in an address that was refused', { source: '[a](javascript:spam)' }],
    ['partly stressed, and once more as written', { source: 'sp**am** spam' }],
  ])('%s', (_, given) => {
    expect(verdictOf(phase, { ...given, settings })).toEqual({ outcome, signal: { phase, words: ['spam'] } });
  });

  test.each<[name: string, given: Case]>([
    ['with a digit', { source: 'sp4m' }],
    ['with a letter of another script', { source: 'sраm' }],
    ['with a mark', { source: 'spám' }],
    ['with spaces', { source: 's p a m' }],
    ['with a letter again and again', { source: 'spaaam' }],
    ['with an invisible character', { source: 'sp\u200Bam' }],
    ['with markup inside', { source: 'sp**a**m' }],
    ['with an entity', { source: 'sp&#97;m' }],
    ['escaped in an address', { source: '[a](https://a.example/%73pam)' }],
    ['in the name', { authorName: 'Sp4m King' }],
  ])('spelled otherwise, %s, hold for a person', (_, given) => {
    const signal = { phase, words: ['spam'], spelledOtherwise: ['spam'] };
    expect(verdictOf(phase, { ...given, settings })).toEqual({ outcome: 'hold', signal });
  });

  test('as written and spelled otherwise: the signal says which is which', () => {
    const signal = { phase, words: ['eggs', 'spam'], spelledOtherwise: ['spam'] };
    expect(verdictOf(phase, { source: 'sp4m and eggs', settings })).toEqual({ outcome, signal });
  });

  test('more than twenty words: the first are named, those as written before the others, and the rest is counted', () => {
    const entries = [...'abcdefghijklmnopqrstuvwxyzäöüß'].map((letter) => `grackle${letter}`);
    const spelled = { bannedWords: entries, suspectWords: entries };
    const source = entries.map((entry, n) => (n < 15 ? entry.replace('a', 'á') : entry)).join(' ');
    const kept = [...entries.slice(15), ...entries.slice(0, 5)];
    expect(verdictOf(phase, { source, settings: spelled })).toEqual({
      outcome,
      signal: { phase, words: kept, spelledOtherwise: entries.slice(0, 5), more: 10 },
    });
  });

  test('pass when there are none, and when none are listed', () => {
    expect(outcomeOf(phase, { settings })).toBe('pass');
    expect(outcomeOf(phase, { source: 'spam' })).toBe('pass');
  });

  test('name and text are not read as one', () => {
    expect(outcomeOf(phase, { authorName: 's p', source: 'a m', settings })).toBe('pass');
  });
});

const withLinks = (count: number): string =>
  Array.from({ length: count }, (_, index) => `- > https://a.example/${index}`).join('\n');

describe('links', () => {
  test.each([
    [1, 'pass'],
    [2, 'pass'],
    [3, 'hold'],
  ] as const)('%i of 2: %s', (count, outcome) => {
    expect(outcomeOf('links', { source: withLinks(count), settings: { maxLinks: 2 } })).toBe(outcome);
  });

  test('none are allowed where the limit is 0', () => {
    expect(outcomeOf('links', { source: withLinks(1), settings: { maxLinks: 0 } })).toBe('hold');
    expect(outcomeOf('links', { source: '[a](javascript:x)', settings: { maxLinks: 0 } })).toBe('pass');
  });
});

describe('moderation modes', () => {
  test.each([
    ['post', null, 'pass', 'pass'],
    ['first-comment', null, 'hold', 'pass'],
    ['pre', null, 'pass', 'hold'],
    ['post', 'first-comment', 'hold', 'pass'],
    ['post', 'pre', 'pass', 'hold'],
    ['pre', 'post', 'pass', 'pass'],
    ['pre', 'first-comment', 'hold', 'pass'],
    ['first-comment', 'post', 'pass', 'pass'],
  ] as const)('site %s, article %s: first-comment %s, pre-moderation %s', (mode, ofArticle, first, pre) => {
    const given = { settings: { moderation: mode }, article: { moderation: ofArticle }, reader: { approvedCount: 0 } };
    expect(outcomeOf('first-comment', given)).toBe(first);
    expect(outcomeOf('pre-moderation', given)).toBe(pre);
  });

  test.each([
    [0, 'hold'],
    [1, 'pass'],
    [2, 'pass'],
  ] as const)('a reader with %i approved comments: %s', (approvedCount, outcome) => {
    expect(outcomeOf('first-comment', { reader: { approvedCount } })).toBe(outcome);
  });

  test('earlier comments that nobody approved earn no trust', () => {
    const earlier = [same({ sameReader: true, sameArticle: false, createdAt: NOW - 2 * DAY })];
    expect(outcomeOf('first-comment', { reader: { approvedCount: 0 }, sameText: earlier })).toBe('hold');
  });

  test('pre-moderation holds a trusted reader too', () => {
    expect(outcomeOf('pre-moderation', { settings: { moderation: 'pre' }, reader: { approvedCount: 100 } })).toBe(
      'hold',
    );
  });
});

describe('screenComment', () => {
  const namesOf = (given: Case): [outcome: string, phases: string] => {
    const verdict = screenComment(submission(given));
    if (verdict.outcome === 'refuse') return ['refuse', verdict.problem.reason];
    return [verdict.outcome, verdict.signals.map(({ phase }) => phase).join(', ')];
  };

  test('has every phase, in the order of their names', () => {
    expect(PHASES.map(({ name }) => name)).toEqual([...PHASE_NAMES]);
  });

  test('publishes what passes every phase', () => {
    expect(screenComment(submission({}))).toEqual({ outcome: 'publish', signals: [] });
  });

  /** Everything at once; each row takes away what decided the row before it. */
  const everything: Case = {
    source: `spam eggs https://a.example https://b.example https://c.example`,
    settings: { bannedWords: ['spam'], suspectWords: ['eggs'] },
    article: { commenting: 'closed' },
    reader: { approvedCount: 0, ban: 'ban' },
    sameText: [same({ sameReader: true })],
  };
  const tooLong = { ...everything, settings: { ...everything.settings, maxGraphemes: 5 } };
  const open = { article: { commenting: 'open' } } as const;
  const copied = [same(), same()];
  test.each<[given: Case, outcome: string, phases: string]>([
    [tooLong, 'refuse', 'commenting-closed'],
    [{ ...tooLong, ...open }, 'refuse', 'comment-too-long'],
    [{ ...everything, ...open }, 'refuse', 'repeated-text'],
    [{ ...everything, ...open, sameText: copied }, 'refuse', 'banned'],
    [
      { ...everything, ...open, reader: { approvedCount: 0, ban: 'shadow-ban' }, sameText: copied },
      'shadow',
      'repeated-text, ban',
    ],
    [
      { ...everything, ...open, reader: { approvedCount: 0 }, sameText: copied },
      'reject',
      'repeated-text, banned-words',
    ],
    [{ ...everything, ...open, reader: { approvedCount: 0 }, sameText: [] }, 'reject', 'banned-words'],
    [
      { ...everything, ...open, reader: { approvedCount: 0 }, sameText: copied, settings: { suspectWords: ['eggs'] } },
      'hold',
      'repeated-text, suspect-words, links, first-comment',
    ],
    [
      { ...everything, article: { moderation: 'pre' }, reader: {}, sameText: [], settings: { suspectWords: ['eggs'] } },
      'hold',
      'suspect-words, links, pre-moderation',
    ],
  ])('%#', (given, outcome, phases) => {
    expect(namesOf(given)).toEqual([outcome, phases]);
  });

  test('a signal says why', () => {
    expect(screenComment(submission({ reader: { approvedCount: 0 } }))).toEqual({
      outcome: 'hold',
      signals: [{ phase: 'first-comment' }],
    });
  });

  test.each<[name: string, given: Case, signal: Signal]>([
    ['how many links, and how many may be', { source: withLinks(3) }, { phase: 'links', count: 3, limit: 2 }],
    [
      'which words, as the list has them',
      { source: 'eggs and spammers', settings: { suspectWords: ['spam*', 'bacon', 'eggs'] } },
      { phase: 'suspect-words', words: ['spam*', 'eggs'] },
    ],
    [
      'under how many other articles the reader posted the text',
      { sameText: [1, 2, 3].map(() => same({ sameReader: true, sameArticle: false })) },
      { phase: 'repeated-text', by: 'same-reader', comments: 3 },
    ],
    [
      'how many others posted the text',
      { sameText: [same(), same()] },
      { phase: 'repeated-text', by: 'others', comments: 2 },
    ],
    ['that the reader is shadow-banned', { reader: { ban: 'shadow-ban' } }, { phase: 'ban', because: 'shadow-ban' }],
    ['that it stands in the shadow', { isInShadow: true }, { phase: 'ban', because: 'in-shadow' }],
    ['that all wait', { settings: { moderation: 'pre' } }, { phase: 'pre-moderation' }],
  ])('a signal says %s', (_, given, signal) => {
    expect(screenComment(submission(given))).toMatchObject({ signals: [signal] });
  });
});
