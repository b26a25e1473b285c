import { expect, test } from 'vitest';
import type { OwnComment } from '../../src/core/comment/own-comment.ts';
import { sortableId } from '../../src/core/platform/sortable-id.ts';
import type { ShownComment } from '../../src/core/thread/shown-comment.ts';
import { verificationView } from '../../src/http/views/log.ts';
import { dossierView } from '../../src/http/views/moderation.ts';
import { ownCommentView } from '../../src/http/views/own-comment.ts';
import { commentView, repliesView } from '../../src/http/views/thread.ts';

const AT = Date.UTC(2026, 0, 2, 10, 30);
const WRITTEN = '2026-01-02T10:30:00.000Z';

const comment = (fields: Partial<OwnComment & ShownComment> = {}): OwnComment & ShownComment =>
  ({
    id: 'a',
    siteId: 'news',
    articleKey: 'ferry',
    readerId: 'ada',
    parentId: null,
    rootId: 'a',
    depth: 0,
    path: 'a',
    status: 'published',
    revision: 1,
    authorName: 'Ada',
    body: [],
    source: 'text',
    upVotes: 3,
    downVotes: 2,
    replyCount: 4,
    createdAt: AT,
    editedAt: null,
    shadowed: false,
    reason: null,
    isCut: false,
    ...fields,
  }) as OwnComment & ShownComment;

const SEEN = { authorName: 'Ada', body: [], isCut: false, upVotes: 3, downVotes: 2 };
const HIDDEN = { authorName: null, body: null, isCut: false, upVotes: 0, downVotes: 0 };

test.each([
  [{ status: 'published' }, { tombstone: null, editedAt: null, ...SEEN }],
  [
    { status: 'approved', editedAt: AT },
    { tombstone: null, editedAt: WRITTEN, ...SEEN },
  ],
  [
    { status: 'rejected', editedAt: AT },
    { tombstone: 'removed', editedAt: null, ...HIDDEN },
  ],
  [
    { status: 'rejected', shadowed: true },
    { tombstone: 'held', editedAt: null, ...HIDDEN },
  ],
  [{ status: 'spam' }, { tombstone: 'removed', editedAt: null, ...HIDDEN }],
  [{ status: 'pending' }, { tombstone: 'held', editedAt: null, ...HIDDEN }],
  [
    { status: 'deleted', editedAt: AT },
    { tombstone: 'deleted', editedAt: null, ...HIDDEN },
  ],
] as const)('everybody sees of a comment with %j what is for everybody', (fields, seen) => {
  const place = { id: 'a', parentId: null, rootId: 'a', depth: 0, createdAt: WRITTEN };
  expect(commentView(comment(fields))).toEqual({ ...place, ...seen, replyCount: 4 });
});

test.each([
  ['tree', {}, {}],
  ['text', { text: 'a < b' }, { text: null }],
  ['html', { html: '<p dir="auto">a &lt; <em>b</em></p>' }, { html: null }],
] as const)('the format %s adds to a comment %j, and to a tombstone %j', (format, shown, hidden) => {
  const written = comment({ body: [{ t: 'p', c: ['a < ', { t: 'em', c: ['b'] }] }] });
  const erased: typeof written = { ...written, status: 'deleted' };
  expect(commentView(written, format)).toStrictEqual({ ...commentView(written), ...shown });
  expect(commentView(erased, format)).toStrictEqual({ ...commentView(erased), ...hidden });
});

test('a top-level comment alone counts its replies', () => {
  const depths = [0, 1, 2].map((depth) => comment({ depth }));
  expect(depths.map((one) => commentView(one).replyCount)).toEqual([4, null, null]);
  expect(depths.map((one) => ownCommentView(one, { editWindowMinutes: 5 }, AT).replyCount)).toEqual([4, null, null]);
});

test.each([
  [{ status: 'published' }, 0, '2026-01-02T10:35:00.000Z'],
  [{ status: 'published' }, 300_000, '2026-01-02T10:35:00.000Z'],
  [{ status: 'published' }, 300_001, null],
  [{ status: 'pending' }, 300_000, '2026-01-02T10:35:00.000Z'],
  [{ status: 'rejected' }, 0, null],
  [{ status: 'rejected', shadowed: true }, 300_000, '2026-01-02T10:35:00.000Z'],
] as const)('an author may change %j, %i milliseconds old, until %s', (fields, age, until) => {
  expect(ownCommentView(comment(fields), { editWindowMinutes: 5 }, AT + age).editableUntil).toBe(until);
});

