import { describe, expect, test } from 'vitest';
import { type Address, formatAddress, parseAddress } from '../../src/console/address.ts';
import { noticeOf, refusedRows, undoneRows } from '../../src/console/decision-results.ts';
import { bulkDecisions, decidedAlready, decisionsFor, linkTo } from '../../src/console/lists.ts';
import { plainText } from '../../src/console/plain-text.ts';
import type { DecisionResult, QueueItem } from '../../src/contract/moderation.ts';

describe('an address', () => {
  const address = (changes: Partial<Address>): Address => ({
    site: 'demo',
    page: 'queue',
    list: 'pending',
    order: 'oldest',
    ...changes,
  });

  test.each<[hash: string, read: Address]>([
    ['#/demo/pending', address({})],
    ['#/demo/reported', address({ list: 'reported' })],
    ['#/demo/approved/newest', address({ list: 'approved', order: 'newest' })],
    ['#/demo/settings', address({ page: 'settings' })],
    ['#/demo/team', address({ page: 'team' })],
  ])('%s is read as it was written', (hash, read) => {
    expect(parseAddress(hash, '')).toEqual(read);
    expect(formatAddress(read)).toBe(hash);
  });

  test.each([
    ['#/demo', '', address({})],
    ['', '?site=demo', address({})],
    ['#/demo', '?site=other', address({})],
    ['', '', address({ site: null })],
    ['#/demo/nothing/backwards', '', address({})],
    ['#token=abc', '?site=demo', address({})],
  ])('%j with %j leads somewhere, whatever it is', (hash, search, read) => {
    expect(parseAddress(hash, search)).toEqual(read);
  });
});

const row = (id: string, status: QueueItem['status'] = 'pending') => ({
  index: 0,
  item: { id, status, authorName: `Author ${id}`, article: { url: 'https://news.example/ferry#top' } } as QueueItem,
});

const result = (id: string, outcome: DecisionResult['outcome'], changes: Partial<DecisionResult> = {}) => ({
  id,
  outcome,
  status: null,
  decidedBy: null,
  ...changes,
});

test.each<[sentence: string, result: DecisionResult]>([
  ['The author has edited this in the meantime. Read it again.', result('a', 'edited-meanwhile')],
  ['This comment is no longer there.', result('a', 'not-found')],
  ['This is not possible: the comment is unmoderated.', result('a', 'transition-not-allowed', { status: 'published' })],
  ['This is not possible now.', result('a', 'transition-not-allowed')],
  ['Mara already rejected this.', result('a', 'decided-already', { status: 'rejected', decidedBy: 'Mara' })],
])('%s', (sentence, given) => {
  expect(noticeOf(given)).toBe(sentence);
});

test.each([
  ['Mara', 'spam', 'Mara already marked this as spam.'],
  [null, 'spam', 'This is already marked as spam.'],
  [null, 'approved', 'This is already approved.'],
  [null, null, 'This is already decided.'],
  ['Mara', 'deleted', 'The author has deleted this.'],
  ['Mara', 'pending', 'Mara has put this back into Pending.'],
  [null, 'pending', 'This is back in Pending.'],
  ['Mara', 'published', 'Mara has put this back into Unmoderated.'],
  [null, 'published', 'This is back in Unmoderated.'],
])('decided by %s as %s: %s', (by, status, sentence) => {
  expect(decidedAlready(by, status)).toBe(sentence);
});

describe('answers to decisions', () => {
  const rows = [row('a'), row('b'), row('c')];

  test('of which one is refused bring that row back, as it is now', () => {
    const refused = result('b', 'decided-already', { status: 'spam', decidedBy: 'Mara' });
    const back = refusedRows(rows, [result('a', 'done'), refused, result('c', 'done')]);
    expect(back.rows.map(({ item }) => [item.id, item.status])).toEqual([['b', 'spam']]);
    expect([...back.notices]).toEqual([['b', { text: 'Mara already marked this as spam.', gone: true }]]);
    expect(back.sentence).toBe('Mara already marked this as spam. (Comment by Author b.)');
    expect(back.edited).toEqual([]);
  });

  test('of which several are refused are told as a number; an edited text stays and is read again', () => {
    const back = refusedRows(rows, [result('a', 'edited-meanwhile'), result('b', 'not-found')]);
    expect(back.sentence).toBe('2 comments could not be decided; the rows say why.');
    expect(back.notices.get('a')?.gone).toBe(false);
    expect(back.edited.map(({ item }) => item.id)).toEqual(['a']);
  });

  test('that are taken back in part bring back what was', () => {
    const undone = undoneRows(rows, [
      result('a', 'done', { status: 'published' }),
      result('b', 'transition-not-allowed'),
    ]);
    expect(undone.rows.map(({ item }) => [item.id, item.status])).toEqual([['a', 'published']]);
    expect(undone.lost).toBe(1);
  });
});

test('what is offered for one comment is offered for many, but approving what is approved', () => {
  expect(decisionsFor('pending', 'pending')).toEqual(bulkDecisions('pending'));
  expect(decisionsFor('approved', 'approved')).toEqual(bulkDecisions('approved'));
  expect(decisionsFor('approved', 'reported')).toEqual(bulkDecisions('reported'));
  expect(decisionsFor('rejected', 'rejected')).toEqual(bulkDecisions('rejected'));
  expect(decisionsFor('spam', 'spam')).toEqual(bulkDecisions('spam'));
  expect(decisionsFor('deleted', 'deleted')).toEqual([]);
});

test('a link leads to the comment while readers can see it, else to its article', () => {
  expect(linkTo(row('a', 'published').item)).toBe('https://news.example/ferry#comment-a');
  expect(linkTo(row('a', 'approved').item)).toBe('https://news.example/ferry#comment-a');
  expect(linkTo(row('a', 'rejected').item)).toBe('https://news.example/ferry#top');
});

test('a text on one line has every word and no markup', () => {
  expect(
    plainText([
      { t: 'p', c: ['One ', { t: 'strong', c: ['two'] }, { t: 'br' }, { t: 'code', s: 'three' }] },
      { t: 'ul', c: [[{ t: 'p', c: ['four'] }], [{ t: 'pre', s: 'five\nsix' }]] },
      { t: 'quote', c: [{ t: 'p', c: [{ t: 'a', href: 'https://a.example', c: ['seven'] }] }] },
    ]),
  ).toBe('One two three four five six seven');
});
