import { expect, test } from 'vitest';
import { createPageCache, type Page } from '../../src/http/cache/page-cache.ts';

const MILLION = 1_000_000;
const page = (length: number, tags = ''): Page => ({
  body: 'x'.repeat(length),
  headers: new Headers({ 'Cache-Tag': tags }),
  storedAt: 0,
  age: null,
  isOfNothing: false,
});

const heldOf = (cache: ReturnType<typeof createPageCache>, keys: string[]) => keys.filter((key) => cache.find(key));

test('the oldest pages make room for new ones, and a page kept anew is new', () => {
  const cache = createPageCache();
  const keys = Array.from({ length: 15 }, (_, n) => `page-${n}`);
  for (const key of keys) cache.insert(key, page(MILLION));
  expect(heldOf(cache, keys)).toEqual(keys);

  cache.insert('page-0', page(MILLION));
  cache.insert('one-more', page(MILLION));
  expect(heldOf(cache, ['one-more', ...keys])).toEqual(['one-more', ...keys.filter((key) => key !== 'page-1')]);
});

test('a page kept again, removed or purged a thousand times takes no more room than once', () => {
  const cache = createPageCache();
  cache.insert('first', page(MILLION));
  for (let n = 0; n < 1_000; n += 1) {
    cache.insert('again', page(MILLION));
    cache.insert('removed', page(MILLION));
    cache.remove('removed');
    cache.remove('removed');
    cache.insert('purged', page(MILLION, 'article:site:ferry'));
    cache.purge(['article:site:ferry']);
  }
  expect(heldOf(cache, ['first', 'again', 'removed', 'purged'])).toEqual(['first', 'again']);
});

test('many small pages are held for no more than they take, addresses and headers included', () => {
  const cache = createPageCache();
  const keys = Array.from({ length: 20_000 }, (_, n) => `page-${n}`);
  for (const key of keys) cache.insert(key, page(1));
  expect(heldOf(cache, keys).length).toBeLessThan(5_000);
});

test('an address takes room, too', () => {
  const cache = createPageCache();
  const keys = Array.from({ length: 2_000 }, (_, n) => `${n}`.padStart(15_000, '0'));
  for (const key of keys) cache.insert(key, page(1));
  // Each takes 15,000 for its address, 1 for its page and 4,000 for being kept.
  expect(heldOf(cache, keys)).toHaveLength(842);
});

test.each([
  [0, true],
  [1, false],
])('pages of 16 million bytes in all are held, and %i more: the oldest stays: %s', (more, stays) => {
  const cache = createPageCache();
  const kept = (key: string, size: number) => cache.insert(key, page(size - 4_000 - key.length));
  for (let n = 0; n < 7; n += 1) kept(`page-${n}`, 2 * MILLION);
  kept('half', MILLION);
  kept('rest', MILLION + more);
  expect(heldOf(cache, ['page-0', 'page-1', 'half', 'rest'])).toEqual([
    ...(stays ? ['page-0'] : []),
    'page-1',
    'half',
    'rest',
  ]);
});

test('a page of more than two million bytes is not kept, nor what it would have replaced', () => {
  const cache = createPageCache();
  const largest = (n: number) => page(2 * MILLION - 4_000 - 'key'.length + n);
  for (const [n, isKept] of [
    [-1, true],
    [0, true],
    [1, false],
  ] as const) {
    cache.insert('other', page(1));
    cache.insert('key', page(1));
    cache.insert('key', largest(n));
    expect([n, heldOf(cache, ['other', 'key'])]).toEqual([n, isKept ? ['other', 'key'] : ['other']]);
  }
});

test('a purge takes out what bears the tag itself, not one that begins like it', () => {
  const cache = createPageCache();
  cache.insert('one', page(1, 'article:site:ferry'));
  cache.insert('two', page(1, 'article:site:ferry-2'));
  cache.insert('both', page(1, 'site:site,article:site:ferry'));
  cache.purge(['article:site:ferry']);
  expect(heldOf(cache, ['one', 'two', 'both'])).toEqual(['two']);
});

test('pages of nothing, however many are asked for, drive out none of something', () => {
  const cache = createPageCache();
  const read = Array.from({ length: 100 }, (_, n) => `page-${n}`);
  for (const key of read) cache.insert(key, page(100_000));
  const unknown = Array.from({ length: 20_000 }, (_, n) => `unknown-${n}`);
  for (const key of unknown) {
    cache.insert(key, { ...page(300, 'article:site:none'), isOfNothing: true });
    cache.find(key);
  }
  expect(heldOf(cache, read)).toEqual(read);
  expect(heldOf(cache, unknown).length).toBeLessThan(250);
  expect(cache.find('unknown-19999')).not.toBeNull();
  cache.purge(['article:site:none']);
  expect(heldOf(cache, unknown)).toEqual([]);
});

test.each([
  ['cursors', (n: number) => `/v1/sites/a/articles/ferry/thread?cursor=c${n}`],
  ['lengths', (n: number) => `/v1/sites/a/articles/ferry/thread?limit=${n}&sort=top`],
  ['sets of keys', (n: number) => `/v1/sites/a/comment-counts?key=ferry&key=k${n}`],
  ['comments', (n: number) => `/v1/sites/a/articles/ferry/comments/${n}/replies`],
])('pages of many %s drive out none of those that everybody reads', (_, address) => {
  const cache = createPageCache();
  const read = ['thread', 'thread?sort=top', 'thread?sort=oldest', '', 'thread?section=sport'].map(
    (page) => `/v1/sites/a/articles/ferry/${page}`,
  );
  for (const key of read) cache.insert(key, page(100_000));
  const many = Array.from({ length: 1_000 }, (_, n) => address(n));
  for (const key of many) {
    cache.insert(key, page(100_000));
    cache.find(key);
  }
  expect(heldOf(cache, read)).toEqual(read);
  expect(heldOf(cache, many)).toEqual(many.slice(-38));
});

test.each([
  '/v1/sites/comments/articles/ferry/thread',
  '/v1/sites/a/articles/comments/thread',
  '/v1/sites/articles/articles/comments/thread',
  '/v1/sites/comments/articles/comments',
  '/v1/sites/a/comments?section=%2Fcomments%2F1%26limit%3D1',
])('a flood of single comments leaves %s where it is, whatever a site and an article are called', (read) => {
  const cache = createPageCache();
  const ORIGIN = 'https://comments.example';
  cache.insert(ORIGIN + read, page(100_000));
  for (let n = 0; n < 100; n += 1) {
    cache.insert(`${ORIGIN}/v1/sites/comments/articles/comments/comments/${n}`, page(100_000));
  }
  expect(cache.find(ORIGIN + read)).not.toBeNull();
});

test('a page that gets something, or loses it, is kept once', () => {
  const cache = createPageCache();
  for (const isOfNothing of [true, false, true]) {
    cache.insert('page', { ...page(1), isOfNothing });
    expect(cache.find('page')?.isOfNothing).toBe(isOfNothing);
  }
  cache.remove('page');
  expect(cache.find('page')).toBeNull();
});

test('a page that is read stays, however many others come', () => {
  const cache = createPageCache();
  cache.insert('read', page(MILLION));
  for (let n = 0; n < 1_000; n += 1) {
    cache.insert(`other-${n}`, page(MILLION));
    expect(cache.find('read')).not.toBeNull();
  }
});
