import { describe, expect, test } from 'vitest';
import { MILLIS_A_DAY } from '../../../src/core/rate-limit/network.ts';
import type { OpenStores } from './scene.ts';

let days = 30_000;

/** A noon that no other test has seen, far from all others: a database has one key a day. */
const nextNoon = () => {
  days += 100;
  return (days + 0.5) * MILLIS_A_DAY;
};

const maker = (name: string) => {
  let made = 0;
  return () => {
    made += 1;
    return `${name} ${made}`;
  };
};

export function dayKeyContract(open: OpenStores): void {
  describe('the keys of days', () => {
    test('are one for each day, whoever asks', async () => {
      const noon = nextNoon();
      const [one, two] = [open().dayKeys, open().dayKeys];
      const first = await one.find(noon, maker('one'));
      expect(await two.find(noon, maker('two'))).toEqual(first);
      expect(first.today).not.toBe(first.yesterday);
      const { today, yesterday } = await two.find(noon + MILLIS_A_DAY, maker('two'));
      expect([yesterday, [first.today, first.yesterday].includes(today)]).toEqual([first.today, false]);
    });

    test('are one for all who ask at once', async () => {
      const noon = nextNoon();
      const asked = Array.from({ length: 20 }, (_, i) => open().dayKeys.find(noon, maker(`${i}`)));
      expect(new Set((await Promise.all(asked)).map((keys) => JSON.stringify(keys))).size).toBe(1);
    });

    test('are made for today and tomorrow ahead of time, and stand', async () => {
      const noon = nextNoon();
      const { dayKeys } = open();
      while ((await dayKeys.turn(noon, maker('ahead'))) > 0);
      const { today } = await open().dayKeys.find(noon, maker('late'));
      const next = await open().dayKeys.find(noon + MILLIS_A_DAY, maker('late'));
      expect([today, next.yesterday, next.today]).toEqual(['ahead 1', 'ahead 1', 'ahead 2']);
    });

    test('are deleted when the day after is over: then another is made', async () => {
      const noon = nextNoon();
      const keyOfTheDay = async () => (await open().dayKeys.find(noon, maker('a key'))).today;
      while ((await open().dayKeys.turn(noon, maker('first'))) > 0);
      const midnight = noon + 1.5 * MILLIS_A_DAY;
      await open().dayKeys.turn(midnight - 1, maker('next'));
      expect(await keyOfTheDay()).toBe('first 1');
      // Today's is there already: it makes tomorrow's, and deletes two.
      expect(await open().dayKeys.turn(midnight, maker('next'))).toBe(3);
      expect(await open().dayKeys.turn(midnight, maker('next'))).toBe(0);
      expect(await keyOfTheDay()).toBe('a key 1');
    });
  });
}