test.each([
  [{ status: 'published', reason: 'Fine.' }, null, null],
  [{ status: 'rejected', reason: 'Off topic.' }, 'Off topic.', null],
  [{ status: 'rejected', reason: '' }, null, null],
  [{ status: 'rejected', reason: null }, 'It contains words that this site does not accept.', null],
  [{ status: 'rejected', shadowed: true, reason: 'Off topic.' }, null, null],
  [{ status: 'deleted', reason: 'Off topic.' }, null, 'deleted'],
] as const)('an author is told of %j the reason %s', (fields, reason, tombstone) => {
  const view = ownCommentView(comment(fields), { editWindowMinutes: 5 }, AT);
  expect([view.reason, view.tombstone]).toEqual([reason, tombstone]);
});

test('an author sees when a comment was changed', () => {
  const edited = (editedAt: number | null) =>
    ownCommentView(comment({ editedAt }), { editWindowMinutes: 5 }, AT).editedAt;
  expect([edited(null), edited(AT)]).toEqual([null, WRITTEN]);
});

test('a list of replies goes on after its last one, where there are more', () => {
  const replies = [comment({ path: 'b' }), comment({ path: 'c' })];
  const next = (page: { replies: ShownComment[]; hasMore: boolean }) =>
    repliesView('a', page, (under, last) => `${under} after ${last.path}`, 'tree').next;
  expect(next({ replies, hasMore: true })).toBe('a after c');
  expect(next({ replies, hasMore: false })).toBeNull();
  expect(next({ replies: [], hasMore: true })).toBe('a after ');
});

const entry = (editedAt: number | null, banUntil: number | null) =>
  ({
    comment: { ...comment({ editedAt }), authorEmail: 'ada@mail.example', signals: [], flagCount: 1, setAsideVotes: 2 },
    article: { key: 'ferry', url: null, headline: null, section: null },
    parent: null,
    reader: { id: 'ada', commentCount: 5, approvedCount: 3, rejectedCount: 1, firstSeenAt: AT, ban: null, banUntil },
  }) as never;

test('a moderator reads who did what, by name or as the author, with each time as text', () => {
  const deed = { from: null, to: null, reason: '', votes: null, at: AT };
  const view = dossierView(
    {
      entry: entry(AT, AT),
      events: [
        { ...deed, kind: 'edit', moderatorName: null },
        { ...deed, kind: 'reject', moderatorName: 'Mara' },
      ],
      flags: [{ reason: 'spam', note: 'n', at: AT }],
      history: [{ id: 'z', body: [], status: 'spam', articleKey: 'ferry', headline: null, createdAt: AT }],
    },
    AT - 1,
  );
  expect(view.events.map(({ by, at }) => [by, at])).toEqual([
    ['author', WRITTEN],
    ['Mara', WRITTEN],
  ]);
  expect(view.flags).toEqual([{ reason: 'spam', note: 'n', at: WRITTEN }]);
  expect(view.history.map(({ id, createdAt }) => [id, createdAt])).toEqual([['z', WRITTEN]]);
  expect([view.source, view.item.editedAt, view.item.reader.banUntil]).toEqual(['text', WRITTEN, WRITTEN]);
  const { item } = dossierView({ entry: entry(null, null), events: [], flags: [], history: [] }, AT);
  expect([item.editedAt, item.reader.banUntil, item.reader.firstSeenAt]).toEqual([null, null, WRITTEN]);
});

test('a broken interval at the beginning of the log has no start; any other has its time', () => {
  const id = sortableId(AT, new Uint8Array(7));
  const broken = (after: string) => ({ after, upTo: id, fault: 'changed' as const, sealedAt: AT });
  const last = { lastId: id, hash: 'h', sealedAt: AT } as never;
  const checked = { seals: 2, events: 9, next: null };
  expect(verificationView({ ...checked, broken: [broken(''), broken(id)], last })).toEqual({
    ...checked,
    broken: [
      { fault: 'changed', after: null, from: null, upTo: id, to: WRITTEN },
      { fault: 'changed', after: id, from: WRITTEN, upTo: id, to: WRITTEN },
    ],
    last: { upTo: id, hash: 'h', sealedAt: WRITTEN },
  });
  expect(verificationView({ ...checked, broken: [], last: null }).last).toBeNull();
});
