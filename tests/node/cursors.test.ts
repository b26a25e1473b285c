import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCursor, writeCursor } from '../../src/http/gate/cursors.ts';

const SCOPE = ['thread', 'demo', 'ferry', 'top'];

const read = (text: string | undefined, scope = SCOPE) =>
  readCursor<[string, number]>(scope, text, ['string', 'number']);

const refusedBy = (text: string, scope = SCOPE) => {
  const result = read(text, scope);
  return !result.ok && result.problem.reason === 'invalid-input' ? result.problem.errors[0]?.field : null;
};

test('a cursor comes back as it was written, whatever the place and the list are called', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (scope, id, score) => {
        // JSON has no -0, and a sort does not know it from 0.
        const position: [string, number] = [id, score + 0];
        const text = writeCursor(scope, position);
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(read(text, scope)).toEqual({ ok: true, value: position });
      },
    ),
  );
});

test.each([
  [SCOPE, ['abc', 1], 'WzEsIm45eDN3NyIsWyJhYmMiLDFdXQ'],
  [['thread', 'demo', 'ferry', 'newest'], ['abc', 1], 'WzEsIjFiMHp3N20iLFsiYWJjIiwxXV0'],
  [['thread', 'demo', 'fähre', 'top'], ['é☃', 1.5], 'WzEsIno5YmM3NCIsWyJcdTAwZTlcdTI2MDMiLDEuNV1d'],
] as const)('a cursor that a reader has kept from before is still good: %j', (scope, position, text) => {
  expect(writeCursor([...scope], [...position])).toBe(text);
  expect(read(text, [...scope])).toEqual({ ok: true, value: position });
});

test('a cursor with the letters that an address would change comes back as it was', () => {
  for (const id of ['>>>>>', '?????', '~~~~~', '>?>?>?', 'a>', 'ab>', 'a?', 'ab?']) {
    expect(read(writeCursor(SCOPE, [id, 1]))).toEqual({ ok: true, value: [id, 1] });
  }
});

test('no cursor is the beginning', () => {
  expect(read(undefined)).toEqual({ ok: true, value: null });
});

test('a cursor is good for its own list alone', () => {
  const text = writeCursor(SCOPE, ['abc', 1]);
  expect(refusedBy(text)).toBeNull();
  const others = [
    ['queue', 'demo', 'ferry', 'top'],
    ['thread', 'other', 'ferry', 'top'],
    ['thread', 'demo', 'bridge', 'top'],
    ['thread', 'demo', 'ferry', 'newest'],
    ['thread', 'demo', 'ferry'],
    ['thread', 'demoferry', '', 'top'],
    ['threaddemo', 'ferry', 'top'],
  ];
  for (const scope of others) expect(refusedBy(text, scope), scope.join()).toBe('cursor');
  const message = 'This cursor is not for this list. Start again without it.';
  expect(read(text, ['queue'])).toMatchObject({ problem: { errors: [{ message }] } });
});

test('a position of another shape is refused', () => {
  const positions = [[], ['abc'], [1, 'abc'], ['abc', '1'], ['abc', 1, 2]];
  for (const position of positions) expect(refusedBy(writeCursor(SCOPE, position))).toBe('cursor');
});

test('anything else than a cursor is refused and never thrown at', () => {
  const version2 = btoa(JSON.stringify([2, 'x', ['abc', 1]]));
  for (const text of ['', 'AAAA', '%', 'null', btoa('null'), btoa('[1]'), btoa('{}'), version2]) {
    expect(refusedBy(text), text).toBe('cursor');
  }
  const Junk = fc.oneof(
    fc.string(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  );
  fc.assert(
    fc.property(Junk, (text) => {
      expect(refusedBy(text)).toBe('cursor');
    }),
  );
});
