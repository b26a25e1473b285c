import type { CommentView, PermalinkView, ThreadView } from '../../src/contract/thread.ts';
import type { Step } from './random-walk.ts';
import type { ModelComment } from './random-walk-model.ts';
import type { Witness } from './random-walk-witness.ts';
import { type Answer, LABELS, type World } from './random-walk-world.ts';

const SORTS = ['newest', 'oldest', 'top'] as const;

const isPage = (answer: Answer) => answer.status === 200;

/** Any public address that shows something of the article. */
const surfaceOf = ({ dice, model, at }: World, article: string): string => {
  const comment = dice.pickRecent(model.of(article));
  const list = dice.pick([
    '',
    `&section=${LABELS.section}`,
    `&topic=${LABELS.topic}`,
    `&author=${encodeURIComponent(LABELS.author)}`,
  ]);
  const thread = () => `${at.thread(article)}?sort=${dice.pick(SORTS)}&limit=${dice.pick([2, 20, 50])}`;
  return dice.pick([
    thread,
    thread,
    () => (comment ? at.comment(comment) : thread()),
    () => (comment ? at.comment(comment) : thread()),
    () => (comment ? `${at.replies(comment)}?limit=${dice.pick([2, 100])}` : thread()),
    () => `${at.newestComments}?limit=${dice.pick([2, 50])}${list}`,
    () =>
      dice.pick([
        `${at.mostCommented}?hours=${dice.pick([1, 168])}&limit=${dice.pick([2, 50])}${list}`,
        at.article(article),
        `${at.articles}?sort=${dice.pick(['newest', 'most-commented'])}&limit=${dice.pick([2, 50])}${list}`,
        `${at.counts}?key=${article}&key=nothing`,
      ]),
  ])();
};

/** The page after this one, if there is one: a list's own, or below one of its comments. */
const onward = ({ dice, at }: World, { path, body }: Answer): string | null => {
  const { article, next, comments } = JSON.parse(body) as Partial<ThreadView>;
  // A list of the newest comments says nothing of replies.
  const more = comments?.find(({ moreReplies }) => typeof moreReplies === 'string');
  if (more && dice.chance(0.5)) {
    return `${at.replies({ id: more.id, article: article?.key ?? '' })}?cursor=${more.moreReplies}`;
  }
  return next ? `${path.replace(/&cursor=.*/, '')}&cursor=${next}` : null;
};

type Read = (path: string) => Promise<Answer>;

const readOn = async (world: World, read: Read, start: string, most: number): Promise<string[]> => {
  const paths: string[] = [];
  for (let path: string | null = start; path !== null && paths.length < most; ) {
    const answer: Answer = await read(path);
    paths.push(`${path} ${answer.status}`);
    path = isPage(answer) ? onward(world, answer) : null;
  }
  return paths;
};

/** Every page of a thread and all that is folded in it: exactly the texts that are public, each once. */
export const checkWholeThread = async (world: World, witness: Witness, article: string): Promise<void> => {
  const { at, dice, model } = world;
  const texts: string[] = [];
  const take = (comments: CommentView[]) => {
    const found = JSON.stringify(comments.map(({ body }) => body)).matchAll(/(?<!example\/)(mark-\d+-r\d+)/g);
    for (const [text] of found) texts.push(text);
  };
  const start = `${at.thread(article)}?sort=${dice.pick(SORTS)}&limit=${dice.pick([7, 50])}`;
  for (let path: string | null = start; path !== null; ) {
    const answer = await witness.direct(path);
    if (!isPage(answer)) return;
    const page = JSON.parse(answer.body) as ThreadView;
    for (const top of page.comments) {
      take([top, ...top.replies]);
      for (let cursor = top.moreReplies; cursor !== null; ) {
        const more = await witness.direct(`${at.replies({ id: top.id, article })}?cursor=${cursor}`);
        const { replies, next } = JSON.parse(more.body) as { replies: CommentView[]; next: string | null };
        take(replies);
        cursor = next;
      }
    }
    path = page.next && `${start}&cursor=${page.next}`;
  }
  const visible = model.visibleTexts(article);
  if ([...texts].sort().join() !== [...visible].sort().join()) {
    const missing = visible.filter((text) => !texts.includes(text));
    throw new Error(`${article} shows ${texts.length} texts of ${visible.length}; it lacks ${missing.join(', ')}`);
  }
};

/** Compares a comment's siblings, three before it and three after it, with those found among all comments. */
const checkSiblings = ({ model }: World, comment: ModelComment, { siblings }: PermalinkView): void => {
  const beside = model.of(comment.article).filter((one) => one.parent === comment.parent && model.isListed(one));
  const ids = beside.map(({ id }) => id).sort();
  const at = ids.indexOf(comment.id);
  const due = [...ids.slice(Math.max(0, at - 3), at), ...ids.slice(at + 1, at + 4)].join();
  const shown = [...siblings.earlier, ...siblings.later].map(({ id }) => id).join();
  if (shown !== due) throw new Error(`beside ${comment.id} stand ${shown}, not ${due}`);
};

/** Every comment has a permalink and replies while it stands in the thread, and otherwise neither. */
export const checkPermalinks = async (world: World, witness: Witness): Promise<void> => {
  for (const comment of world.model.comments) {
    const path = world.at.comment(comment);
    const surface = world.dice.chance(0.7) ? path : world.at.replies(comment);
    const [{ status, body }] = await Promise.all([
      witness.direct(surface),
      world.dice.chance(0.3) ? witness.cached(path) : null,
    ]);
    const due = world.model.isListed(comment) ? 200 : 404;
    if (status !== due) throw new Error(`${surface} answers ${status}, not ${due}`);
    if (status === 200 && surface === path) checkSiblings(world, comment, JSON.parse(body) as PermalinkView);
  }
};

