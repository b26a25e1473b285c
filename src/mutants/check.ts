import { type Baseline, PROJECTS, runBaseline } from './baseline.ts';
import { drawMutants, type Mutant } from './draw.ts';
import { placesOf, type TestFile, testsThatReach } from './reach.ts';
import { applied } from './syntax.ts';
import { createTree, type Tree } from './tree.ts';

const PATIENCE_MILLIS = 60_000;

type Fate = 'killed' | 'survived' | 'refused';

export interface Verdict {
  mutant: Mutant;
  fate: Fate;
  /** The test that noticed; null when none did or a run did not end. */
  killer: string | null;
  seconds: number;
}

export interface Check {
  root: string;
  seed: number;
  /** The number of mutants to test; those that the compiler refuses are not counted. */
  count: number;
  /** The beginnings of the paths of the files to change. */
  only: string[];
  /** The beginnings of the paths of the test files that are to notice the changes. */
  tests: string[];
  /** Copies of the tree in which mutants are tested side by side. */
  lanes: number;
  onBaseline: (baseline: Baseline) => void;
  onVerdict: (verdict: Verdict) => void;
}

/** Tests one mutant in a tree, which is afterwards as it was. */
async function judge(tree: Tree, mutant: Mutant, tests: TestFile[]): Promise<Verdict> {
  const started = performance.now();
  const verdict = (fate: Fate, killer: string | null): Verdict => ({
    mutant,
    fate,
    killer,
    seconds: (performance.now() - started) / 1_000,
  });
  const source = tree.read(mutant.file);
  tree.write(mutant.file, applied(source, mutant));
  try {
    if (!(await tree.compiles())) return verdict('refused', null);
    const chosen = testsThatReach(placesOf(mutant.file, source, mutant), tests);
    if (chosen.length === 0) return verdict('survived', null);
    const patience = PATIENCE_MILLIS + 3 * chosen.reduce((sum, { millis }) => sum + millis, 0);
    const files = chosen.map(({ path }) => path);
    const answer = await tree.test({ files, projects: PROJECTS, workers: 1, bail: true }, patience);
    if (answer === null) return verdict('killed', null);
    const killer = answer.files.find(({ failed }) => failed !== null);
    if (killer !== undefined) return verdict('killed', `${killer.path}: ${killer.failed}`);
    return answer.errors.length > 0 ? verdict('killed', answer.errors[0] ?? null) : verdict('survived', null);
  } finally {
    tree.write(mutant.file, source);
  }
}

/** Draws mutants and tests one after the other, until as many are tested as were asked for. */
export async function checkMutants({
  root,
  seed,
  count,
  only,
  tests: chosen,
  lanes,
  onBaseline,
  onVerdict,
}: Check): Promise<Verdict[]> {
  const drawn = drawMutants(root, seed).filter(({ file }) => only.some((prefix) => file.startsWith(prefix)));
  const trees = Array.from({ length: lanes }, () => createTree(root));
  const remove = (): void => {
    for (const tree of trees) tree.remove();
  };
  const leave = (): never => {
    remove();
    process.exit(130);
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  try {
    const baseline = await runBaseline(root, trees[0] as Tree, chosen, lanes);
    onBaseline(baseline);
    const verdicts: Verdict[] = [];
    // Mutants that the compiler has not checked yet count too, so that the seed alone decides which are tested.
    let wanted = 0;
    let next = 0;
    const work = async (tree: Tree): Promise<void> => {
      while (wanted < count && next < drawn.length) {
        const mutant = drawn[next] as Mutant;
        next += 1;
        wanted += 1;
        const verdict = await judge(tree, mutant, baseline.tests);
        if (verdict.fate === 'refused') wanted -= 1;
        verdicts.push(verdict);
        onVerdict(verdict);
      }
    };
    await Promise.all(trees.map(work));
    return verdicts;
  } finally {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
    remove();
  }
}
