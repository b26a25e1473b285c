import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { type SeededDemo, seedOnce } from './demo.ts';
import { type LocalServer, startLocal } from './local-server.ts';
import { PICTURES, type Picture } from './pictures.ts';
import { PlainError, ROOT, runCommand } from './project.ts';

const FOLDER = join(ROOT, 'docs', 'pictures');

/** The most that a reader of the documentation should have to load on a slow line. */
const MAX_BYTES = 250_000;

async function take(browser: Browser, server: LocalServer, demo: SeededDemo, picture: Picture): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...picture.window });
  const page = await context.newPage();
  await picture.open(page, server, demo);
  const path = join(FOLDER, `${picture.name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await context.close();
  const { size } = statSync(path);
  console.log(`${String(Math.round(size / 1000)).padStart(5)} kB  ${relative(ROOT, path)}`);
  if (size > MAX_BYTES) throw new PlainError(`${picture.name}.png is larger than ${MAX_BYTES / 1000} kB.`);
}

/** The test that brings the widget into each of its states takes their pictures. */
function takeStates(): void {
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'e2e', 'tests/e2e/states'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, STATE_PICTURES: join(FOLDER, 'states') },
  });
  if (status !== 0) throw new PlainError('Not every state of the widget could be shown.');
}

/** The pictures of the documentation, of a freshly seeded demo: `npm run screenshots`. */
await runCommand(async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-pictures-'));
  mkdirSync(FOLDER, { recursive: true });
  const executablePath = await ensureChromium();
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const demo = await seedOnce(server);
    for (const picture of PICTURES) await take(browser, server, demo, picture);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
  takeStates();
  return 0;
});
