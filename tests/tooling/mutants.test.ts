// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { checkMutants, type Verdict } from '../../src/mutants/check.ts';
import { drawMutants, mutantsOf } from '../../src/mutants/draw.ts';
import { counting, placesOf } from '../../src/mutants/reach.ts';
import { applied } from '../../src/mutants/syntax.ts';

/** The texts that one operator makes of a text. */
const changed = (operator: string, source: string): string[] =>
  mutantsOf('src/core/sample.ts', source)
    .filter((mutant) => mutant.operator === operator)
    .map((mutant) => applied(source, mutant));

const statement = (text: string): string => `sql\`${text}\`;`;

describe('an operator makes of a program', () => {
  it.each<[operator: string, source: string, changed: string[]]>([
    ['comparison moved', 'is(a < b);', ['is(a <= b);']],
    ['comparison moved', 'is((a) >= (b));', ['is((a) > (b));']],
    ['comparison moved', "is(a === '<');", ["is(a !== '<');"]],
    ['arithmetic turned round', 'is(a + b);', ['is(a - b);']],
    ['arithmetic turned round', 'a += b;', ['a -= b;']],
    ['and for or', 'is(a && b);', ['is(a || b);']],
    ['negation dropped', 'is(!(a || b) && c);', ['is((a || b) && c);']],
    ['condition forced', 'if (a) b();', ['if (true) b();', 'if (false) b();']],
    ['condition forced', 'is(a ? b : c);', ['is(true ? b : c);', 'is(false ? b : c);']],
    ['default dropped', 'is((a as B) ?? c);', ['is((a as B) );']],
    ['number changed', 'is(1_000);', ['is(1001);', 'is(999);']],
    ['number changed', 'is(0);', ['is(1);', 'is((-1));']],
    ['boolean changed', 'is(true);', ['is(false);']],
    ['text emptied', "is('a');", ["is('');"]],
    ['text emptied', "is('');", ["is('mutant');"]],
    ['text emptied', 'is(`a ${b}:${c} d`);', ['is(`${b}:${c} d`);', 'is(`a ${b}:${c}`);']],
    ['pattern loosened', 'is(/^a|b$/);', ['is(/a|b$/);', 'is(/^a$/);', 'is(/^a|b/);']],
    ['call dropped', 'is((a ?? b)\n  .filter(c));', ['is((a ?? b));']],
    ['call dropped', 'is(a?.slice(1));', ['is(a);']],
    ['call swapped', 'is(a.some(b).toString());', ['is(a.every(b).toString());']],
    [
      'answer replaced',
      'const a = (): boolean => b;',
      ['const a = (): boolean => true;', 'const a = (): boolean => false;'],
    ],
    ['answer replaced', 'function a(): B | null { return b; }', ['function a(): B | null { return null; }']],
    [
      'answer replaced',
      'function a(): B[] { const c = (): B => { return b; }; return c(); }',
      ['function a(): B[] { const c = (): B => { return b; }; return []; }'],
    ],
    ['part left out', 'is({ ...a, b, ...c });', ['is({  b, ...c });', 'is({ ...a, b,  });']],
    ['statement removed', 'if (a) await b();', ['if (a) ;']],
    ['statement removed', 'function a() { if (b) return; }', ['function a() { if (b) ; }']],
  ])('%s: %s', (operator, source, expected) => {
    expect(changed(operator, source).sort()).toEqual(expected.toSorted());
  });

  it.each<[operator: string, source: string, changed: string[]]>([
    ['SQL comparison moved', 'a < b', ['a <= b']],
    ['SQL comparison moved', "a <> b ->> 'c'", ["a = b ->> 'c'"]],
    ['SQL AND for OR', 'a AND b', ['a OR b']],
    ['SQL AND for OR', 'a BETWEEN ${b} AND c', []],
    [
      'SQL condition dropped',
      'WHERE a = ${b} AND c IN (SELECT d) ORDER BY e',
      ['WHERE TRUE AND c IN (SELECT d) ORDER BY e', 'WHERE a = ${b} AND TRUE ORDER BY e'],
    ],
    ['SQL condition dropped', '(SELECT a WHERE b), c', ['(SELECT a WHERE TRUE), c']],
    ['SQL condition dropped', 'SELECT a WHERE true ON CONFLICT DO NOTHING', []],
    [
      'SQL condition dropped',
      'WHERE a BETWEEN b AND c AND d',
      ['WHERE TRUE AND d', 'WHERE a BETWEEN b AND c AND TRUE'],
    ],
    ['SQL order turned round', 'ORDER BY a DESC', ['ORDER BY a ASC']],
    ['SQL arithmetic turned round', 'SET a = a + 1', ['SET a = a - 1']],
    ['SQL call swapped', 'max(a)', ['min(a)']],
    ['SQL test negated', 'a IS NOT NULL', ['a IS NULL']],
    ['SQL test negated', 'NOT EXISTS (a)', ['EXISTS (a)']],
    ['SQL number changed', 'EXISTS (SELECT 1) + a1 + 2', ['EXISTS (SELECT 1) + a1 + 3']],
    ['SQL string emptied', "a = 'AND'", ["a = ''"]],
    ['SQL limit dropped', 'a LIMIT ${b}) c', ['a ) c']],
    [
      'SQL limit dropped',
      'SELECT (SELECT a ORDER BY b LIMIT 1) FROM (SELECT c LIMIT 1)',
      ['SELECT (SELECT a ORDER BY b LIMIT 1) FROM (SELECT c )'],
    ],
    ['SQL limit dropped', '(SELECT a LIMIT 1 OFFSET 2)', ['(SELECT a )']],
    ['SQL number changed', '(SELECT a LIMIT 1 OFFSET 2)', ['(SELECT a LIMIT 1 OFFSET 3)']],
    ['SQL number changed', 'SELECT a LIMIT 1', ['SELECT a LIMIT 2']],
    ['SQL number changed', 'SET a = 1 RETURNING 1', ['SET a = 2 RETURNING 1']],
    ['SQL assignment dropped', 'SET a = f(1, 2), b = 3 WHERE c', ['SET a = f(1, 2) WHERE c']],
  ])('%s: %s', (operator, source, expected) => {
    expect(changed(operator, statement(source)).sort()).toEqual(expected.map(statement).toSorted());
  });

  it('nothing where the text is no code that runs: types, names and addresses of modules', () => {
    const source =
      "import { a } from './a.ts';\ntype B = 'b' | 2;\nexport const c = { d: a as B };\nexport { e } from './e.ts';\n";
    expect(mutantsOf('src/core/sample.ts', source)).toEqual([]);
  });
});

