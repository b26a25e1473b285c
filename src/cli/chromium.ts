import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installChromium } from './chromium-install.ts';
import { PlainError } from './project.ts';

/** Arguments for a headless browser, also as root in a container, that sends nothing anywhere of its own accord. */
export const CHROMIUM_ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface ChromiumSearch {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  home: string;
  isExecutable(path: string): boolean;
  listFolder(path: string): string[];
}

const THIS_MACHINE: ChromiumSearch = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  isExecutable(path) {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  listFolder: (path) => (existsSync(path) ? readdirSync(path) : []),
};

/** CHROMIUM_PATH, then the usual places, then Playwright's downloads. Null when there is none. */
export function findChromium(machine: ChromiumSearch = THIS_MACHINE): string | null {
  const named = machine.env.CHROMIUM_PATH;
  if (named) {
    if (machine.isExecutable(named)) return named;
    // Looking further would test with another browser than the one asked for.
    throw new PlainError(`CHROMIUM_PATH is ${named}, which is not there or cannot be run.`);
  }
  const places = [...usualPlaces(machine), ...playwrightPlaces(machine)];
  return places.find((path) => machine.isExecutable(path)) ?? null;
}

/** Finds a browser or installs one. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  await installChromium();
  const installed = findChromium();
  if (installed) return installed;
  throw new PlainError('Chromium was installed, but is in none of the usual places. Set CHROMIUM_PATH to it.');
}

function usualPlaces({ env, platform, home }: ChromiumSearch): string[] {
  if (platform === 'darwin') {
    const apps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
    return ['/Applications', join(home, 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (platform === 'win32') {
    const programs = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    return programs.flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = new Set([...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']);
  return names.flatMap((name) => [...folders].filter(Boolean).map((folder) => join(folder, name)));
}

function playwrightPlaces({ env, platform, home, listFolder }: ChromiumSearch): string[] {
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Caches', 'ms-playwright'),
    win32: join(env.LOCALAPPDATA ?? home, 'ms-playwright'),
  };
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ||
    caches[platform] ||
    join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ms-playwright');
  const programs = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
  ];
  return listFolder(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((name) => programs.map((program) => join(cache, name, program)));
}
