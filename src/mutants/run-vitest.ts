import { relative } from 'node:path';
import type { ViteUserConfig } from 'vitest/config';
import { BaseSequencer, createVitest, type Reporter, type TestModule, type TestSpecification } from 'vitest/node';

/**
 * A process of its own for one run of test files in its tree. It takes one message and answers with one; its parent
 * may end it with all processes that it has started.
 */
export interface TestRequest {
  /** The test files in the order in which they are to run; none means all files of the projects. */
  files: string[];
  projects: string[];
  workers: number;
  /** True ends the run at the first failure. */
  bail: boolean;
}

export interface TestAnswer {
  files: { path: string; project: string; millis: number; failed: string | null; reached: Record<string, number> }[];
  /** Errors outside of any test. */
  errors: string[];
}

const pathOf = (moduleId: string): string => relative(process.cwd(), moduleId).replaceAll('\\', '/');

const failureOf = (module: TestModule): string | null => {
  for (const test of module.children.allTests('failed')) return test.fullName;
  return module.ok() ? null : (module.errors()[0]?.message ?? 'did not load');
};

const answerOf = (module: TestModule): TestAnswer['files'][number] => ({
  path: pathOf(module.moduleId),
  project: module.project.name,
  millis: Math.round(module.diagnostic().duration + module.diagnostic().collectDuration),
  failed: failureOf(module),
  reached: (module.meta() as { reached?: Record<string, number> }).reached ?? {},
});

const run = async ({ files, projects, workers, bail }: TestRequest): Promise<TestAnswer> => {
  const answer: TestAnswer = { files: [], errors: [] };
  const reporter: Reporter = {
    onTestModuleEnd: (module) => void answer.files.push(answerOf(module)),
    onTestRunEnd: (_, errors) => void answer.errors.push(...errors.map(({ message }) => message)),
  };
  class InOrder extends BaseSequencer {
    override sort = async (specifications: TestSpecification[]) =>
      specifications.toSorted((a, b) => files.indexOf(pathOf(a.moduleId)) - files.indexOf(pathOf(b.moduleId)));
  }
  const inOrder: ViteUserConfig = { test: { sequence: { sequencer: InOrder } } };
  const options = { root: process.cwd(), project: projects, watch: false, maxWorkers: workers, reporters: [reporter] };
  const vitest = await createVitest(bail ? { ...options, bail: 1 } : options, inOrder);
  try {
    const specifications = await vitest.globTestSpecifications(files);
    await vitest.runTestSpecifications(specifications, true);
  } finally {
    await vitest.close();
  }
  return answer;
};

process.once('message', (request: TestRequest) => {
  run(request).then(
    (answer) => process.send?.(answer, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
