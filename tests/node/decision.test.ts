import { describe, expect, test } from 'vitest';
import { COMMENT_STATUSES, isVisible } from '../../src/core/comment/comment-status.ts';
import { DECISIONS, statusAfter } from '../../src/core/moderation/decision.ts';

test('each decision leads where it says, and from nowhere else', () => {
  const table = DECISIONS.map((decision) => [decision, ...COMMENT_STATUSES.map((from) => statusAfter(decision, from))]);
  expect([['', ...COMMENT_STATUSES], ...table]).toEqual([
    ['', 'pending', 'approved', 'published', 'rejected', 'spam', 'deleted'],
    ['approve', 'approved', 'approved', 'approved', 'approved', 'approved', null],
    ['reject', 'rejected', 'rejected', 'rejected', null, 'rejected', null],
    ['spam', 'spam', 'spam', 'spam', 'spam', null, null],
    ['restore', null, null, null, 'pending', 'pending', null],
  ]);
});

describe('by decisions alone', () => {
  test('nothing comes back to published: what somebody has decided is not undecided', () => {
    for (const decision of DECISIONS) {
      for (const from of COMMENT_STATUSES) expect(statusAfter(decision, from)).not.toBe('published');
    }
  });

  test('nothing is deleted, and nothing that is deleted comes back', () => {
    for (const decision of DECISIONS) {
      expect(statusAfter(decision, 'deleted')).toBeNull();
      for (const from of COMMENT_STATUSES) expect(statusAfter(decision, from)).not.toBe('deleted');
    }
  });

  test('a comment that waits can be let in and turned away', () => {
    expect(DECISIONS.filter((decision) => statusAfter(decision, 'pending') !== null)).toEqual([
      'approve',
      'reject',
      'spam',
    ]);
  });
});

test('visible are approved and published comments, and no others', () => {
  expect(COMMENT_STATUSES.filter(isVisible)).toEqual(['approved', 'published']);
});
