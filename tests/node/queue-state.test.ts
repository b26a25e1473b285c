import { describe, expect, test } from 'vitest';
import {
  EMPTY_QUEUE,
  type QueueAction,
  type QueueState,
  queueReducer,
  shownItems,
} from '../../src/console/queue-state.ts';
import type { QueueCounts, QueueItem, QueueView } from '../../src/contract/moderation.ts';

const AT = '2026-01-02T10:00:00.000Z';

function item(id: string, changes: Partial<QueueItem> = {}): QueueItem {
  return {
    id,
    status: 'pending',
    revision: 1,
    body: [{ t: 'p', c: [`Text of ${id}`] }],
    authorName: `Author ${id}`,
    authorEmail: null,
    createdAt: AT,
    editedAt: null,
    depth: 0,
    upVotes: 0,
    downVotes: 0,
    signals: [],
    flagCount: 0,
    setAsideVotes: 0,
    article: { key: 'ferry', url: 'https://news.example/ferry', headline: 'The ferry', section: null },
    parent: null,
    reader: {
      id: `reader-${id}`,
      commentCount: 1,
      approvedCount: 0,
      rejectedCount: 0,
      firstSeenAt: AT,
      ban: 'none',
      banUntil: null,
    },
    ...changes,
  };
}

const counts = (pending: number): QueueCounts => ({
  pending,
  reported: 0,
  unmoderated: 0,
  approved: 0,
  rejected: 0,
  spam: 0,
  deleted: 0,
});

const view = (ids: string, pending = ids.length, next: string | null = null): QueueView => ({
  items: [...ids].map((id) => item(id)),
  counts: counts(pending),
  next,
});

const reduce = (state: QueueState, ...actions: QueueAction[]): QueueState => actions.reduce(queueReducer, state);

const loaded = (ids: string, pending?: number, next?: string): QueueState =>
  reduce(EMPTY_QUEUE, { type: 'loaded', view: view(ids, pending, next), list: 'pending', asOf: 1 });

const ids = (state: QueueState): string => state.items.map(({ id }) => id).join('');

const NO_NOTICES = new Map();

describe('the selection', () => {
  test('begins with the first row', () => {
    expect(loaded('abc')).toMatchObject({ load: 'ready', selectedId: 'a', focusTurn: 0 });
  });

  test.each([
    ['a', 1, 'b'],
    ['b', -1, 'a'],
    ['a', -1, 'a'],
    ['c', 1, 'c'],
  ] as const)('at %s moves by %i to %s', (from, step, to) => {
    const state = reduce(loaded('abc'), { type: 'selected', id: from }, { type: 'moved', step });
    expect(state).toMatchObject({ selectedId: to, focusTurn: 1 });
  });

  test('moves through what the filter shows', () => {
    const state = reduce(loaded('abc'), { type: 'filtered', text: 'text of C' });
    expect(state.selectedId).toBe('c');
    expect(reduce(state, { type: 'moved', step: 1 }).selectedId).toBe('c');
  });

  test('in an empty list is nothing, wherever it moves', () => {
    expect(reduce(loaded(''), { type: 'moved', step: 1 }).selectedId).toBeNull();
    expect(reduce(loaded(''), { type: 'taken', ids: [] }, { type: 'marked-all', on: true })).toMatchObject({
      selectedId: null,
      marked: new Set(),
    });
  });
});

describe('a decision', () => {
  test.each([
    ['a', 'a', 'bc', 'b'],
    ['b', 'b', 'ac', 'c'],
    ['c', 'c', 'ab', 'b'],
    ['a', 'ab', 'c', 'c'],
    ['b', 'abc', '', null],
  ])('with %s selected takes %s, leaves %s and selects %s', (from, taken, left, next) => {
    const state = reduce(loaded('abc'), { type: 'selected', id: from }, { type: 'taken', ids: [...taken] });
    expect(ids(state)).toBe(left);
    expect(state).toMatchObject({ selectedId: next, focusTurn: 1, expected: left.length });
  });

  test('takes the marks of its rows with it, and no others', () => {
    const state = reduce(loaded('abc'), { type: 'marked-all', on: true }, { type: 'taken', ids: ['b'] });
    expect([...state.marked]).toEqual(['a', 'c']);
  });

  test('that is taken back puts the rows where they stood, and goes there', () => {
    const before = loaded('abcd');
    const rows = [
      { item: item('b'), index: 1 },
      { item: item('a'), index: 0 },
    ];
    const state = reduce(
      before,
      { type: 'taken', ids: ['a', 'b'] },
      { type: 'put-back', rows, notices: NO_NOTICES, focus: true },
    );
    expect(ids(state)).toBe('abcd');
    expect(state).toMatchObject({ expected: 4, selectedId: 'b', focusTurn: 2 });
  });

  test('that is refused comes back with its notice and leaves the selection alone', () => {
    const notice = { text: 'Mara already rejected this.', gone: true };
    const state = reduce(
      loaded('abc'),
      { type: 'taken', ids: ['a'] },
      { type: 'put-back', rows: [{ item: item('a'), index: 0 }], notices: new Map([['a', notice]]) },
    );
    expect(state).toMatchObject({ selectedId: 'b', focusTurn: 1, expected: 3 });
    expect(state.notices.get('a')).toEqual(notice);
    const dismissed = reduce(state, { type: 'dismissed', id: 'a' });
    expect(ids(dismissed)).toBe('bc');
    expect(dismissed.notices.size).toBe(0);
    expect(dismissed.expected).toBe(3);
  });
});

