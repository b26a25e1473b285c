import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentLink } from '../../src/contract/comment-link.ts';

const ID = '0j2k4m6n8p0q2r4s';

test.each([
  ['https://paper.example/a', `https://paper.example/a#comment-${ID}`],
  ['https://paper.example/a?p=1', `https://paper.example/a?p=1#comment-${ID}`],
  ['https://paper.example/a?p=1#top', `https://paper.example/a?p=1#comment-${ID}`],
  ['https://paper.example/a?p=1&', `https://paper.example/a?p=1#comment-${ID}`],
  ['https://paper.example/a?', `https://paper.example/a#comment-${ID}`],
  ['https://paper.example/a?&', `https://paper.example/a#comment-${ID}`],
  ['https://paper.example/a?q=why?', `https://paper.example/a?q=why?#comment-${ID}`],
  ['https://paper.example/a??', `https://paper.example/a??#comment-${ID}`],
  ['https://paper.example/a&', `https://paper.example/a&#comment-${ID}`],
  ['https://paper.example/#/post/a1', `https://paper.example/?comment=${ID}#/post/a1`],
  ['https://paper.example/?q=1#!a?b#c', `https://paper.example/?q=1&comment=${ID}#!a?b#c`],
  ['https://paper.example/?#/', `https://paper.example/?comment=${ID}#/`],
  ['https://paper.example/?&#/', `https://paper.example/?comment=${ID}#/`],
])('the comment stands behind the address %s', (article, link) => {
  expect(commentLink(ID, article)).toBe(link);
});

test('a link is the address of the article, with the comment in one place and a route that stays', () => {
  const page = fc.webUrl({ withQueryParameters: true });
  const fragment = fc.oneof(
    fc.constant(''),
    fc.webFragments().map((text) => `#${text}`),
  );
  fc.assert(
    fc.property(page, fragment, fc.constantFrom('', '/', '!'), (address, text, route) => {
      const article = new URL(address + (text ? `#${route}${text.slice(1)}` : ''));
      const link = new URL(commentLink(ID, article.href));
      expect(link.origin + link.pathname).toBe(article.origin + article.pathname);
      const isRoute = /^#[/!]/.test(article.hash);
      expect(link.hash).toBe(isRoute ? article.hash : `#comment-${ID}`);
      const without = link.search.replace(new RegExp(`[?&]comment=${ID}$`), '');
      expect(without).toBe(article.search.replace(/&$/, '').replace(/^\?$/, ''));
      expect(link.search !== without).toBe(isRoute);
    }),
  );
});
