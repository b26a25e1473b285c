import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '../../src/core/body/body.ts';
import { markup } from '../../src/core/text/markup.ts';
import { bodyHtml } from '../../src/http/views/body-html.ts';

const html = (body: Body): string => String(bodyHtml(body));

test('a tree is HTML with its links marked as readers’ own', () => {
  const body: Body = [
    {
      t: 'p',
      c: ['a ', { t: 'strong', c: ['b'] }, { t: 'br' }, { t: 'a', href: 'https://a.example/?a=1&b=2', c: ['c'] }],
    },
    { t: 'ol', start: 3, c: [[{ t: 'p', c: ['d'] }]] },
    { t: 'quote', c: [{ t: 'pre', s: '<e>' }] },
  ];
  expect(html(body)).toBe(
    '<p dir="auto">a <strong>b</strong><br/><a href="https://a.example/?a=1&amp;b=2" rel="nofollow ugc noopener noreferrer">c</a></p>' +
      '<ol start="3"><li><p dir="auto">d</p></li></ol><blockquote><pre><code>&lt;e&gt;</code></pre></blockquote>',
  );
});

test('items have the numbers that were written', () => {
  const items = ['a', 'b'].map((text): Body => [{ t: 'p', c: [text] }]);
  expect(html([{ t: 'ol', numbers: [1, 3], c: items }])).toBe(
    '<ol><li value="1"><p dir="auto">a</p></li><li value="3"><p dir="auto">b</p></li></ol>',
  );
});

test('an address that is none of the web’s is no link', () => {
  expect(html([{ t: 'p', c: [{ t: 'a', href: 'javascript:alert(1)', c: ['x'] }] }])).toBe('<p dir="auto">x</p>');
});

test('whatever is put in is text: no sign of it opens a tag, ends a value or is not XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const put = String(markup`<p title="${text}">${[text, null, false]}</p>`);
      const inside = put.slice('<p title="'.length, -'</p>'.length);
      expect(inside.replace('">', '')).not.toMatch(
        /[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)|(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u,
      );
    }),
  );
  expect(String(markup`${'\u0000a\u001b\ud800b'}`)).toBe('ab');
});

test('what is markup already is put in as it is', () => {
  expect(String(markup`<i>${markup`<b>${'&'}</b>`}</i>`)).toBe('<i><b>&amp;</b></i>');
});
