import type { ESTree } from 'vite';
import { type FunctionNode, isFunction, type Node, nodesOf, parse, type Span } from './syntax.ts';

/** The name of a place in the product: of a function, or of all code of a file that is in none. */
const placeName = (file: string, start: number | null): string => `${file}:${start ?? 'file'}`;

const functionsOf = (root: Node): FunctionNode[] => [...nodesOf(root)].filter(isFunction);

const isInside = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** The innermost function around a span of the text. */
const functionAround = (functions: FunctionNode[], span: Span): FunctionNode | undefined =>
  functions.findLast(({ body }) => body && isInside(span, body));

/** The names that a statement gives to the rest of its file and to no other; null for any other statement. */
const ownNamesOf = (statement: Node | undefined): string[] | null => {
  if (statement?.type !== 'VariableDeclaration') return null;
  const names = statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  return names.length === statement.declarations.length ? names : null;
};

const isRead = (node: Node, names: string[]): boolean => node.type === 'Identifier' && names.includes(node.name);

/**
 * The places where a change shows: the innermost function around it or, for a constant of the file, the functions that
 * read it, or a constant made of it. All of the file where that cannot be told.
 */
export function placesOf(file: string, source: string, span: Span): string[] {
  const program = parse(file, source) as ESTree.Program;
  const functions = functionsOf(program);
  const around = functionAround(functions, span);
  if (around !== undefined) return [placeName(file, around.start)];
  const nodes = program.body.flatMap((statement) => [...nodesOf(statement)].map((node) => ({ node, statement })));
  const places = new Set<string>();
  const changed = new Set([program.body.find((statement) => isInside(span, statement))]);
  // A set is walked to its end, with what is added on the way.
  for (const constant of changed) {
    const names = ownNamesOf(constant);
    if (names === null) return [placeName(file, null)];
    for (const { node, statement } of nodes.filter((one) => isRead(one.node, names))) {
      const reader = functionAround(functions, node);
      if (reader === undefined) changed.add(statement);
      else places.add(placeName(file, reader.start));
    }
  }
  return [...places];
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

/** The test files that run these places: first those that need no Worker, then those that call most for their time. */
export function testsThatReach(places: string[], tests: TestFile[]): TestFile[] {
  const ranked = tests.map((test) => ({
    test,
    isPlain: test.project === 'node' ? 1 : 0,
    rate: places.reduce((calls, place) => calls + callsOf(place, test), 0) / (test.millis + START_MILLIS),
  }));
  return ranked
    .filter(({ rate }) => rate > 0)
    .sort((a, b) => b.isPlain - a.isPlain || b.rate - a.rate || (a.test.path < b.test.path ? -1 : 1))
    .map(({ test }) => test);
}
