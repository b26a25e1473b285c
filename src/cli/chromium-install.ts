import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PlainError } from './project.ts';

const HOW_BY_HAND = `Chromium could not be installed. The browser tests need one. Either:
  - install Chromium or Chrome the usual way for your system, or
  - point to one: CHROMIUM_PATH=/path/to/chromium npm test, or
  - leave the browser tests out: npm test -- --project node --project worker`;

interface InstallCommand {
  label: string;
  steps: [command: string, ...args: string[]][];
}

interface InstallMachine {
  isRoot: boolean;
  isLinux: boolean;
  isDebian: boolean;
  playwrightCli: string;
}

/** Debian's package where possible: it comes with the libraries and fonts that Playwright's lacks. */
export function installCommand({ isRoot, isLinux, isDebian, playwrightCli }: InstallMachine): InstallCommand {
  if (isRoot && isDebian) {
    return {
      label: "Debian's chromium package",
      steps: [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
      ],
    };
  }
  const libraries = isRoot && isLinux ? ['--with-deps'] : [];
  return {
    label: "Playwright's Chromium",
    steps: [[process.execPath, playwrightCli, 'install', ...libraries, '--no-shell', 'chromium']],
  };
}

/** True for Debian itself: on its derivatives the package of that name may be a snap, which no container can run. */
export function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

export async function installChromium(): Promise<void> {
  const { label, steps } = installCommand({
    isRoot: process.getuid?.() === 0,
    isLinux: process.platform === 'linux',
    isDebian: isDebian(),
    playwrightCli: join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js'),
  });
  console.log(`No Chromium found: installing ${label}. This happens once and takes a minute or two.`);
  for (const [command, ...args] of steps) {
    const { status } = spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new PlainError(`\`${[command, ...args].join(' ')}\` failed.\n${HOW_BY_HAND}`);
  }
}
