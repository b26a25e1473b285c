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

test('the settings of a hundred sites are kept, and then all begin anew', () => {
  const first = '{"maxLinks":1000}';
  let n = 1_000;
  const readAnother = () => {
    n += 1;
    settingsOf(`{"maxLinks":${n}}`);
  };
  // Whatever was read before, the first is forgotten somewhere among these.
  for (let kept = settingsOf(first); settingsOf(first) === kept; ) readAnother();
  // Now the one that was too many and the first are known.
  const kept = settingsOf(first);
  for (let known = 2; known < 100; known += 1) readAnother();
  expect(settingsOf(first)).toBe(kept);
  readAnother();
  expect(settingsOf(first)).not.toBe(kept);
});
