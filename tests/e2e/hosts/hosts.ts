import { inject } from 'vitest';
import { ARTICLE_TEXT, FOOTER, type Host } from './host-page.ts';

const { url } = inject('local');

const plainBody = (element: string): string => `<main>${ARTICLE_TEXT}${element}</main>${FOOTER}`;

/** An app puts the element into the page first and says later what it is about. */
const LATE_ATTRIBUTES = `
  const place = document.querySelector('section');
  const element = document.createElement('belowline-comments');
  place.append(element);
  requestAnimationFrame(() => setTimeout(() => {
    element.article = 'ferry';
    setTimeout(() => { element.url = '/hosts/page.html'; element.site = place.dataset.site; });
  }));
`;

/** The fragment is the route; any other one is a page that is not there. */
const HASH_ROUTER = `
  const shown = document.querySelector('main').innerHTML;
  addEventListener('hashchange', () => {
    if (location.hash !== '#/post/a1') document.querySelector('main').textContent = 'No such page.';
  });
`;

/** Single keys do something, unless they are typed into a field of the page's own. */
const ONE_KEY_SHORTCUTS = `
  addEventListener('keydown', (event) => {
    if (!/^(INPUT|TEXTAREA)$/.test(event.target.tagName) && /^[a-z?/]$/.test(event.key)) event.preventDefault();
  });
`;

const HOSTILE_CSS = `
  :root { font-size: 8px; letter-spacing: .3em; word-spacing: 1em; text-transform: uppercase; line-height: 4; text-align: center }
  * { box-sizing: content-box; text-indent: 3em; line-height: 4; letter-spacing: .2em; white-space: nowrap; text-shadow: 0 0 9px red;
    -webkit-text-fill-color: transparent; font-variant: small-caps; font-style: italic; cursor: none; hyphens: auto; word-break: break-all }
  p, h1, article { white-space: normal }
  body { font-size: 16px }
  div, section, form, ol, li, label, select { display: none }
  button, input, textarea { display: block; position: fixed; width: 100%; height: 300px; background: red; border: 9px dotted }
  a { pointer-events: none } main { all: revert; display: block }
`;

/** Articles that come when the reader is near the end, each with its count. */
const ENDLESS_LIST = `
  const list = document.querySelector('ul');
  const end = document.querySelector('#end');
  new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting || list.children.length > 40) return;
    for (let n = 0; n < 10; n++) {
      const item = list.appendChild(document.createElement('li'));
      item.append('Another article, ', document.createElement('span'));
      item.lastChild.dataset.belowlineCount = n === 0 ? 'ferry' : 'article-' + n;
    }
  }).observe(end);
`;

export const HOSTS: Host[] = [
  { name: 'a plain page', body: plainBody },
  {
    name: 'a column of flex and a centred grid',
    body: (element) => `<main><div>${ARTICLE_TEXT}<section>${element}</section></div></main>${FOOTER}`,
    css: `body { display: flex; flex-direction: column; align-items: center } main { display: grid; place-items: center }
      div { display: flex; flex-direction: column; align-items: center } section { display: grid; justify-items: center }`,
  },
  { name: 'a root of 62.5 %', body: plainBody, css: 'html { font-size: 62.5% } body { font-size: 1.8rem }' },
  {
    name: 'a strict policy with Trusted Types',
    body: plainBody,
    policy: `default-src 'none'; style-src 'self'; script-src ${url}; connect-src ${url}; require-trusted-types-for 'script'; trusted-types 'none'`,
  },
  {
    name: 'an app with late attributes',
    body: (_, site) => `<main>${ARTICLE_TEXT}<section id="comments" data-site="${site}"></section></main>${FOOTER}`,
    css: 'section { min-height: 100vh }',
    script: LATE_ATTRIBUTES,
  },
  { name: 'a hash router', body: plainBody, script: HASH_ROUTER, hash: '#/post/a1' },
  { name: 'one-key shortcuts', body: plainBody, script: ONE_KEY_SHORTCUTS },
  { name: 'hostile styles', body: plainBody, css: HOSTILE_CSS },
  { name: 'quirks mode', body: plainBody, doctype: '' },
  { name: 'a sandboxed frame without an origin', body: plainBody, sandbox: 'allow-scripts' },
  {
    name: 'a sandboxed frame of the same origin',
    body: plainBody,
    sandbox: 'allow-scripts allow-forms allow-same-origin',
  },
  { name: 'a page from right to left', body: plainBody, html: 'lang="en" dir="rtl"' },
  {
    name: 'an endless list with counts',
    body: (element) => `<main>${ARTICLE_TEXT}${element}</main><ul></ul><p id="end">More below</p>`,
    script: ENDLESS_LIST,
  },
  {
    name: 'two widgets',
    body: (element, site) =>
      `<main>${ARTICLE_TEXT}${element}<belowline-comments site="${site}" article="harbour"></belowline-comments></main>${FOOTER}`,
  },
];
