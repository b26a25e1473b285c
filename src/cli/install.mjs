// Runs before `npm start` and `npm test`, so that a fresh clone needs no other command. Plain JavaScript and no
// dependency: at this point the machine's own Node (20 or later) runs it, and node_modules may not exist yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The reason why an install is needed, or null when node_modules already holds what package-lock.json asks for.
 * Contents are compared, not dates: a `git checkout` touches files without changing them.
 * @param {{ wanted: object, installed: object | null, hasNode: boolean }} state
 * @returns {string | null}
 */
export function reasonToInstall({ wanted, installed, hasNode }) {
  if (installed === null) return 'the dependencies are not installed yet';
  if (!hasNode) return 'the pinned Node is missing';
  const have = installed.packages ?? {};
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue;
    const found = have[path];
    // An optional package for another system is rightly absent.
    if (found === undefined && entry.optional) continue;
    if (found?.version !== entry.version) return `package-lock.json has changed (${path.replace('node_modules/', '')})`;
  }
  return null;
}

/** PATH without node_modules/.bin: npm must not run on a Node that it is about to delete. */
export function systemPath(path) {
  return path
    .split(delimiter)
    .filter((folder) => !folder.includes(join('node_modules', '.bin')) && !folder.includes(`${sep}node-gyp-bin`))
    .join(delimiter);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function install(root) {
  const modules = join(root, 'node_modules');
  const windows = process.platform === 'win32';
  const hasNode = () => existsSync(join(modules, '.bin', windows ? 'node.cmd' : 'node'));
  const reason = reasonToInstall({
    wanted: readJson(join(root, 'package-lock.json')) ?? {},
    // npm writes this file last, so an interrupted install has none.
    installed: readJson(join(modules, '.package-lock.json')),
    hasNode: hasNode(),
  });
  if (reason === null) return 0;

  // Windows cannot delete the running node.exe, which `npm ci` would try.
  const command = windows && existsSync(modules) ? 'install' : 'ci';
  console.log(`Installing: ${reason}. This runs \`npm ${command}\` and takes about half a minute.`);
  const { status } = spawnSync('npm', [command, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, PATH: systemPath(process.env.PATH ?? '') },
  });
  if (status !== 0) {
    console.error(`\`npm ${command}\` failed. Run it by hand to see why.`);
    return status ?? 1;
  }
  if (hasNode()) return 0;
  // npm leaves an optional package out without a word when it is not what the lockfile names.
  const system = `${process.platform}-${process.arch}`;
  console.error(`The pinned Node is missing: package-lock.json names none for this system (${system}), or what was`);
  console.error('fetched for it is not what package-lock.json names. Nothing of it was run.');
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(install(ROOT));
