import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlainError } from '../cli/project.ts';
import { ROOMS } from './draw.ts';
import { counting, type TestFile, telling } from './reach.ts';
import type { Tree } from './tree.ts';

/** The projects whose tests may notice a mutant; the others need a browser, or a minute each. */
export const PROJECTS = ['node', 'worker'];

const PATIENCE_MILLIS = 60 * 60_000;

/** The checkout's record of test files, valid while neither they nor the product's files have changed. */
const KNOWN_FILE = join('.tsbuild', 'reach.json');

type Known = Record<string, TestFile>;

const hashOf = (...texts: string[]): string =>
  texts.reduce((hash, text) => hash.update(`${text}\0`), createHash('sha256')).digest('hex');

const readKnown = (root: string): Known => {
  const file = join(root, KNOWN_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Known) : {};
};

const writeKnown = (root: string, known: Known): void => {
  mkdirSync(dirname(join(root, KNOWN_FILE)), { recursive: true });
  writeFileSync(join(root, KNOWN_FILE), JSON.stringify(known));
};

const isTest = (file: string): boolean => file.endsWith('.test.ts');

/** The result of a test file depends on its own text and on all that it may load. */
const keysOf = (tree: Tree, tests: string[]): Map<string, string> => {
  const others = ['src', 'tests', 'migrations', 'vitest.config.ts', 'package.json', 'wrangler.toml']
    .flatMap((path) => tree.files(path))
    .filter((file) => !isTest(file));
  const surroundings = hashOf(...others.flatMap((file) => [file, tree.read(file)]));
  return new Map(tests.map((file) => [file, hashOf(surroundings, file, tree.read(file))]));
};

/** Runs tests over a product that counts its calls; answers the test files that pass, and the faults of the others. */
async function observe(tree: Tree, files: string[], workers: number): Promise<{ tests: TestFile[]; faults: string[] }> {
  const sources = ROOMS.flatMap((room) => tree.files(room)).filter((file) => file.endsWith('.ts'));
  const asTheyWere = new Map([...sources, ...files].map((file) => [file, tree.read(file)]));
  for (const [file, text] of asTheyWere) tree.write(file, isTest(file) ? telling(text) : counting(file, text));
  const answer = await tree.test({ files, projects: PROJECTS, workers, bail: false }, PATIENCE_MILLIS);
  for (const [file, text] of asTheyWere) tree.write(file, text);
  if (answer === null) return { tests: [], faults: ['they come to no end'] };
  const faults = answer.files.flatMap(({ path, failed }) => (failed === null ? [] : [`${path}: ${failed}`]));
  return { tests: answer.files.filter(({ failed }) => failed === null), faults: [...faults, ...answer.errors] };
}

export interface Baseline {
  tests: TestFile[];
  /** The faults of test files that fail without any mutant and so would kill each. */
  faults: string[];
}

/** Runs the tests on the unchanged product: whether they pass, the time of each file, and the functions it calls. */
export async function runBaseline(root: string, tree: Tree, prefixes: string[], workers: number): Promise<Baseline> {
  if (!(await tree.compiles())) throw new PlainError('The product does not compile as it is: npm run types.');
  const files = PROJECTS.flatMap((project) => tree.files(join('tests', project))).filter(isTest);
  const keys = keysOf(tree, files);
  const known = readKnown(root);
  const chosen = files.filter((file) => prefixes.some((prefix) => file.startsWith(prefix)));
  const unknown = chosen.filter((file) => known[keys.get(file) ?? ''] === undefined);
  const { tests, faults } = unknown.length === 0 ? { tests: [], faults: [] } : await observe(tree, unknown, workers);
  const all = [...[...keys.values()].flatMap((key) => known[key] ?? []), ...tests];
  writeKnown(root, Object.fromEntries(all.map((test) => [keys.get(test.path), test])));
  const passing = all.filter(({ path }) => chosen.includes(path));
  if (passing.length === 0) throw new PlainError(`No test passes as it is:\n${faults.join('\n')}`);
  return { tests: passing, faults };
}
