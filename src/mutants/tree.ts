import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFiles, ROOT } from '../cli/project.ts';
import type { TestAnswer, TestRequest } from './run-vitest.ts';

const RUN_VITEST = fileURLToPath(new URL('run-vitest.ts', import.meta.url));
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

/** Folders that are not copied: they are made anew or too large; the packages are linked. */
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', '.belowline', '.wrangler', 'coverage']);

/** Names from the root of a tree, with slashes. */
export function filesUnder(root: string, path: string): string[] {
  return listFiles(join(root, path)).map((file) => relative(root, file).replaceAll('\\', '/'));
}

/** A copy of a checkout in which code may be broken. */
export function createTree(root: string) {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-mutants-'));
  cpSync(root, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(root, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  // Files that the tests leave behind are deleted with the tree.
  const leftovers = join(folder, 'tmp');
  mkdirSync(leftovers);
  const env = { ...process.env, TMPDIR: leftovers };
  const running = new Set<ChildProcess>();

  /** Ends a process with all that it has started, which are in its process group. */
  const end = ({ pid }: ChildProcess): void => {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The process has ended by itself.
    }
  };

  const ended = async (child: ChildProcess): Promise<number> => {
    running.add(child);
    const [code] = (await once(child, 'exit')) as [number | null];
    running.delete(child);
    end(child);
    return code ?? 1;
  };

  return {
    files: (path: string): string[] => filesUnder(folder, path),
    read: (file: string): string => readFileSync(join(folder, file), 'utf8'),
    write: (file: string, text: string): void => writeFileSync(join(folder, file), text),

    /** True when the compiler accepts the rooms of the product as they are in this tree. */
    async compiles(): Promise<boolean> {
      const child = spawn(process.execPath, [TSC, '-b', 'src'], { cwd: folder, stdio: 'ignore', detached: true });
      return (await ended(child)) === 0;
    },

    /** Null when the tests did not end in the given time, or crashed. */
    async test(request: TestRequest, patienceMillis: number): Promise<TestAnswer | null> {
      const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc'];
      const child = fork(RUN_VITEST, [], { cwd: folder, env, stdio, detached: true });
      const timer = setTimeout(() => end(child), patienceMillis);
      let answer: TestAnswer | null = null;
      child.once('message', (message) => {
        answer = message as TestAnswer;
      });
      child.send(request);
      await ended(child);
      clearTimeout(timer);
      return answer;
    },

    remove(): void {
      for (const child of running) end(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type Tree = ReturnType<typeof createTree>;
