import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isDebian } from '../../src/cli/chromium-install.ts';

const HOW_BY_HAND = `There is no Firefox for the tests. Either:
  - install Firefox the usual way for your system, or
  - point to one: FIREFOX_PATH=/path/to/firefox RIGS=long npm test, or
  - leave its tests out, as \`npm test\` without RIGS=long does`;

const INSTALL = [
  ['apt-get', 'update'],
  ['apt-get', 'install', '-y', '--no-install-recommends', 'firefox-esr'],
] as const;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The release that companies stay on comes first, since it is the oldest that gets repairs. */
function findFirefox(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin'];
  const places = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...places, '/Applications/Firefox.app/Contents/MacOS/firefox'].find(isExecutable);
}

/** FIREFOX_PATH, else the machine's own, else Debian's package where it can be installed. */
export function ensureFirefox(): string {
  const named = process.env.FIREFOX_PATH;
  if (named && !isExecutable(named)) throw new Error(`FIREFOX_PATH is ${named}, which is not there or cannot be run.`);
  const found = named || findFirefox();
  if (found) return found;
  if (process.getuid?.() !== 0 || !isDebian()) throw new Error(HOW_BY_HAND);
  console.log(
    "No Firefox found: installing Debian's firefox-esr package. This happens once and takes a minute or two.",
  );
  for (const [command, ...args] of INSTALL) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) throw new Error(`\`${[command, ...args].join(' ')}\` failed.\n${HOW_BY_HAND}`);
  }
  const installed = findFirefox();
  if (!installed) throw new Error(HOW_BY_HAND);
  return installed;
}