it('the same seed draws the same mutants, and another one others', () => {
  const drawn = drawMutants(ROOT, 7);
  expect(drawMutants(ROOT, 7)).toEqual(drawn);
  expect(drawMutants(ROOT, 8).slice(0, 20)).not.toEqual(drawn.slice(0, 20));
});

const placesAt = (source: string, text: string): string[] =>
  placesOf('a.ts', source, { start: source.indexOf(text), end: source.indexOf(text) + text.length });

it('calls are counted where they are made, and what they answer stays the same', () => {
  const source =
    'const half = (n: number) => n / 2;\nfunction twice(n: number) { return [n].map((one) => ({ is: half(one) * 4 })); }\ntwice(3);';
  const kept = globalThis as { belowlineReached?: unknown };
  // biome-ignore lint/security/noGlobalEval: the text is the code that is asked about.
  const answer = globalThis.eval(counting('a.ts', source).replaceAll(': number', ''));
  const reached = kept.belowlineReached;
  delete kept.belowlineReached;
  const at = (text: string) => placesAt(source, text).join();
  expect(reached).toEqual({ [at('n / 2')]: 1, [at('[n]')]: 1, [at('one) * 4')]: 1, [at('twice(3)')]: 1 });
  expect(answer).toBe(1);
});

describe('a change of a constant shows', () => {
  it('in the functions that read it, or a constant made of it', () => {
    const source = `const few = 2;
      const more = few * 2;
      const isMany = (n: number) => n > more;
      export const isFew = (n: number) => n < few;
      export const isNone = (n: number) => n === 0;`;
    const readers = ['n > more', 'n < few'].flatMap((text) => placesAt(source, text));
    expect(placesAt(source, '2').toSorted()).toEqual(readers.toSorted());
  });

  it.each(['export const few = 2;', 'const few = 2; export { few };', 'const few = 2; export const [none] = [few];'])(
    'in all of the file, if other files or other names have it: %s',
    (source) => {
      expect(placesAt(`${source} export const isFew = (n: number) => n < few;`, '2')).toEqual(['a.ts:file']);
    },
  );
});

describe('a product with one test that asserts nothing about the bound', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-weak-'));
  const root = join(folder, 'product');
  // The copies go there.
  process.env.TMPDIR = join(folder, 'tmp');
  mkdirSync(process.env.TMPDIR);
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('package.json', '{ "type": "module" }');
  write('src/core/bound.ts', 'export const isLong = (text: string): boolean => text.length > 10;\n');
  write('src/tsconfig.json', '{ "compilerOptions": { "strict": true, "noEmit": true, "target": "ES2023" } }');
  write('vitest.config.ts', "export default { test: { projects: [{ test: { name: 'node' } }] } };\n");
  write(
    'tests/node/bound.test.ts',
    `import { expect, test } from 'vitest';
    import { isLong } from '../../src/core/bound.ts';
    test('a long text is long', () => expect([isLong('short'), isLong('a longer text')]).toEqual([false, true]));\n`,
  );
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));

  const check = async (count: number) => {
    const verdicts: Verdict[] = [];
    const faults: string[] = [];
    await checkMutants({
      root,
      seed: 1,
      count,
      only: ['src/core/bound.ts'],
      tests: ['tests/'],
      lanes: 2,
      onBaseline: (baseline) => faults.push(...baseline.faults),
      onVerdict: (verdict) => verdicts.push(verdict),
    });
    return { verdicts, faults };
  };

  const wrong = `import { expect, test } from 'vitest';
    import { isLong } from '../../src/core/bound.ts';
    test('wrong', () => expect(isLong('')).toBe(true));\n`;
  write('tests/node/wrong.test.ts', wrong);

  it('has each mutant tried once, the survivors named, and no copy left behind', async () => {
    const { verdicts, faults } = await check(100);
    const told = verdicts.map(({ fate, mutant: { operator, line, to } }) => `${fate} ${line} ${operator} ${to}`).sort();
    expect(told).toEqual([
      'killed 1 answer replaced false',
      'killed 1 answer replaced true',
      'survived 1 comparison moved >=',
      'survived 1 number changed 11',
      'survived 1 number changed 9',
    ]);
    const killers = verdicts.flatMap(({ killer }) => killer ?? []);
    expect(killers, 'never one that fails anyway').toEqual(
      Array(2).fill('tests/node/bound.test.ts: a long text is long'),
    );
    expect(faults).toEqual(['tests/node/wrong.test.ts: wrong']);
    expect(readdirSync(tmpdir())).toEqual([]);
  });

  it('has no mutant tried while no test passes', async () => {
    rmSync(join(root, 'tests/node/bound.test.ts'));
    await expect(check(1)).rejects.toThrow('tests/node/wrong.test.ts: wrong');
  });
});
