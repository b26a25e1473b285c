import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reasonToInstall } from '../../src/cli/install.mjs';

const readJson = (path: string): object | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as object;
  } catch {
    return null;
  }
};

/** Installs what the lockfile of a package of the tests' own asks for, unless it is there. */
export async function installPackage(folder: string): Promise<void> {
  const wanted = readJson(join(folder, 'package-lock.json')) ?? {};
  const installed = readJson(join(folder, 'node_modules/.package-lock.json'));
  if (reasonToInstall({ wanted, installed, hasNode: true }) === null) return;
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', options, { cwd: folder });
}
