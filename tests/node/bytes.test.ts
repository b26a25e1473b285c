import { describe, expect, test } from 'vitest';
import { bytesOfComment, bytesTable, weighComments } from '../../src/bench/bytes.ts';

/** The bytes that a comment takes in D1 with its indexes, posted among others in order of time (docs/storage.md). */
describe('a comment of 300 letters in the mean', () => {
  const weighed = weighComments(5_000, 300);

  test('takes at most 1,300 bytes a day after it was posted', () => {
    expect(bytesOfComment(weighed.settled), bytesTable(weighed)).toBeLessThanOrEqual(1_300);
  });

  test('takes at most 300 more while it can be found by its network, its text and its request', () => {
    expect(bytesOfComment(weighed.fresh) - bytesOfComment(weighed.settled)).toBeLessThanOrEqual(300);
  });
});

test('a comment of 900 letters in the mean takes at most 3,000 bytes', () => {
  const weighed = weighComments(2_000, 900);
  expect(bytesOfComment(weighed.settled), bytesTable(weighed)).toBeLessThanOrEqual(3_000);
});
