import { describe, expect, it } from 'vitest';
import { type ChromiumSearch, findChromium } from '../../src/cli/chromium.ts';
import { installCommand } from '../../src/cli/chromium-install.ts';

function machine(there: string[], rest: Partial<ChromiumSearch> = {}): ChromiumSearch {
  return {
    env: { PATH: '/usr/bin:/opt/bin' },
    platform: 'linux',
    home: '/home/ann',
    isExecutable: (path) => there.includes(path),
    listFolder: () => [],
    ...rest,
  };
}

describe('finding Chromium', () => {
  it('takes CHROMIUM_PATH before anything else', () => {
    const env = { CHROMIUM_PATH: '/my/chromium', PATH: '/usr/bin' };
    expect(findChromium(machine(['/usr/bin/chromium', '/my/chromium'], { env }))).toBe('/my/chromium');
  });

  it('refuses a CHROMIUM_PATH that leads nowhere, rather than testing with another browser', () => {
    const env = { CHROMIUM_PATH: '/my/chromium', PATH: '/usr/bin' };
    expect(() => findChromium(machine(['/usr/bin/chromium'], { env }))).toThrow(/CHROMIUM_PATH is \/my\/chromium/);
  });

  it('looks along the PATH, Chromium before Chrome', () => {
    expect(findChromium(machine(['/usr/bin/google-chrome', '/opt/bin/chromium']))).toBe('/opt/bin/chromium');
  });

  it('knows where macOS keeps applications', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium(machine([chrome], { platform: 'darwin' }))).toBe(chrome);
  });

  it('takes the newest of Playwright’s downloads', () => {
    const cache = '/home/ann/.cache/ms-playwright';
    const listFolder = (path: string) => (path === cache ? ['chromium-998', 'chromium-1248', 'ffmpeg-1013'] : []);
    const builds = ['chromium-998', 'chromium-1248'].map((name) => `${cache}/${name}/chrome-linux64/chrome`);
    expect(findChromium(machine(builds, { listFolder }))).toBe(builds[1]);
  });

  it('says so when there is none', () => {
    expect(findChromium(machine([]))).toBeNull();
  });
});

describe('installing Chromium', () => {
  const rest = { isLinux: true, playwrightCli: '/cli.js' };

  it('is Debian’s package for root on Debian', () => {
    const { steps } = installCommand({ isRoot: true, isDebian: true, ...rest });
    expect(steps.map(([command]) => command)).toEqual(['apt-get', 'apt-get']);
    expect(steps[1]).toContain('chromium');
  });

  it('is Playwright’s anywhere else, with its libraries where we may install them', () => {
    const asUser = installCommand({ isRoot: false, isDebian: true, ...rest });
    expect(asUser.steps).toEqual([[process.execPath, '/cli.js', 'install', '--no-shell', 'chromium']]);
    const asRoot = installCommand({ isRoot: true, isDebian: false, ...rest });
    expect(asRoot.steps[0]).toContain('--with-deps');
  });
});
