import * as fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { atomFeed } from '../../src/http/views/atom-feed.ts';
import { siteFeed } from '../../src/http/views/feed.ts';
import { anyComments, anySite } from '../support/any-feed.ts';
import { openBrowser } from './browser.ts';
import { openWindow } from './console-desk.ts';
import { openSite } from './widget-page.ts';

const { url } = inject('local');

const browser = await openBrowser();

/** A document as the browser's own parser of XML reads it. */
const readXml = (documents: string[]) => {
  const ATOM = 'http://www.w3.org/2005/Atom';
  const parser = new DOMParser();
  return documents.map((text) => {
    const xml = parser.parseFromString(text, 'application/xml');
    const all = (from: Document | Element, name: string) => [...from.getElementsByTagNameNS(ATOM, name)];
    return {
      fault: xml.querySelector('parsererror')?.textContent ?? null,
      root: `${xml.documentElement.namespaceURI} ${xml.documentElement.localName}`,
      entries: all(xml, 'entry').map((entry) => ({
        elements: [...entry.children].map(({ localName }) => localName),
        name: all(entry, 'name')[0]?.textContent ?? '',
        links: all(entry, 'link').map((link) => link.getAttribute('href') ?? ''),
        content: new DOMParser().parseFromString(all(entry, 'content')[0]?.textContent ?? '', 'text/html').body
          .innerText,
      })),
    };
  });
};

test('whatever is written, an Atom feed is XML with each of its comments', async () => {
  const { page } = await openWindow(browser);
  const samples = fc.sample(fc.tuple(anySite, anyComments), { numRuns: 400, seed: 4_287 });
  const feeds = samples.map(([site, comments]) =>
    siteFeed(site, { kind: 'site', label: '' }, comments, 'https://comments.example/feed.atom'),
  );
  const read = await page.evaluate(readXml, feeds.map(atomFeed));
  expect(read.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  expect(new Set(read.map(({ root }) => root))).toEqual(new Set(['http://www.w3.org/2005/Atom feed']));
  const shared = ['published', 'updated', 'author'];
  feeds.forEach((feed, n) => {
    const entries = read[n]?.entries ?? [];
    expect(entries.map(({ elements }) => elements)).toEqual(
      feed.entries.map(({ inReplyTo }) => [
        'id',
        'title',
        'link',
        ...shared,
        ...(inReplyTo ? ['in-reply-to'] : []),
        'content',
      ]),
    );
    // From white space an XML parser makes one line end of two signs.
    const lines = (text: string) => text.replace(/\r\n?/g, '\n');
    expect(entries.map(({ name }) => name)).toEqual(feed.entries.map(({ authorName }) => lines(authorName)));
  });
});

test('a posted comment is read out of the feed of its article and of its site', async () => {
  const { site, post } = await openSite();
  await post('Fish & chips <b>not bold</b> ]]> end.');
  const { page } = await openWindow(browser);
  for (const path of ['feed.atom', 'articles/ferry/feed.atom']) {
    const [read] = await page.evaluate(readXml, [await (await fetch(`${url}/v1/sites/${site}/${path}`)).text()]);
    expect(read?.fault).toBeNull();
    expect(read?.entries.map(({ content }) => content.trim())).toEqual(['Fish & chips <b>not bold</b> ]]> end.']);
    expect(read?.entries[0]?.links[0]).toMatch(/#comment-[0-9a-z]{16}$/);
  }
});
