import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isDebian } from '../../src/cli/chromium-install.ts';

export interface Program {
  name: string;
  /** The environment's variable that points to one. */
  variable: string;
  /** Its commands, the best first. */
  commands: string[];
  /** Debian's package. */
  debian: string;
  /** Other places where it may be, as whole paths. */
  places?: string[];
}

const howByHand = ({
  name,
  variable,
  commands: [command],
}: Program): string => `There is no ${name} for the tests. Either:
  - install ${name} the usual way for your system, or
  - point to one: ${variable}=/path/to/${command} RIGS=long npm test, or
  - leave its tests out, as \`npm test\` without RIGS=long does`;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function find({ commands, places = [] }: Program): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/usr/sbin'];
  return [...commands.flatMap((command) => folders.map((folder) => join(folder, command))), ...places].find(
    isExecutable,
  );
}

/** The path of a program: its variable's, else the machine's own, else Debian's package where it can be installed. */
export function ensureProgram(program: Program): string {
  const { variable, debian } = program;
  const named = process.env[variable];
  if (named && !isExecutable(named)) throw new Error(`${variable} is ${named}, which is not there or cannot be run.`);
  const found = named || find(program);
  if (found) return found;
  if (process.getuid?.() !== 0 || !isDebian()) throw new Error(howByHand(program));
  // Two files of tests that install at once would be in each other's way.
  const lock = join(tmpdir(), 'belowline-tests-apt.lock');
  console.log(`No ${program.name} found: installing Debian's ${debian} package. This happens once and takes a while.`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', debian]]) {
    // A server's package would start it as a service of the machine, which systemd leaves alone when it is offline.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' };
    const { status } = spawnSync('flock', [lock, 'apt-get', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) throw new Error(`\`apt-get ${args.join(' ')}\` failed.\n${howByHand(program)}`);
  }
  const installed = find(program);
  if (!installed) throw new Error(howByHand(program));
  return installed;
}
