import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { page } from '../support/pages.ts';

const rows = page('docs/threat-model.md')
  .split('\n')
  .filter((line) => /^\| /.test(line) && !/^\| asset \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

/** Each test that a cell names: a file, and titles after it. */
const testsIn = (cell: string): { file: string; title: string }[] =>
  [...cell.matchAll(/`(tests\/[^`]+)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
  );

test('every threat has an asset, what stops it and where', () => {
  expect(rows.length).toBeGreaterThan(30);
  for (const cells of rows) {
    expect(cells, cells[1]).toHaveLength(5);
    for (const cell of cells) expect(cell.trim(), cells[1]).not.toBe('');
  }
});

test.each(rows)('%s: %s is shown by tests that are there', (_asset, _threat, _stops, where = '', shown = '') => {
  for (const [, file = ''] of where.matchAll(/`([^`]+)`/g)) expect(existsSync(join(ROOT, file)), file).toBe(true);
  const tests = testsIn(shown);
  expect(tests, 'a title that belongs to no file').toHaveLength(shown.split('"').length >> 1);
  if (shown.trim() !== '—') expect(tests.length).toBeGreaterThan(0);
  for (const { file, title } of tests) {
    const path = join(ROOT, file);
    expect(existsSync(path), file).toBe(true);
    expect(readFileSync(path, 'utf8'), file).toContain(title);
  }
});
