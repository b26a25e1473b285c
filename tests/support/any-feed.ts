import * as fc from 'fast-check';
import type { Body } from '../../src/core/body/body.ts';
import type { RecentComment } from '../../src/core/front-page/read-recent.ts';
import { sortableId } from '../../src/core/platform/sortable-id.ts';
import { DEFAULT_SETTINGS, type Site } from '../../src/core/site/site.ts';

/** Texts that a reader or a publisher might write, and what a database might hold that none of them could. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    ']]>',
    '<!-- x',
    '</content>',
    '&amp;',
    '&#0;',
    '\u0000\u0008\u000b\u001f\u007f',
    '\ud800',
    'a\udc00b',
  ),
  fc.constantFrom(
    '\ufffe\uffff',
    '👩‍👩‍👧‍👦🏽',
    'שלום לכם',
    '\u202eevil\u202c',
    '\u2028\u2029\u0085',
    '<?xml?>',
    '\'"`',
  ),
);

const anyBody: fc.Arbitrary<Body> = fc.array(
  fc.oneof(
    anyText.map((text) => ({ t: 'p' as const, c: [text, { t: 'em' as const, c: [text] }] })),
    anyText.map((s) => ({ t: 'pre' as const, s })),
    anyText.map((text) => ({
      t: 'p' as const,
      c: [{ t: 'a' as const, href: `https://a.example/?${text}`, c: [text] }],
    })),
  ),
  { maxLength: 3 },
);

const anyComment = (n: number): fc.Arbitrary<RecentComment> =>
  fc
    .record({
      authorName: anyText,
      body: anyBody,
      isReply: fc.boolean(),
      isCut: fc.boolean(),
      editedAt: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: null }),
      createdAt: fc.integer({ min: 0, max: 4e12 }),
      headline: fc.option(anyText, { nil: null }),
      path: anyText,
    })
    .map(({ authorName, body, isReply, isCut, editedAt, createdAt, headline, path }) => {
      const id = sortableId(1_700_000_000_000 + n, new Uint8Array(7));
      return {
        comment: {
          ...{ id, authorName, body, isCut, editedAt, createdAt },
          ...{
            parentId: isReply ? sortableId(1, new Uint8Array(7)) : null,
            rootId: id,
            depth: isReply ? 1 : 0,
            path: id,
          },
          ...{ status: 'published', shadowed: false, upVotes: 0, downVotes: 0, replyCount: 0 },
        },
        article: { key: 'ferry', url: `https://news.example/${path}#part`, headline },
      };
    });

export const anyComments: fc.Arbitrary<RecentComment[]> = fc
  .integer({ min: 0, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => anyComment(n))));

export const anySite: fc.Arbitrary<Site> = fc.record({
  id: fc.constant('demo'),
  name: anyText,
  origins: fc.constantFrom([], ['https://news.example']),
  settings: fc.constant(DEFAULT_SETTINGS),
});
