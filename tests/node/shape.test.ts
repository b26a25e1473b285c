import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles, ROOT } from '../../src/cli/project.ts';
import { isFunction, type Node, nodesOf, parse } from '../../src/mutants/syntax.ts';

const FILE_LINES = 300;
const FUNCTION_LINES = 80;

const sources = listFiles(join(ROOT, 'src'))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path, name: relative(ROOT, path), text, program: parse(path, text) };
  });

const linesOf = (text: string): number => text.trimEnd().split('\n').length;

test(`no file of the product has more than ${FILE_LINES} lines`, () => {
  const long = sources.map(({ name, text }) => ({ name, lines: linesOf(text) }));
  expect(long.filter(({ lines }) => lines > FILE_LINES)).toEqual([]);
});

test(`no function of the product has more than ${FUNCTION_LINES} lines`, () => {
  const functions = sources.flatMap(({ name, text, program }) =>
    [...nodesOf(program)].filter(isFunction).map(({ start, end }) => ({
      place: `${name}:${linesOf(text.slice(0, start))}`,
      lines: linesOf(text.slice(start, end)),
    })),
  );
  expect(functions.length).toBeGreaterThan(sources.length);
  expect(functions.filter(({ lines }) => lines > FUNCTION_LINES)).toEqual([]);
});

/** The names that a statement takes from another file of the product, types among it. */
const importOf = (path: string, node: Node): string[] => {
  const isImport =
    node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration';
  const from = isImport ? node.source?.value : undefined;
  return from?.startsWith('.') ? [join(dirname(path), from)] : [];
};

test('no file of the product imports itself, not even by way of others', () => {
  const imports = new Map(
    sources.map(({ path, program }) => [
      path,
      program.type === 'Program' ? program.body.flatMap((node) => importOf(path, node)) : [],
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, above: string[]): void => {
    if (above.includes(path))
      circles.push([...above.slice(above.indexOf(path)), path].map((one) => relative(ROOT, one)).join(' → '));
    else if (!done.has(path)) for (const next of imports.get(path) ?? []) follow(next, [...above, path]);
    done.add(path);
  };
  for (const path of imports.keys()) follow(path, []);
  expect([...imports.values()].flat().length).toBeGreaterThan(sources.length);
  expect(circles).toEqual([]);
});

test('an error says its name, for a class of the minified Worker has another', () => {
  const named = sources
    .filter(({ name }) => !/src.(?:console|widget)/.test(name))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/class (\w+) extends \w*Error\b[^{]*\{\s*(?:\/\*.*?\*\/\s*)?(.*)/g)].map(([, of, first]) => ({
        name,
        of,
        first,
      })),
    );
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter(({ of, first }) => first !== `override name = '${of}';`)).toEqual([]);
});
