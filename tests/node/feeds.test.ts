import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonFeed } from '../../src/contract/feed.ts';
import type { RecentComment } from '../../src/core/front-page/read-recent.ts';
import { DEFAULT_SETTINGS } from '../../src/core/site/site.ts';
import { atomFeed } from '../../src/http/views/atom-feed.ts';
import { siteFeed } from '../../src/http/views/feed.ts';
import { jsonFeed } from '../../src/http/views/json-feed.ts';
import { anyComments, anySite, anyText } from '../support/any-feed.ts';

const SELF = 'https://comments.example/v1/sites/demo/feed.atom?section=World&limit=5';
const SITE = { id: 'demo', name: 'News', origins: ['https://news.example'], settings: DEFAULT_SETTINGS };
const WHOLE = { kind: 'site', label: '' } as const;

const comment = (id: string, fields: Partial<RecentComment['comment']> = {}): RecentComment => ({
  comment: {
    ...{ id, parentId: null, rootId: id, depth: 0, path: '', status: 'published', shadowed: false },
    ...{ authorName: 'Ada', body: [{ t: 'p', c: [`Text of ${id}.`] }], isCut: false, upVotes: 0, downVotes: 0 },
    ...{ replyCount: 0, createdAt: Date.UTC(2026, 0, 2), editedAt: null },
    ...fields,
  },
  article: { key: 'ferry', url: 'https://news.example/ferry#talks', headline: 'Ferry talks' },
});

const feedOf = (...comments: RecentComment[]) => siteFeed(SITE, WHOLE, comments, SELF);

/** The texts of the elements of a name, as they are written. */
const texts = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text]) => text as string);

describe('an Atom feed', () => {
  const edited = comment('b', { editedAt: Date.UTC(2026, 0, 3) });
  const xml = atomFeed(feedOf(edited, comment('c', { parentId: 'a', rootId: 'a', depth: 1, authorName: 'Bo' })));

  test('has the elements that RFC 4287 asks a feed for: one id, one title, one time of change', () => {
    const [head = ''] = xml.split('<entry>');
    expect(texts(head, 'id')).toEqual(['tag:belowline,2026:demo']);
    expect(texts(head, 'title')).toEqual(['Comments · News']);
    expect(texts(head, 'updated')).toEqual(['2026-01-03T00:00:00.000Z']);
    expect(head).toContain(
      '<link rel="self" type="application/atom+xml" href="https://comments.example/v1/sites/demo/feed.atom?section=World&amp;limit=5"/>',
    );
    expect(head).toContain('<link rel="alternate" type="text/html" href="https://news.example"/>');
  });

  test('has the elements that RFC 4287 asks an entry for, and both times', () => {
    const [, first = '', second = ''] = xml.split('<entry>');
    expect(texts(first, 'id')).toEqual(['tag:belowline,2026:demo/comments/b']);
    expect(texts(first, 'title')).toEqual(['Ada on Ferry talks']);
    expect(first).toContain('<link rel="alternate" type="text/html" href="https://news.example/ferry#comment-b"/>');
    expect(texts(first, 'published')).toEqual(['2026-01-02T00:00:00.000Z']);
    expect(texts(first, 'updated')).toEqual(['2026-01-03T00:00:00.000Z']);
    expect(texts(first, 'name')).toEqual(['Ada']);
    expect(texts(first, 'content')).toEqual(['&lt;p dir=&quot;auto&quot;&gt;Text of b.&lt;/p&gt;']);
    expect(first).not.toContain('thr:');
    expect(texts(second, 'title')).toEqual(['Reply by Bo on Ferry talks']);
    expect(second).toContain(
      '<thr:in-reply-to ref="tag:belowline,2026:demo/comments/a" type="text/html" href="https://news.example/ferry#comment-a"/>',
    );
  });

  test('is a feed without entries too', () => {
    const empty = atomFeed(feedOf());
    expect(texts(empty, 'updated')).toEqual(['1970-01-01T00:00:00.000Z']);
    expect(empty).not.toContain('<entry>');
  });
});

test('a JSON feed has what version 1.1 asks for, and says which comment each answers', () => {
  const reply = comment('c', { parentId: 'b', rootId: 'b', depth: 1, isCut: true });
  expect(JSON.parse(jsonFeed(feedOf(reply)))).toEqual({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Comments · News',
    home_page_url: 'https://news.example',
    feed_url: SELF,
    items: [
      {
        id: 'tag:belowline,2026:demo/comments/c',
        url: 'https://news.example/ferry#comment-c',
        title: 'Reply by Ada on Ferry talks',
        content_html:
          '<p dir="auto">Text of c.</p><p dir="auto"><a href="https://news.example/ferry#comment-c" rel="nofollow ugc noopener noreferrer">…</a></p>',
        content_text: 'Text of c. …',
        date_published: '2026-01-02T00:00:00.000Z',
        date_modified: '2026-01-02T00:00:00.000Z',
        authors: [{ name: 'Ada' }],
        _belowline: { in_reply_to: 'tag:belowline,2026:demo/comments/b' },
      },
    ],
  });
});

test.each(['deleted', 'rejected', 'pending', 'spam'] as const)('a comment that is %s is in no feed', (status) => {
  expect(feedOf(comment('b', { status }), comment('c')).entries.map(({ url }) => url)).toEqual([
    'https://news.example/ferry#comment-c',
  ]);
});

test('a feed has at most 256 kB, and its newest entries', () => {
  const long = Array.from({ length: 50 }, (_, n) => comment(`b${n}`, { body: [{ t: 'p', c: ["'".repeat(3_000)] }] }));
  const xml = atomFeed(feedOf(...long));
  expect(new TextEncoder().encode(xml).length).toBeLessThan(256_000);
  expect(texts(xml, 'id').slice(0, 3)).toEqual(
    ['', '/comments/b0', '/comments/b1'].map((end) => `tag:belowline,2026:demo${end}`),
  );
});

const NO_FEED_HAS = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

test('whatever is written, an id is a tag of its own for each comment, and no feed holds a control character', () => {
  fc.assert(
    fc.property(
      anySite,
      fc.record({ kind: fc.constant('topic' as const), label: anyText }),
      anyComments,
      (site, list, comments) => {
        const feed = siteFeed(site, list, comments, SELF);
        const again = siteFeed(site, list, comments, 'https://elsewhere.example/v1/sites/demo/feed.atom');
        const ids = [feed.id, ...feed.entries.map(({ id }) => id)];
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual([again.id, ...again.entries.map(({ id }) => id)]);
        for (const id of ids) expect(id).toMatch(/^tag:belowline,2026:[\w.!~*'()%/-]+$/);
        expect(atomFeed(feed)).not.toMatch(NO_FEED_HAS);
        const json = JSON.parse(jsonFeed(feed));
        expect(JsonFeed.parse(json)).toEqual(json);
        for (const item of json.items) {
          for (const text of [item.title, item.content_html, item.content_text, item.authors[0].name]) {
            expect(text).not.toMatch(NO_FEED_HAS);
          }
        }
      },
    ),
  );
});
