import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/site/site.ts';
import { toSite } from '../../src/store/rows.ts';

const settingsOf = (settings: string) => toSite({ id: 'gazette', name: '', origins: '[]', settings }).settings;

test('settings that a site was stored without, because they came later, are as for a new site', () => {
  expect(settingsOf('{}')).toEqual(DEFAULT_SETTINGS);
  expect(settingsOf('{"maxLinks":7}')).toEqual({ ...DEFAULT_SETTINGS, maxLinks: 7 });
});

test('sites that are read in turn keep their settings as the same objects', () => {
  const known = settingsOf('{"maxLinks":1}');
  expect(settingsOf('{"maxLinks":3}')).toEqual({ ...DEFAULT_SETTINGS, maxLinks: 3 });
  expect(settingsOf('{"maxLinks":1}')).toBe(known);
});

test('however many sites are read, each has its own settings', () => {
  for (let n = 0; n < 300; n += 1) expect(settingsOf(`{"maxLinks":${n}}`).maxLinks).toBe(n);
});
