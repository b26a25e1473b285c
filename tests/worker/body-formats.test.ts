import { expect, test } from 'vitest';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import { type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

const SOURCE = 'Fish & *chips*\n\n- <b>one</b>\n- two';
const HTML =
  '<p dir="auto">Fish &amp; <em>chips</em></p><ul><li><p dir="auto">&lt;b&gt;one&lt;/b&gt;</p></li><li><p dir="auto">two</p></li></ul>';
const TEXT = 'Fish & chips\n<b>one</b>\ntwo';

interface Shown {
  body: unknown;
  tombstone: string | null;
  text?: string | null;
  html?: string | null;
}

/** Every comment of an answer, wherever it stands. */
const commentsIn = (value: unknown): Shown[] => {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(commentsIn);
  return 'tombstone' in value ? [value as Shown, ...below] : below;
};

/** A comment with a reply that is there and one that left a tombstone; and the addresses of all that shows them. */
const openTalk = async (): Promise<{ room: Newsroom; paths: string[] }> => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const top = await room.reader().say(SOURCE);
  const author = room.reader();
  const gone = await author.say('Gone soon.', { parentId: top.id });
  await room.reader().say(`${SOURCE}\n- three`, { parentId: gone.id });
  await author.erase(gone);
  const { at } = room;
  return { room, paths: [at.thread(), at.replies(top), at.comment(top), at.newestComments] };
};

test('beside each tree comes the same text as HTML or as plain text, on request and nowhere else', async () => {
  const { room, paths } = await openTalk();
  for (const path of paths) {
    const read = async (format: string) => commentsIn((await room.request('GET', `${path}?format=${format}`)).body);
    const [trees, texts, htmls] = [await read('tree'), await read('text'), await read('html')];
    expect(trees.length, path).toBeGreaterThan(1);
    for (const one of trees) expect(['text' in one, 'html' in one], path).toEqual([false, false]);
    for (const one of texts) expect(['text' in one, 'html' in one], path).toEqual([true, false]);
    for (const one of htmls) expect(['text' in one, 'html' in one], path).toEqual([false, true]);
    expect(texts.map(({ body }) => body)).toEqual(trees.map(({ body }) => body));
    expect(htmls.map(({ body }) => body)).toEqual(trees.map(({ body }) => body));
    const three = (text: string, more: string) => [text, text.replace(/(<\/ul>)?$/, `${more}$1`), null];
    for (const { text } of texts) expect(three(TEXT, '\nthree'), path).toContain(text);
    for (const { html } of htmls) expect(three(HTML, '<li><p dir="auto">three</p></li>'), path).toContain(html);
    for (const { tombstone, body, text } of texts) {
      expect([text === null, body === null], path).toEqual([tombstone !== null, tombstone !== null]);
    }
  }
});

test('an answer without a format is, byte for byte, the one with the tree alone, and has its address', async () => {
  const { room, paths } = await openTalk();
  for (const path of paths) {
    const [plain, tree] = [await room.request('GET', path), await room.request('GET', `${path}?format=tree`)];
    expect(JSON.stringify(plain.body)).toBe(JSON.stringify(tree.body));
    expect(plain.headers.get('ETag')).toBe(tree.headers.get('ETag'));
    const addressOf = (query: string) => publicAddressOf(new Request(`${ORIGIN}${path}${query}`));
    expect(addressOf('?format=tree')).toBe(`${ORIGIN}${path}`);
    expect(addressOf('?format=html')).toBe(`${ORIGIN}${path}?format=html`);
    expect(addressOf('?format=xml')).toBeNull();
    expect((await room.request('GET', `${path}?format=xml`)).status).toBe(400);
  }
});

test('each form is cached by itself and 304 to who has it', async () => {
  const { room, paths } = await openTalk();
  for (const path of paths) {
    for (const format of ['text', 'html']) {
      const { headers } = await room.request('GET', `${path}?format=${format}`);
      expect(headers.get('Cache-Control'), path).toMatch(/^public, /);
      const again = await room.request('GET', `${path}?format=${format}`, {
        headers: { 'If-None-Match': headers.get('ETag') ?? '' },
      });
      expect(again.status, path).toBe(304);
    }
  }
});
