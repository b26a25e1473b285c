import { describe, expect, test } from 'vitest';
import { FLAG_REASONS } from '../../src/contract/comment.ts';
import { countCalls } from '../../src/widget/count-calls.ts';
import { reading, writing } from '../../src/widget/texts/en.ts';
import { Language } from '../../src/widget/texts/language.ts';
import { Drafts } from '../../src/widget/writing/drafts.ts';

const english = new Language('en', 'en', reading);

describe('texts', () => {
  test('count as people do', () => {
    const many = (forms: Parameters<Language['many']>[0], ...numbers: number[]) =>
      numbers.map((n) => english.many(forms, n));
    expect(many(reading.comments, 0, 1, 2, 1234)).toEqual(['0 Comments', '1 Comment', '2 Comments', '1,234 Comments']);
    expect(many(reading.hiddenReplies, 1, 3)).toEqual(['1 reply hidden', '3 replies hidden']);
    expect([...many(writing.near, 1), ...many(writing.over, 12)]).toEqual([
      '1 character left.',
      '12 characters too long.',
    ]);
    expect(many(reading.moreReplies, 1, 2)).toEqual(['Show 1 more reply', 'Show 2 more replies']);
  });

  test('name each reason to report a comment', () => {
    expect(Object.keys(writing.reasons)).toEqual([...FLAG_REASONS]);
  });
});

describe('a time', () => {
  const NOW = Date.UTC(2026, 0, 31, 12);
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  test.each([
    [-MINUTE, 'just now'],
    [0, 'just now'],
    [MINUTE - 1, 'just now'],
    [MINUTE, '1 minute ago'],
    [HOUR - 1, '59 minutes ago'],
    [HOUR, '1 hour ago'],
    [DAY, 'yesterday'],
    [6 * DAY, '6 days ago'],
    [7 * DAY, 'last week'],
    [31 * DAY, 'last month'],
    [730.5 * DAY, '2 years ago'],
  ])('%i ms ago is %s', (passed, words) => {
    expect(english.relativeTime(new Date(NOW - passed).toISOString(), NOW)).toBe(words);
  });

  test('in full has its day and its minute', () => {
    expect(english.absoluteTime('2026-01-15T12:34:00.000Z')).toMatch(/^January 1[456], 2026 at \d{1,2}:\d\d\s[AP]M$/);
  });

  test.each([
    [1, '1 sec'],
    [89.2, '90 sec'],
    [91, '2 min'],
    [3_600, '60 min'],
  ])('%i seconds to wait are %s', (seconds, words) => {
    expect(english.duration(seconds)).toBe(words);
  });
});

/** A draft as another tab has stored it. */
const stored = (body: string) => ({
  body,
  refused: false,
  closed: false,
  at: 1,
  by: 'another',
  tab: 'another',
  changed: false,
});

describe('a draft', () => {
  // All of the page that drafts ask of is whether their widget is still in it.
  const root = { isConnected: true } as Node;
  const drafts = new Drafts('demo', 'ferry', root);
  const nobody = () => {};

  test('is kept by its place until it is sent or emptied', () => {
    const draft = drafts.hold('', undefined, '', nobody);
    draft.change('Late again.');
    const edit = drafts.hold('edit-1', undefined, 'Late', nobody);
    expect(drafts.find('edit-1')).toBeUndefined();
    edit.change('Later');
    expect(drafts.find('')).toMatchObject({ body: 'Late again.', key: draft.key, refused: false, closed: false });
    expect(drafts.all.map(({ place }) => place).sort()).toEqual(['', 'edit-1']);
    expect(new Drafts('demo', 'bridge', root).all).toEqual([]);
    draft.change('');
    expect(drafts.find('')).toBeUndefined();
    edit.drop();
    expect(drafts.all).toEqual([]);
  });

  test('keeps its key while its text changes, and takes a new one after a refusal', () => {
    const draft = drafts.hold('2', undefined, '', nobody);
    const { key } = draft;
    expect(key).toMatch(/^[\w-]{22}$/);
    draft.change('Late');
    draft.change('Late again');
    expect(draft.key).toBe(key);
    draft.refuse(true);
    expect(draft.key).toBe(key);
    draft.change('Later');
    expect(draft.key).not.toBe(key);
    expect(drafts.all).toMatchObject([{ body: 'Later', refused: false, key: draft.key }]);
    draft.drop();
  });

  test('is taken by one of two widgets, and by the next when the first one has gone', () => {
    drafts.hold('', undefined, '', nobody).change('One of mine');
    const other = new Drafts('demo', 'ferry', { isConnected: true } as Node);
    expect(other.find('')).toBeUndefined();
    Object.assign(root, { isConnected: false });
    expect(other.find('')).toMatchObject({ body: 'One of mine' });
    Object.assign(root, { isConnected: true });
    drafts.hold('', drafts.find(''), '', nobody).drop();
  });

  test('goes on in the tab that came last, unless the first one has changed it: then that one keeps its text', () => {
    let isLost = false;
    const found = drafts.hold('3', { ...stored('Half a'), key: 'k'.repeat(22), place: '3' }, '', () => {
      isLost = true;
    });
    found.put();
    found.meet(JSON.stringify(stored('Half a')));
    expect(isLost).toBe(true);
    expect(drafts.find('3')).toBeUndefined();

    const mine = drafts.hold('4', undefined, '', nobody);
    mine.change('Mine');
    const { key } = mine;
    mine.meet(JSON.stringify(stored('Mine')));
    expect(mine.key).toBe(key);
    mine.meet(JSON.stringify({ ...stored('Theirs'), changed: true }));
    expect(mine.key).not.toBe(key);
    expect(drafts.find('4')).toMatchObject({ body: 'Mine', key: mine.key });
    const parted = mine.key;
    mine.meet(null);
    expect(mine.key).not.toBe(parted);
    mine.drop();
  });

  test('leaves the reader’s name for the next', () => {
    expect(drafts.person()).toEqual({ name: '', email: '' });
    drafts.rememberPerson({ name: 'Ada', email: 'ada@post.example' });
    expect(new Drafts('demo', 'bridge', root).person()).toEqual({ name: 'Ada', email: 'ada@post.example' });
  });
});

describe('the counts of a front page', () => {
  test('are asked once for each article, in an order of their own', () => {
    expect(countCalls('demo', ['b', 'a/1', 'b'])).toEqual(['/v1/sites/demo/counts?key=a%2F1&key=b']);
    expect(countCalls('demo', ['b', 'a/1'])).toEqual(countCalls('demo', ['a/1', 'b']));
  });

  test('are not asked for what can be no key', () => {
    expect(countCalls('demo', ['', 'two words', 'line\nbreak', 'x'.repeat(201)])).toEqual([]);
    expect(countCalls('demo', ['x'.repeat(200), ''])).toHaveLength(1);
  });

  test.each([
    [100, 3, 1],
    [101, 3, 2],
    [250, 3, 4],
    [60, 190, 2],
  ])('%i keys of %i letters are %i calls, and none is forgotten', (count, length, calls) => {
    const keys = Array.from({ length: count }, (_, n) => `${n}`.padStart(length, '0'));
    const paths = countCalls('demo', keys);
    expect(paths).toHaveLength(calls);
    expect(paths.flatMap((path) => new URLSearchParams(path.split('?')[1]).getAll('key')).sort()).toEqual(keys.sort());
    for (const path of paths) expect(path.length).toBeLessThanOrEqual(7_500);
  });
});
