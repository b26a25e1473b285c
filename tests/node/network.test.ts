import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placesOf } from '../../src/platform/network.ts';

describe('an IPv6 address that carries an IPv4 one is in the network of that one, whatever else of it its user chooses:', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const groups = (count: number) => fc.array(group, { minLength: count, maxLength: count });
  const text = (parts: readonly number[]) => parts.map((part) => part.toString(16)).join(':');
  type Address = (high: number, low: number, chosen: number[]) => number[];

  test.each<[string, Address]>([
    ['mapped', (high, low) => [0, 0, 0, 0, 0, 0xffff, high, low]],
    ['NAT64', (high, low) => [0x64, 0xff9b, 0, 0, 0, 0, high, low]],
    ['NAT64 of a network of its own', (high, low, [a, b, c]) => [0x64, 0xff9b, 1, a, b, c, high, low] as number[]],
    ['6to4', (high, low, chosen) => [0x2002, high, low, ...chosen]],
    ['Teredo', (high, low, [a, b, c, d]) => [0x2001, 0, a, b, c, d, high ^ 0xffff, low ^ 0xffff] as number[]],
  ])('%s', (_, address) => {
    fc.assert(
      fc.property(group, group, groups(5), (high, low, chosen) => {
        const ipv4 = [high >> 8, high & 255, low >> 8, low & 255].join('.');
        expect(placesOf(text(address(high, low, chosen)))).toEqual(placesOf(ipv4));
      }),
    );
  });

  test('any other is in that of its own /64, its block and its range', () => {
    fc.assert(
      fc.property(groups(8), ([, b = 0, c = 0, d = 0, ...host]) => {
        const places = placesOf(text([0x2a00, b, c, d, ...host]));
        expect(places).toEqual({
          network: text([0x2a00, b, c, d]),
          block: text([0x2a00, b, c, d >> 8]),
          range: text([0x2a00, b, c]),
        });
      }),
    );
  });
});
