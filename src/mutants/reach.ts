import { type FunctionNode, isFunction, type Node, nodesOf, parse } from './syntax.ts';

/** The name of a place in the product: of a function, or of all code of a file that is in none. */
const placeName = (file: string, start: number | null): string => `${file}:${start ?? 'file'}`;

const functionsOf = (root: Node): FunctionNode[] => [...nodesOf(root)].filter(isFunction);

/** A change at this position runs in the innermost function around it. */
export function placeOf(file: string, source: string, { start, end }: { start: number; end: number }): string {
  const around = functionsOf(parse(file, source)).filter(
    (one) => one.body && one.body.start <= start && end <= one.body.end,
  );
  return placeName(file, around.at(-1)?.start ?? null);
}

/** The calls of a running test file, counted where code in every module finds them. */
const KEPT = 'globalThis.belowlineReached ??= {}';

/** The same program, but it counts the calls of each of its functions. */
export function counting(file: string, source: string): string {
  const mark = (start: number | null): string => {
    const name = JSON.stringify(placeName(file, start));
    return `(${KEPT})[${name}] = (globalThis.belowlineReached[${name}] ?? 0) + 1`;
  };
  const additions: { at: number; text: string }[] = [{ at: source.length, text: `\n;${mark(null)};\n` }];
  for (const { start, body } of functionsOf(parse(file, source))) {
    if (body?.type === 'BlockStatement') additions.push({ at: body.start + 1, text: `${mark(start)};` });
    else if (body) additions.push({ at: body.start, text: `(${mark(start)}, ` }, { at: body.end, text: ')' });
  }
  return additions
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), source);
}

/** A test file that reports in the end what it has called. */
export function telling(source: string): string {
  return `${source}
import { afterAll as afterEverything } from 'vitest';
afterEverything(({}, file) => {
  Object.assign(file.meta, { reached: globalThis.belowlineReached ?? {} });
});
`;
}

/** A test file as it behaves on the unchanged product. */
export interface TestFile {
  path: string;
  project: string;
  millis: number;
  /** Calls by place. */
  reached: Record<string, number>;
}

/** Code outside of functions is never called; for it the calls of the whole file count. */
const callsOf = (place: string, { reached }: TestFile): number => {
  if (reached[place] === undefined || !place.endsWith(':file')) return reached[place] ?? 0;
  const file = place.slice(0, -'file'.length);
  return Object.entries(reached).reduce((sum, [name, calls]) => (name.startsWith(file) ? sum + calls : sum), 0);
};

/** The time that a test file takes before its first test. */
const START_MILLIS = 1_000;

/** The test files that run a place: first those that need no Worker, then those that call it most for their time. */
export function testsThatReach(place: string, tests: TestFile[]): TestFile[] {
  const ranked = tests.map((test) => ({
    test,
    isPlain: test.project === 'node' ? 1 : 0,
    rate: callsOf(place, test) / (test.millis + START_MILLIS),
  }));
  return ranked
    .filter(({ rate }) => rate > 0)
    .sort((a, b) => b.isPlain - a.isPlain || b.rate - a.rate || (a.test.path < b.test.path ? -1 : 1))
    .map(({ test }) => test);
}
