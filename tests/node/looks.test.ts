import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { STATES } from '../e2e/states/states.ts';
import { page } from '../support/pages.ts';

test('docs/looks.md shows each state of the widget, light and dark, and no other', () => {
  const shown = [...page('docs/looks.md').matchAll(/^\| \*\*(.+)\*\*: /gm)].map(([, name]) => name);
  expect(shown).toEqual(STATES.map(({ name }) => name));
  const pictures = [...page('docs/looks.md').matchAll(/\(pictures\/states\/(.+?)\.png\)/g)].map(([, name]) => name);
  const wanted = STATES.flatMap(({ name }) => ['light', 'dark'].map((look) => `${name.replaceAll(' ', '-')}-${look}`));
  expect(pictures).toEqual(wanted);
  expect(wanted.filter((name) => !existsSync(join(ROOT, 'docs/pictures/states', `${name}.png`)))).toEqual([]);
});