/** Checks one address about the article that was touched last, once at the app and once through the cache. */
export const checkSome = async (world: World, witness: Witness): Promise<void> => {
  await Promise.all([
    witness.direct(surfaceOf(world, world.touched)),
    world.dice.chance(0.4) ? witness.cached(surfaceOf(world, world.touched)) : null,
  ]);
};

/** Requests that come to nothing, by people who may not make them. */
const refusals = (world: World): [string, string, unknown, Record<string, string>, number[]][] => {
  const { at, dice, model, touched } = world;
  const comment = dice.pickRecent(model.comments);
  const stranger = dice.pick(world.guests.filter((guest) => guest !== comment?.guest));
  const guest = world.asGuest(stranger);
  const nothing = { id: '0000000000000000', article: touched };
  const ref = comment ?? nothing;
  const place = at.comment(ref);
  const decision = { decision: 'approve', expectedStatus: 'pending', revision: 1 };
  return [
    ['PATCH', place, { body: 'Not mine.' }, guest, [404]],
    ['DELETE', place, undefined, guest, [404]],
    ['POST', at.decision(ref), decision, guest, [401]],
    ['POST', at.decision(ref), decision, { Cookie: world.admin.Cookie ?? '' }, [403]],
    ['GET', at.dossier(ref), undefined, guest, [401]],
    ['GET', at.dossier(ref), undefined, {}, [401]],
    ['GET', `${at.queue}?list=pending`, undefined, {}, [401]],
    ['GET', `${at.queue}?list=pending`, undefined, { Authorization: world.publisher.Authorization }, [403]],
    ['GET', at.team, undefined, guest, [401]],
    ['GET', at.settings, undefined, {}, [401]],
    ['POST', at.forgottenAddresses, { email: 'a@b.example' }, guest, [401]],
    ['POST', at.forgottenAddresses, { email: 'a@b.example' }, { Cookie: world.admin.Cookie ?? '' }, [403]],
    ['GET', at.me, undefined, guest, [401]],
    ['GET', at.mine(touched), undefined, {}, [401]],
    ['GET', at.thread('nothing-here'), undefined, {}, [200]],
    ['GET', at.comment(nothing), undefined, {}, [404]],
    ['GET', `${at.thread(touched)}?sort=best&limit=900`, undefined, {}, [400]],
    ['GET', `${at.thread(touched)}?cursor=bm90IG91cnM`, undefined, {}, [400]],
    ['GET', place.replace(world.site, 'another-site'), undefined, {}, [404]],
    ['PATCH', place, { body: 'x', status: 'approved' }, guest, [400]],
    [
      'OPTIONS',
      place,
      undefined,
      { Origin: 'https://anywhere.example', 'Access-Control-Request-Method': 'PUT' },
      [204],
    ],
    ['PUT', at.article(touched), {}, guest, [401]],
    ['GET', '/v1/databases/DB/tables/api_keys/rows', undefined, { Cookie: world.admin.Cookie ?? '' }, [401, 403]],
    ['PUT', '/v1/databases/DB/tables/api_keys/rows', {}, { Authorization: world.publisher.Authorization }, [401]],
    ['DELETE', at.article(touched), undefined, guest, [401]],
    ['PUT', at.articleKey(touched), { key: 'mine' }, guest, [401]],
  ];
};

export const readingSteps = (witness: Witness): Step<World>[] => [
  {
    name: 'read through the cache',
    weight: 16,
    run: async (world) => {
      const article = world.dice.chance(0.6) ? world.touched : world.dice.pick([...world.model.articles.keys()]);
      return (await readOn(world, witness.cached, surfaceOf(world, article), 2)).join(', ');
    },
  },
  {
    name: 'read past the cache',
    weight: 8,
    run: async (world) => {
      const article = world.dice.chance(0.6) ? world.touched : world.dice.pick([...world.model.articles.keys()]);
      return (await readOn(world, witness.direct, surfaceOf(world, article), 2)).join(', ');
    },
  },
  {
    name: 'read with a credential',
    weight: 3,
    run: async (world) => {
      const path = surfaceOf(world, world.touched);
      const guest = world.dice.pick(world.guests);
      const credentials = world.dice.pick([world.asGuest(guest), world.desk[0] ?? {}, world.publisher]);
      await witness.same(path, credentials);
      return path;
    },
  },
  {
    name: 'outage',
    weight: 2,
    run: async (world) => {
      const known = witness.cachedPaths();
      const paths = known.length === 0 ? [] : [world.dice.pick(known), world.dice.pick(known.slice(-40))];
      for (const path of paths) await witness.stale(path);
      return paths.join(', ');
    },
  },
  {
    name: 'refusal',
    weight: 5,
    run: async (world) => {
      const [method, path, body, headers, due] = world.dice.pick(refusals(world));
      const answer = await world.send(method, path, { body, headers });
      witness.checkRefusal(answer);
      if (!due.includes(answer.status)) throw new Error(`${method} ${path} answers ${answer.status}, not ${due}`);
      return `${method} ${path}: ${answer.status}`;
    },
  },
];
