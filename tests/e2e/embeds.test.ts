import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { renderedByAstro } from '../embeds/astro.ts';
import { renderedByGhost } from '../embeds/ghost.ts';
import { builtWithHugo } from '../embeds/hugo.ts';
import { servedByNginx } from '../embeds/nginx.ts';
import { shownByWordPress } from '../embeds/wordpress.ts';
import { installPackage } from '../support/install-package.ts';
import { blocks } from '../support/pages.ts';
import { openBrowser } from './browser.ts';
import { ARTICLE, comment, openSite } from './widget-page.ts';

/**
 * The recipes of the docs for others' programs, read by these programs. Those of Debian's are found, or installed, when
 * the files above are imported: no test has the time to wait for that.
 */

// A package of its own: a publisher has a template language, Belowline has none.
await installPackage(join(ROOT, 'tests/embeds'));

const { url } = inject('local');
const browser = await openBrowser();

/** A recipe, for this site of the server under test. */
const recipe = (page: string, marked: string, site: string): string => {
  const [block = ''] = blocks(page, marked);
  expect(block, marked).not.toBe('');
  return block
    .replaceAll('https://comments.example', url)
    .replaceAll('/gazette/', `/${site}/`)
    .replaceAll('"gazette"', `"${site}"`);
};

const snippet = (marked: string, site: string): string => recipe('docs/embedding-frameworks.md', marked, site);

/** A new site with one comment under the article of this key. */
async function siteWith(article: string) {
  const { site, post, putArticle } = await openSite();
  await putArticle(article, {});
  await post(`Said of ${article}`, null, undefined, article);
  return site;
}

/** Opens this page in Chromium: it has one widget, with the comment under the article of this key. */
async function expectThread(html: string, article: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.route(`${url}/try/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${url}/try/`);
  await comment(page, `Said of ${article}`).waitFor();
  expect(await page.locator('#comments').evaluate((element) => element.localName)).toBe('belowline-comments');
  expect(await page.locator('belowline-comments').count()).toBe(1);
  expect(faults).toEqual([]);
  await context.close();
}

it('Hugo takes the path of a page for the key, and a key of its front matter before that', async () => {
  const site = await siteWith('/posts/ferry/');
  const pages = builtWithHugo(snippet('gotemplate hugo', site), {
    'posts/ferry': 'title = "Ferry"',
    'posts/moved': 'title = "Moved"\ncommentsKey = "/posts/ferry/"',
  });
  await expectThread(pages['posts/ferry'] ?? '', '/posts/ferry/');
  await expectThread(pages['posts/moved'] ?? '', '/posts/ferry/');
});

it('the component for Astro shows the thread of its article', async () => {
  const site = await siteWith(ARTICLE);
  const component = await renderedByAstro(snippet('astro astro', site), { article: ARTICLE });
  await expectThread(`<!doctype html><html lang="en"><title>An article</title>${component}</html>`, ARTICLE);
});

it('a theme for Ghost shows the thread of the post, by its id', async () => {
  const id = '5c7ece47da174000c0c5c6d7';
  const site = await siteWith(id);
  const post = { title: 'The ferry sails', html: '<p>Again.</p>', comment_id: id };
  await expectThread(renderedByGhost(snippet('handlebars ghost', site), post), id);
});

it.each(['html5', 'xhtml'] as const)(
  'the plugin for WordPress shows the thread of a post in place of its own form, in a theme of %s',
  async (theme) => {
    const site = await siteWith('post-7');
    const html = shownByWordPress(snippet('php wordpress', site), { theme });
    expect(html).not.toContain('commentform');
    expect(html).toMatch(/<script [^>]*src="data:[^>]*id="theme-js">/);
    expect(html.match(/type="module" async/g)).toHaveLength(1);
    await expectThread(html, 'post-7');
  },
);

it.each([
  ['a page', 'page'],
  ['the list of posts', 'home'],
] as const)('the plugin for WordPress puts nothing into %s', (_, kind) => {
  const html = shownByWordPress(snippet('php wordpress', 'gazette'), { kind });
  expect(html).toContain('<p>The ferry sails.</p>');
  expect(html).not.toContain('belowline');
});

/** Reads pages of a publisher's at nginx, without script. */
async function readAtNginx(address: string, path: string) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const answer = await page.goto(`${address}/${path}`);
  expect(answer?.status()).toBe(200);
  return page;
}

const withInclude = (line: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Ferry</title><body><h1>Ferry</h1>${line}</body></html>`;

const servedFor = (site: string, belowline = url): Promise<string> => {
  const line = recipe('docs/embedding.md', 'html include', site);
  const include = (article: string): string => withInclude(line.replace('strait-ferry-talks', article));
  return servedByNginx(recipe('docs/embedding.md', 'nginx', site).replace(url, belowline), {
    'ferry.html': include(ARTICLE),
    'unknown.html': include('unknown'),
    'no-comments.html': '',
  });
};

it('nginx puts the thread into the page, and nothing where there is none', async () => {
  const { site, post } = await openSite({ unknownArticles: 'refuse' });
  const { id } = await post('The ferry was späť.');
  const nginx = await servedFor(site);
  const page = await readAtNginx(nginx, 'ferry.html');
  expect(await page.locator(`#comments .belowline-thread #comment-${id}`).innerText()).toContain('The ferry was späť.');
  const without = await readAtNginx(nginx, 'unknown.html');
  expect(await without.locator('body').innerText()).toBe('Ferry');
  // The include's address is for nginx alone.
  expect(await (await fetch(`${nginx}/comments/${ARTICLE}/thread.html`)).text()).toBe('');
});

it('nginx shows the page without a thread while Belowline does not answer', async () => {
  // The first port of all has no server.
  const page = await readAtNginx(await servedFor('gazette', 'http://127.0.0.1:1'), 'ferry.html');
  expect(await page.locator('body').innerText()).toBe('Ferry');
});
