import { describe, expect, test } from 'vitest';
import { type Newsroom, openNewsroom, type Reader } from '../support/newsroom.ts';

/** A conversation whose middle is linked to: what it answers, what stands beside it and below it, each by a guest. */
const converse = async () => {
  const room = await openNewsroom({ moderation: 'post', editWindowMinutes: 1_440 });
  await room.publisher.putArticle();
  const readers = new Map<string, Reader>();
  const say = async (parentId?: string, article = 'ferry') => {
    const reader = room.reader();
    const { id } = await reader.say(undefined, { article, ...(parentId && { parentId }) });
    readers.set(id, reader);
    return id;
  };
  const authorOf = (id: string) => readers.get(id) as Reader;
  const above = await say();
  const comment = await say(above);
  const beside = await say(above);
  const below = await say(comment);
  const paths = [room.at.comment(comment), room.at.replies(comment)];
  return { room, say, authorOf, above, comment, beside, below, paths };
};

type Scene = Awaited<ReturnType<typeof converse>>;

const edit = ({ authorOf }: Scene, id: string) => authorOf(id).edit(id, 'Said better.');

const erase = ({ authorOf }: Scene, id: string) => authorOf(id).erase(id);

const vote = ({ above, beside, authorOf }: Scene, value: 1 | 0 | -1) => authorOf(above).vote(beside, value);

const patch = ({ room }: Scene, fields: Record<string, unknown>) => room.publisher.patchArticle('ferry', fields);

const set = ({ room }: Scene, changes: Record<string, unknown>) => room.operator.changeSettings(changes);

const undo = ({ room, beside }: Scene) => room.desk().undo([beside]);

const hold = (room: Newsroom, path: string) => room.request('GET', path);

const askAgain = (room: Newsroom, path: string, held: { headers: Headers } | undefined) =>
  room.request('GET', path, { headers: { 'If-None-Match': held?.headers.get('ETag') ?? '' } });

describe('whoever holds a permalink or replies is told', () => {
  test.each<[string, (scene: Scene) => Promise<unknown>]>([
    ['a reply to it', ({ say, comment }) => say(comment)],
    ['a reply below a reply to it', ({ say, below }) => say(below)],
    ['another beside it', ({ say, above }) => say(above)],
    ['an edit above it', (scene) => edit(scene, scene.above)],
    ['an edit of itself', (scene) => edit(scene, scene.comment)],
    ['an edit beside it', (scene) => edit(scene, scene.beside)],
    ['an edit below it', (scene) => edit(scene, scene.below)],
    ['a deletion above it', (scene) => erase(scene, scene.above)],
    ['a deletion of itself, which leaves a tombstone', (scene) => erase(scene, scene.comment)],
    ['a deletion beside it', (scene) => erase(scene, scene.beside)],
    ['a deletion below it', (scene) => erase(scene, scene.below)],
    ['a rejection above it', ({ room, above }) => room.desk().decide(above, 'reject', 'published')],
    [
      'a rejection of itself, which leaves a tombstone',
      ({ room, comment }) => room.desk().decide(comment, 'reject', 'published'),
    ],
    ['a rejection beside it', ({ room, beside }) => room.desk().decide(beside, 'spam', 'published')],
    ['a rejection below it', ({ room, below }) => room.desk().decide(below, 'reject', 'published')],
    ['a vote', (scene) => vote(scene, 1)],
    ['another headline', (scene) => patch(scene, { headline: 'Another headline' })],
    ['that the article is closed', (scene) => patch(scene, { commenting: 'closed' })],
    ['that the article is moderated otherwise', (scene) => patch(scene, { moderation: 'pre' })],
    ['that the site is moderated otherwise', (scene) => set(scene, { moderation: 'pre' })],
    ['that comments may be longer', (scene) => set(scene, { maxGraphemes: 9_000 })],
  ])('of %s', async (_, change) => {
    const scene = await converse();
    const { room, paths } = scene;
    const held = await Promise.all(paths.map((path) => hold(room, path)));
    for (const [i, path] of paths.entries()) expect((await askAgain(room, path, held[i])).status).toBe(304);
    room.clock.tick(4);
    await change(scene);
    for (const [i, path] of paths.entries()) {
      const again = await askAgain(room, path, held[i]);
      expect(again.status).toBe(200);
      expect(again.body).toEqual((await hold(room, path)).body);
    }
    expect((await hold(room, paths[0] ?? '')).body).not.toEqual(held[0]?.body);
  });

  test('of each step of a change that is taken back', async () => {
    const scene = await converse();
    const { room, paths, beside } = scene;
    const steps: (() => Promise<unknown>)[] = [
      () => vote(scene, 1),
      () => vote(scene, -1),
      () => vote(scene, 0),
      () => room.desk().decide(beside, 'reject', 'published'),
      () => undo(scene),
      () => edit(scene, beside),
      () => patch(scene, { commenting: 'closed' }),
      () => patch(scene, { commenting: 'open' }),
    ];
    for (const [i, step] of steps.entries()) {
      const held = await hold(room, paths[0] ?? '');
      room.clock.tick(4);
      await step();
      expect((await askAgain(room, paths[0] ?? '', held)).status, `step ${i}`).toBe(200);
    }
  });

  test('nothing, where what happened is not to be seen here', async () => {
    const scene = await converse();
    const { room, say, comment, paths } = scene;
    await room.publisher.putArticle('bridge');
    const held = await Promise.all(paths.map((path) => hold(room, path)));
    await say(undefined, 'bridge');
    await room.reader().flag(comment, 'other');
    for (const [i, path] of paths.entries()) expect((await askAgain(room, path, held[i])).status).toBe(304);
    const [link] = held;
    expect(link?.headers.get('ETag')).toBe((await room.public.thread()).headers.get('ETag'));
  });

  test('that it is gone, and never that it is unchanged', async () => {
    const scene = await converse();
    const { room, comment, below, paths } = scene;
    await room.desk().decide(below, 'reject', 'published');
    const held = await Promise.all(paths.map((path) => hold(room, path)));
    const open = await hold(room, paths[0] ?? '');
    expect(open.status).toBe(200);
    await room.desk().decide(comment, 'reject', 'published');
    for (const [i, path] of paths.entries()) expect((await askAgain(room, path, held[i])).status).toBe(404);
    // Also not to whoever guesses the version that the article has now.
    const { headers } = await room.public.thread();
    for (const path of paths) expect((await askAgain(room, path, { headers })).status).toBe(404);
    await room.desk().decide(comment, 'approve', 'rejected');
    for (const [i, path] of paths.entries()) expect((await askAgain(room, path, held[i])).status).toBe(200);
  });

  test('the same by a ban as without one', async () => {
    const scene = await converse();
    const { room, beside, paths } = scene;
    const held = await hold(room, paths[0] ?? '');
    const { body } = await room.desk().dossier(beside);
    const readerId = body.item.reader.id;
    const admin = room.desk('Ines', 'admin');
    for (const ban of ['shadow-ban', 'ban', 'none'] as const) {
      expect((await admin.ban(readerId, ban)).status).toBe(204);
      const again = await askAgain(room, paths[0] ?? '', held);
      if (again.status === 304) expect((await hold(room, paths[0] ?? '')).body).toEqual(held.body);
    }
  });

  test('that a reply cursor is wrong, before anything is compared', async () => {
    const { room, paths } = await converse();
    const held = await hold(room, paths[1] ?? '');
    expect((await askAgain(room, `${paths[1]}?cursor=AAAA`, held)).status).toBe(400);
  });
});
