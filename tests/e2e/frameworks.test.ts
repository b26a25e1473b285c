import { join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { installPackage } from '../support/install-package.ts';
import { blocks } from '../support/pages.ts';
import { openBrowser, shows } from './browser.ts';

import { comment, openSite, postButton, write } from './widget-page.ts';

const { url } = inject('local');
const browser = await openBrowser();

/** A package of its own: a publisher has a framework, Belowline has none. */
beforeAll(() => installPackage(join(ROOT, 'tests/frameworks')), 300_000);

const SNIPPETS = { react: 'jsx react', vue: 'vue vue', svelte: 'svelte svelte' } as const;

it.each(['react', 'vue', 'svelte'] as const)(
  'the snippet for %s shows the thread and hears of a comment',
  async (name) => {
    const { appOf } = (await import('../frameworks/app.ts')) as typeof import('../frameworks/app.ts');
    const { site, post } = await openSite();
    await post(`Seen with ${name}`);
    const [snippet = ''] = blocks('docs/embedding-frameworks.md', SNIPPETS[name]);
    const script = await appOf(name, snippet.replaceAll('https://comments.example', url).replaceAll('gazette', site));
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.route(`${url}/try/app.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    const body = `<!doctype html><html lang="en"><title>An app</title><link rel="icon" href="data:,"><main id="app"></main>
    <script type="module" src="app.js"></script></html>`;
    await page.route(`${url}/try/`, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${url}/try/`);
    await comment(page, `Seen with ${name}`).waitFor();
    await write(page, 'Posted from an app');
    await postButton(page).click();
    await comment(page, 'Posted from an app').waitFor();
    const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    await shows(heard).toEqual([{ id: expect.any(String), status: 'published', parentId: null }]);
    expect(faults).toEqual([]);
    await context.close();
  },
);
