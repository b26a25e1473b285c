import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommentView } from '../../src/contract/thread.ts';
import { sortableId } from '../../src/core/platform/sortable-id.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const openWith = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  return room;
};

const say = async (room: Newsroom, parentId?: string): Promise<string> =>
  (await room.reader().say(undefined, parentId === undefined ? {} : { parentId })).id;

const sayAll = async (room: Newsroom, count: number, parentId?: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await say(room, parentId));
  return ids;
};

const idsOf = (comments: { id: string }[]) => comments.map(({ id }) => id);

const besides = async (room: Newsroom, id: string) => {
  const { siblings } = (await room.public.permalink(id)).body;
  return [idsOf(siblings.earlier), idsOf(siblings.later)];
};

describe('the siblings of a comment', () => {
  test.each(['top-level comments', 'replies'])(
    'are the three before it and the three after it, of %s',
    async (kind) => {
      const room = await openWith();
      const parent = kind === 'replies' ? await say(room) : undefined;
      const ids = await sayAll(room, 8, parent);
      // Replies below them are not beside it, nor are comments elsewhere.
      await sayAll(room, 2, await say(room, ids[2]));
      await say(room, ids[4]);
      await say(room, parent === undefined ? ids[3] : await say(room));
      expect(await besides(room, ids[3] ?? '')).toEqual([ids.slice(0, 3), ids.slice(4, 7)]);
      expect(await besides(room, ids[4] ?? '')).toEqual([ids.slice(1, 4), ids.slice(5, 8)]);
      expect((await besides(room, ids[0] ?? ''))[0]).toEqual([]);
      if (parent !== undefined) expect((await besides(room, ids[7] ?? ''))[1]).toEqual([]);
    },
  );

  test('are shown as everywhere: a tombstone without its text, and nothing of what is not there', async () => {
    const room = await openWith();
    const parent = await say(room);
    const [stone = '', gone = '', named = ''] = await sayAll(room, 3, parent);
    await say(room, stone);
    await room.desk().decide(stone, 'reject', 'published');
    await room.desk().decide(gone, 'reject', 'published');
    const { siblings } = (await room.public.permalink(named)).body;
    expect(siblings).toMatchObject({
      earlier: [{ id: stone, tombstone: 'removed', body: null, authorName: null }],
      later: [],
    });
  });
});

type Status = 'published' | 'approved' | 'pending' | 'rejected' | 'spam' | 'deleted';
interface Leaf {
  id: string;
  parent: Leaf | null;
  status: Status;
}

const isVisible = ({ status }: Leaf) => status === 'published' || status === 'approved';

/** The surroundings by the rules, found by looking at all of a tree. */
const bruteForce = (tree: Leaf[]) => {
  const childrenOf = (parent: Leaf | null) =>
    tree.filter((leaf) => leaf.parent === parent && isListed(leaf)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const isListed = (leaf: Leaf): boolean =>
    isVisible(leaf) || tree.some((child) => child.parent === leaf && isListed(child));
  const aboveOf = ({ parent }: Leaf): Leaf[] => (parent === null ? [] : [...aboveOf(parent), parent]);
  const belowOf = (leaf: Leaf): Leaf[] => childrenOf(leaf).flatMap((child) => [child, ...belowOf(child)]);
  const surroundingsOf = (leaf: Leaf) => {
    const beside = childrenOf(leaf.parent);
    const at = beside.indexOf(leaf);
    return {
      ancestors: aboveOf(leaf),
      replies: belowOf(leaf).slice(0, 5),
      earlier: beside.slice(Math.max(0, at - 3), at),
      later: beside.slice(at + 1, at + 4),
    };
  };
  return { isListed, aboveOf, surroundingsOf };
};

/** A tombstone is told by a cross, so that two lists are compared in one line. */
const shown = (leaves: Leaf[]) => leaves.map((leaf) => `${leaf.id}${isVisible(leaf) ? '' : '†'}`);
const received = (comments: CommentView[]) => comments.map(({ id, body }) => `${id}${body === null ? '†' : ''}`);

const plant = (site: string, article: string, tree: Leaf[]) => {
  const { isListed, aboveOf } = bruteForce(tree);
  const rows = tree.map((leaf) => {
    const above = aboveOf(leaf);
    const path = [...above.slice(1), leaf].map(({ id }) => id).join('');
    return {
      id: leaf.id,
      parent: leaf.parent?.id ?? null,
      root: above[0]?.id ?? leaf.id,
      depth: above.length,
      path: above.length === 0 ? '' : path,
      status: leaf.status,
      listed: isListed(leaf) ? 1 : 0,
    };
  });
  return env.DB.prepare(
    `INSERT INTO comments (site_id, id, article_key, parent_id, root_id, depth, path, reader_id, author_name, body, source,
      text_hash, status, listed, created_at)
    SELECT ?1, value ->> 'id', ?2, value ->> 'parent', value ->> 'root', value ->> 'depth', value ->> 'path', 'r', 'Ada',
      '[]', '', '', value ->> 'status', value ->> 'listed', 1700000000000 FROM json_each(?3)`,
  )
    .bind(site, article, JSON.stringify(rows))
    .run();
};

const seed = fc.record({
  // The steps back to its parent; none, when that is before the first.
  back: fc.oneof(fc.nat(3), fc.nat(30)),
  status: fc.constantFrom<Status>('published', 'published', 'approved', 'pending', 'rejected', 'spam', 'deleted'),
  random: fc.uint8Array({ minLength: 7, maxLength: 7 }),
});

/** Three in each millisecond, so that chance alone says which of them comes first. */
const grow = (seeds: { back: number; status: Status; random: Uint8Array }[], start: number): Leaf[] => {
  const tree: Leaf[] = [];
  for (const { back, status, random } of seeds) {
    const parent = tree[tree.length - 1 - back] ?? null;
    const id = sortableId(start + Math.floor(tree.length / 3), random);
    if (tree.some((leaf) => leaf.id === id)) continue;
    tree.push({ id, parent, status });
  }
  return tree;
};

test('a permalink into any tree has what looking at the whole tree finds, or is not there', async () => {
  const room = await openWith();
  let planted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(seed, { minLength: 1, maxLength: 30 }), async (seeds) => {
      planted += 1;
      const article = `tree-${planted}`;
      await room.publisher.putArticle(article);
      const tree = grow(seeds, 1_700_000_000_000 + planted * 1_000);
      await plant(room.site, article, tree);
      const { isListed, surroundingsOf } = bruteForce(tree);
      for (const leaf of tree) {
        const { status, body } = await room.public.permalink({ id: leaf.id, article });
        expect(status).toBe(isListed(leaf) ? 200 : 404);
        if (status !== 200) continue;
        const due = surroundingsOf(leaf);
        expect({
          ancestors: received(body.ancestors),
          replies: received(body.replies),
          earlier: received(body.siblings.earlier),
          later: received(body.siblings.later),
        }).toEqual({
          ancestors: shown(due.ancestors),
          replies: shown(due.replies),
          earlier: shown(due.earlier),
          later: shown(due.later),
        });
      }
    }),
    { numRuns: 30 },
  );
});
