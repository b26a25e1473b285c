import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ID_LENGTH, idAfter, lowestIdAt, sortableId, timeOfId } from '../../src/core/platform/sortable-id.ts';
import { ids } from '../../src/platform/ids.ts';

/** Until the year 3084, where 45 bits end. */
const Time = fc.integer({ min: 0, max: 2 ** 45 - 1 });
const Random = fc.uint8Array({ minLength: 7, maxLength: 9 });

test('the order of ids is the order of posting, whatever the random part', () => {
  fc.assert(
    fc.property(Time, Time, Random, Random, (a, b, one, other) => {
      fc.pre(a < b);
      expect(sortableId(a, one) < sortableId(b, other)).toBe(true);
    }),
  );
  const neighbours = [0, 31, 32, 1_795_000_000_000, 2 ** 45 - 2];
  for (const at of neighbours) {
    expect(sortableId(at, new Uint8Array(7).fill(255)) < sortableId(at + 1, new Uint8Array(7))).toBe(true);
  }
});

test('an id tells when it was made', () => {
  fc.assert(
    fc.property(Time, Random, (at, random) => {
      expect(timeOfId(sortableId(at, random))).toBe(at);
    }),
  );
});

test('the lowest id of a moment is at or below all of that moment and above all before it', () => {
  fc.assert(
    fc.property(Time, Random, (at, random) => {
      fc.pre(at > 0);
      expect(lowestIdAt(at) <= sortableId(at, random)).toBe(true);
      expect(lowestIdAt(at) > sortableId(at - 1, random)).toBe(true);
    }),
  );
  expect(lowestIdAt(-1)).toBe('0'.repeat(16));
  expect(lowestIdAt(1)).toBe('0000000010000000');
  expect(lowestIdAt(2 ** 45)).toBe('zzzzzzzzz0000000');
});

test('two comments of one millisecond differ in each of 35 random bits', () => {
  const zero = new Uint8Array(7);
  const ids = new Set([sortableId(1, zero)]);
  for (let byte = 0; byte < 7; byte += 1) {
    for (let bit = 0; bit < 5; bit += 1) ids.add(sortableId(1, zero.with(byte, 1 << bit)));
  }
  expect(ids.size).toBe(36);
});

test('an id has sixteen characters that nobody misreads, and fits what the API takes', () => {
  fc.assert(
    fc.property(Time, Random, (at, random) => {
      expect(sortableId(at, random)).toHaveLength(ID_LENGTH);
      expect(sortableId(at, random)).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
    }),
  );
  const bytes = Uint8Array.of(0, 9, 10, 30, 31, 32, 255);
  expect(sortableId(1, bytes)).toBe('00000000109ayz0z');
});

test('the id after an id is the next one, within its millisecond', () => {
  expect(idAfter('1m84ghm4z0000000')).toBe('1m84ghm4z0000001');
  expect(idAfter('1m84ghm4z000000z')).toBe('1m84ghm4z0000010');
  expect(idAfter('1m84ghm4z0zz0zzz')).toBe('1m84ghm4z0zz1000');
  fc.assert(
    fc.property(Time, Random, (at, random) => {
      fc.pre(random.some((byte) => byte % 32 < 31));
      const id = sortableId(at, random);
      expect(idAfter(id) > id).toBe(true);
      expect(timeOfId(idAfter(id))).toBe(at);
    }),
  );
});

test('ids that are made in one millisecond come one after the other, and so do those of the next', () => {
  const made = [1_795_000_000_000, 1_795_000_000_001].flatMap((at) =>
    Array.from({ length: 500 }, () => ids.sortable(at)),
  );
  expect(made).toEqual([...new Set(made)].sort());
  expect(timeOfId(made[499] ?? '')).toBe(1_795_000_000_000);
});
