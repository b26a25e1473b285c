import { expect, test } from 'vitest';
import { createDirectory } from '../../src/store/directory.ts';

test('an isolate remembers the places of the last 10,000 sites that it asked for', async () => {
  let asked = 0;
  const all = async () => {
    asked += 1;
    return { results: [{ database: 'DB_1' }] };
  };
  const first = { withSession: () => ({ prepare: () => ({ bind: () => ({ all }) }) }) } as unknown as D1Database;
  const directory = createDirectory(first, [{ database: 'DB' }, { database: 'DB_1' }]);
  const ask = async (site: number) => {
    const before = asked;
    expect(await directory.placeOf(`site-${site}`, 'first-primary')).toEqual({ database: 'DB_1' });
    return asked > before;
  };
  for (let site = 1; site <= 10_000; site += 1) await ask(site);
  expect(await ask(1)).toBe(false);
  expect(await ask(10_001)).toBe(true);
  expect(await ask(2)).toBe(false);
  expect(await ask(1)).toBe(true);
});

test('a site is entered at the primary, and an entry that is not there afterwards is a fault', async () => {
  const starts: string[] = [];
  let entered = [{ database: 'DB_1' }];
  const batch = async () => [{ results: [] }, { results: entered }];
  const first = {
    withSession: (start: string) => {
      starts.push(start);
      return { prepare: () => ({ bind: () => null }), batch };
    },
  } as unknown as D1Database;
  const directory = createDirectory(first, [{ database: 'DB' }, { database: 'DB_1' }]);
  expect(await directory.enter('gazette', { database: 'DB' })).toEqual({ database: 'DB_1' });
  expect(starts).toEqual(['first-primary']);
  entered = [];
  const fault = 'a site was entered and is not in the directory';
  await expect(directory.enter('gazette', { database: 'DB' })).rejects.toThrow(fault);
});
