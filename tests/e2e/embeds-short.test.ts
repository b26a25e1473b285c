import { expect, inject, it } from 'vitest';
import { blocks } from '../support/pages.ts';
import { openBrowser } from './browser.ts';
import { ARTICLE, comment, openSite } from './widget-page.ts';

/** What `embeds.test.ts` has done by others' programs, by hand: a short run waits for none of them. */

const { url } = inject('local');
const browser = await openBrowser();

const recipe = (page: string, marked: string): string => {
  const [block = ''] = blocks(page, marked);
  expect(block, marked).not.toBe('');
  return block;
};

const snippet = (marked: string): string => recipe('docs/embedding-frameworks.md', marked);

/** The page that each of them makes of its template, for an article with the key `ferry`; what is not known here fails. */
const RENDERED: Record<string, () => string> = {
  astro: () =>
    snippet('astro astro')
      .replace(/^---[\s\S]*?^---$/m, '')
      .replace(/ is:inline\b/, '')
      .replace('{article}', '"ferry"'),
  hugo: () => snippet('gotemplate hugo').replace('{{ .Params.commentsKey | default .RelPermalink }}', 'ferry'),
  ghost: () => snippet('handlebars ghost').replace('{{comment_id}}', 'ferry'),
  wordpress: () => {
    const php = snippet('php wordpress');
    const [, address = ''] = /wp_enqueue_script\( 'belowline', '([^']+)'/.exec(php) ?? [];
    const [, before, replaced] = /str_replace\( '([^']+)', '([^']+)', \$tag \)/.exec(php) ?? [];
    const tag = `<script src="${address}"></script>`.replace(before ?? '', replaced ?? '');
    const [, start, end] = /return \$content \. '([^']+)' \. \$article \. '([^']+)';/.exec(php) ?? [];
    return `${tag}${start}ferry${end}`;
  },
};

it.each(Object.keys(RENDERED))('the snippet for %s shows the thread', async (name) => {
  const { site, post } = await openSite();
  await post(`Seen with ${name}`);
  const html = (RENDERED[name]?.() ?? '').replaceAll('https://comments.example', url).replaceAll('gazette', site);
  // Nothing of a template's language is left.
  expect(html).not.toMatch(/[{}$]|<\?|undefined/);
  const context = await browser.newContext();
  const page = await context.newPage();
  const body = `<!doctype html><html lang="en"><title>An article</title><main>${html}</main></html>`;
  await page.route(`${url}/try/`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${url}/try/`);
  await comment(page, `Seen with ${name}`).waitFor();
  expect(await page.locator('#comments').evaluate((element) => element.localName)).toBe('belowline-comments');
  await context.close();
});

it('the plugin for WordPress is closed in all its brackets and quotes, and escapes what it prints', () => {
  const php = snippet('php wordpress');
  const open: string[] = [];
  const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  for (const [sign] of php
    .replace(/'(?:[^'\\]|\\.)*'/g, "''")
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .matchAll(/[()[\]{}]/g)) {
    if (sign in closing) expect(open.pop()).toBe(closing[sign]);
    else open.push(sign);
  }
  expect(open).toEqual([]);
  expect((php.match(/'/g) ?? []).length % 2).toBe(0);
  expect(php).toMatch(/^<\?php\n/);
  expect(php).toContain('$article = esc_attr( ');
});

it('the include for nginx leads to the thread', async () => {
  const { site, post } = await openSite();
  const { id } = await post('Seen with nginx');
  const nginx = recipe('docs/embedding.md', 'nginx');
  const [, prefix = ''] = /location (\S+) \{/.exec(nginx) ?? [];
  const [, behind = ''] = /proxy_pass (\S+);/.exec(nginx) ?? [];
  const [, virtual = ''] =
    /<!--# include virtual="([^"]+)" -->/.exec(recipe('docs/embedding.md', 'html include')) ?? [];
  expect(virtual.startsWith(prefix)).toBe(true);
  const address = virtual
    .replace(prefix, behind)
    .replace('https://comments.example', url)
    .replace('/gazette/', `/${site}/`)
    .replace('strait-ferry-talks', ARTICLE);
  expect(await (await fetch(address)).text()).toContain(`id="comment-${id}"`);
});
