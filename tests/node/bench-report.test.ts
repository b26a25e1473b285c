import { expect, test } from 'vitest';
import { expectAnswers } from '../../src/bench/load.ts';
import { reportOf } from '../../src/bench/report.ts';

test('a goal that was not measured is neither met nor missed', () => {
  const report = reportOf({
    figures: [],
    firstPageGzip: 13_000,
    startupMillis: 45,
    crowdPage: null,
    rounds: 0,
  });
  const verdicts = report
    .split('\n')
    .filter((line) => /\| +[≤≥]/.test(line))
    .map((line) => line.split('|').slice(3, 5).join('|').trim().replace(/ +/g, ' '));
  expect(verdicts).toEqual([
    'not measured |',
    'not measured |',
    'not measured |',
    '13.0 kB | not met',
    'not measured |',
    '45 ms | met',
  ]);
});

test.each([
  [{ requests: 0, statuses: {} }, 'was not asked for'],
  [{ requests: 2, statuses: { 200: 1, 503: 1 } }, 'was answered {"200":1,"503":1}'],
])('a scenario with %j is no measurement', (result, sentence) => {
  expect(() => expectAnswers('GET thread', 200, result)).toThrow(`GET thread ${sentence}`);
});

test('a scenario whose requests were all answered as they should be is one', () => {
  expect(() => expectAnswers('GET thread', 200, { requests: 2, statuses: { 200: 2 } })).not.toThrow();
});