describe('a further page', () => {
  const more = (pageIds: string, skip = ''): QueueAction => ({
    type: 'more-loaded',
    view: view(pageIds, 9, 'later'),
    list: 'pending',
    asOf: 2,
    skip: new Set(skip),
  });

  test('adds what is not there yet and not decided meanwhile', () => {
    const state = reduce(loaded('ab', 9, 'next'), { type: 'more-asked' }, more('bcd', 'c'));
    expect(ids(state)).toBe('abd');
    expect(state).toMatchObject({ more: 'idle', next: 'later', selectedId: 'a' });
  });

  test('selects its first row where all before it was decided', () => {
    expect(reduce(loaded('a', 9, 'next'), { type: 'taken', ids: ['a'] }, more('bc')).selectedId).toBe('b');
  });

  test('that fails leaves the list as it is', () => {
    const before = loaded('ab', 9, 'next');
    expect(reduce(before, { type: 'more-asked' }, { type: 'more-failed' })).toEqual({ ...before, more: 'failed' });
  });
});

describe('a list that could not be loaded', () => {
  const failed = reduce(
    loaded('abc', 9, 'next'),
    { type: 'marked', id: 'b' },
    { type: 'opened', keepRows: true },
    { type: 'load-failed', problem: 'The server cannot be reached.' },
  );

  test('has nothing that a key could decide on: no comments, no selection, no marks', () => {
    expect(failed).toMatchObject({ load: 'failed', items: [], next: null, selectedId: null, marked: new Set() });
  });

  test('takes nothing back either, because no row is shown', () => {
    const rows = [{ item: item('a'), index: 0 }];
    expect(reduce(failed, { type: 'put-back', rows, notices: NO_NOTICES, focus: true })).toEqual(failed);
  });
});

describe('the counts', () => {
  const counted = (pending: number, asOf: number): QueueAction => ({
    type: 'counted',
    counts: counts(pending),
    list: 'pending',
    asOf,
  });

  test('are those of the latest question, whichever answer comes last', () => {
    const state = reduce(loaded('ab'), counted(7, 3), counted(5, 2));
    expect(state).toMatchObject({ counts: counts(7), countsAsOf: 3 });
  });

  test('that grow are arrivals; those that shrink lower what is expected', () => {
    expect(reduce(loaded('ab'), counted(4, 2)).expected).toBe(2);
    expect(reduce(loaded('ab'), counted(1, 2), counted(2, 3)).expected).toBe(1);
  });

  test('outlive another list', () => {
    expect(reduce(loaded('ab'), { type: 'opened' })).toMatchObject({ items: [], counts: counts(2), load: 'loading' });
  });
});

test('a list that is loaded again keeps the selection and the marks that are still there', () => {
  const marked = reduce(loaded('abc'), { type: 'selected', id: 'b' }, { type: 'marked-all', on: true });
  const again = (pageIds: string) =>
    reduce(
      marked,
      { type: 'opened', keepRows: true },
      { type: 'loaded', view: view(pageIds), list: 'pending', asOf: 2 },
    );
  expect(again('bcd')).toMatchObject({ selectedId: 'b', marked: new Set(['b', 'c']) });
  expect(again('cd').selectedId).toBe('c');
});

test('a mark is set and taken away', () => {
  const once = reduce(loaded('ab'), { type: 'marked', id: 'a' });
  expect([...once.marked]).toEqual(['a']);
  expect(reduce(once, { type: 'marked', id: 'a' }).marked.size).toBe(0);
});

test('a ban shows in every row of its reader', () => {
  const reader = { ...item('a').reader, id: 'ada' };
  const state = { ...loaded('abc'), items: [item('a', { reader }), item('b'), item('c', { reader })] };
  const banned = reduce(state, { type: 'banned', readerId: 'ada', ban: 'ban', banUntil: AT });
  expect(banned.items.map((row) => row.reader.ban)).toEqual(['ban', 'none', 'ban']);
});

test.each([
  ['author A', 'a'],
  ['  TEXT OF b ', 'b'],
  ['the ferry', 'abc'],
  ['', 'abc'],
  ['nothing', ''],
])('the filter %j shows %j', (filter, shown) => {
  const found = shownItems({ items: ['a', 'b', 'c'].map((id) => item(id)), filter });
  expect(found.map(({ id }) => id).join('')).toBe(shown);
});
