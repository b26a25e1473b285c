import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { faultOf } from '../../src/core/platform/fault.ts';
import { LEVELS, log } from '../../src/log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a line of the log', () => {
  test.each([
    ['job-done', 'log'],
    ['purge-failed', 'warn'],
    ['request-failed', 'error'],
    ['an-event-that-nobody-has-ranked', 'error'],
  ] as const)('about %s goes to console.%s, as JSON with the version of the build', (event, method) => {
    const lines: unknown[] = [];
    for (const name of ['log', 'warn', 'error'] as const)
      vi.spyOn(console, name).mockImplementation((line) => lines.push([name, JSON.parse(line)]));
    log(event, { site: 'gazette' });
    expect(lines).toEqual([[method, { event, site: 'gazette', version: 'unbuilt' }]]);
  });

  test('is about an event that the runbook explains, and the runbook explains no other', () => {
    const [, logs = ''] = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8').split('\n## Logs\n');
    const [table = ''] = logs.split('\n## ');
    const cells = [...table.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = '']) => cell);
    const explained = cells.flatMap((cell) => cell.match(/[a-z-]+/g) ?? []);
    expect(explained.sort()).toEqual(Object.keys(LEVELS).sort());
  });
});

test('each event that the product logs by name has a level', () => {
  const texts = globSync('src/**/*.ts', { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file), 'utf8'));
  const logged = texts.flatMap((text) => [...text.matchAll(/\blog\(\s*'([\w-]+)'/g)].map(([, event = '']) => event));
  expect(logged).toContain('job-done');
  expect(logged.filter((event) => !(event in LEVELS))).toEqual([]);
});

describe('the fault of an error', () => {
  const failing = (message: string): Error => {
    try {
      throw new TypeError(message);
    } catch (error) {
      return error as Error;
    }
  };

  test('has its kind, and the places in our own files that it passed, the innermost first', () => {
    const { error, stack } = faultOf(failing('said'));
    expect(error).toBe('TypeError');
    expect(stack).toMatch(/^tests\/node\/log\.test\.ts:\d+:\d+ < tests\/node\/log\.test\.ts:\d+:\d+$/);
  });

  test.each([
    ['in a bundle', 'at Ab (worker.js:1:23)', 'worker.js:1:23'],
    ['in a bundle of a path', 'at async Ab.c (file:///srv/of/somebody/worker.js:1:23)', 'worker.js:1:23'],
    ['in a source', 'at new A (/home/somebody/src/http/app.ts:1:2)', 'src/http/app.ts:1:2'],
    ['without a function', 'at /home/somebody/src/http/app.ts:1:2', 'src/http/app.ts:1:2'],
    ['in a package', 'at A (/home/somebody/node_modules/hono/src/a.js:1:2)', ''],
    ['in the runtime', 'at A (node:internal/modules:1:2)', ''],
    ['in another place of the runtime', 'at Array.map (<anonymous>)', ''],
    ['at an address', 'at A (https://somebody.example/a?q=mail@somebody.example:1:2)', ''],
    ['not there', 'atAb (worker.js:1:23)', ''],
  ])('keeps a place %s as far as it is ours', (_, frame, kept) => {
    const error = Object.assign(new Error('said'), { stack: `Error: said\n    ${frame}` });
    expect(faultOf(error).stack).toBe(kept);
  });

  test('has no more than eight places', () => {
    const frames = Array.from({ length: 20 }, (_, n) => `    at f (worker.js:1:${n + 1})`);
    const error = Object.assign(new Error('said'), { stack: ['Error: said', ...frames].join('\n') });
    expect(faultOf(error).stack.split(' < ')).toHaveLength(8);
  });

  test('has nothing of a message, whatever that looks like', () => {
    const frame = fc.constantFrom('\n    at mail (somebody.js:1:2)', 'Error', '\n', 'src/a.ts:1:2', '$&', ': ');
    fc.assert(
      fc.property(fc.array(fc.oneof(frame, fc.string())), fc.string({ minLength: 1 }), (parts, changed) => {
        const error = failing(parts.join(''));
        const { stack } = faultOf(failing('said'));
        expect(faultOf(error).stack.split(' < ')[0]?.split(':')[0]).toBe(stack.split(' < ')[0]?.split(':')[0]);
        expect(faultOf(error).stack).not.toContain('somebody');
        // A message that is not in its stack any more leaves no way to tell the two apart.
        error.message = `${error.message}${changed}`;
        expect(faultOf(error).stack).not.toContain('somebody');
      }),
    );
  });

  test.each([['a text of somebody'], [null], [{ stack: 'Error\n    at f (worker.js:1:2)' }]])(
    'is of no kind where %j was thrown, which is no error',
    (thrown) => {
      expect(faultOf(thrown)).toEqual({ error: 'unknown', stack: '' });
    },
  );
});
