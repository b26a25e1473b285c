import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { CHARACTERS, decodeHTMLStrict } from '../../src/core/body/entities.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';

// Node's own import: Vite would put our own in its place.
const whole = createRequire(import.meta.url)('entities') as { decodeHTMLStrict(text: string): string };

const LATIN_1 = Array.from({ length: 96 }, (_, i) => String.fromCharCode(0xa0 + i));

describe('the characters with names', () => {
  test('are what HTML says', () => {
    for (const [name, character] of CHARACTERS) {
      expect([name, decodeHTMLStrict(`&${name};`)]).toEqual([name, whole.decodeHTMLStrict(`&${name};`)]);
      expect([name, [...character].length]).toEqual([name, 1]);
    }
  });

  test('have every letter and sign of Latin-1 among them, the signs of HTML and those of typography', () => {
    const characters = [...CHARACTERS.values()];
    expect(characters).toEqual(expect.arrayContaining([...LATIN_1, ...`&<>"'–—‘’‚“”„‹›…•€™`]));
    expect(CHARACTERS.size).toBe(144);
  });

  test('are the only ones: another name stays as it was typed, and so does a half of one', () => {
    for (const text of ['&alpha;', '&constructor;', '&;', '&AMP;', '&Euro;', '&amp', '&nbsp', '&notin;']) {
      expect(parseBody(text).text).toBe(text);
    }
  });

  test('are read in a text, an address, a link’s label and by number, and nowhere in code', () => {
    expect(parseBody('5 &euro; &ndash; caf&eacute; &#8364; &#x20AC;').text).toBe('5 € – café € €');
    expect(parseBody('[a&amp;b](https://a.example/?a=1&amp;b=2 "c&quot;")').body).toEqual([
      { t: 'p', c: [{ t: 'a', href: 'https://a.example/?a=1&b=2', c: ['a&b'] }] },
    ]);
    expect(parseBody('`&amp;`').text).toBe('&amp;');
  });
});
