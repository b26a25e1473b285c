import { describe, expect, test } from 'vitest';
import { type OpenStores, siteName } from './scene.ts';

export function rateLimitLogContract(open: OpenStores): void {
  describe('the log of attempts', () => {
    test('lists what was tried in one scope, in order of time, with the new attempt in it', async () => {
      const { rateLimits } = open();
      const [scope, other] = [siteName(), siteName()];
      const later = { at: 2_000, mark: 'later' };
      const earlier = { at: 1_000, mark: 'earlier' };
      expect(await rateLimits.insertAndList(scope, later, 60)).toEqual([later]);
      expect(await rateLimits.insertAndList(scope, earlier, 60)).toEqual([earlier, later]);
      expect(await rateLimits.insertAndList(scope, later, 60)).toEqual([earlier, later]);
      expect(await rateLimits.insertAndList(other, later, 60)).toEqual([later]);
    });

    test('keeps a cool-down of each scope until another is set', async () => {
      const { rateLimits } = open();
      const scope = siteName();
      expect(await rateLimits.findCoolDown(scope)).toBeNull();
      await rateLimits.insertCoolDown(scope, 5_000, 60);
      await rateLimits.insertCoolDown(scope, 6_000, 60);
      expect(await rateLimits.findCoolDown(scope)).toBe(6_000);
      expect(await rateLimits.findCoolDown(siteName())).toBeNull();
    });
  });
}
