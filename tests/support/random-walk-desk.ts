import type { CommentStatus, DecisionKind } from '../../src/contract/moderation.ts';
import { FRESH_SECONDS } from '../../src/http/cache/cache.ts';
import { NEWS } from './newsroom.ts';
import { named } from './newsroom-addresses.ts';
import type { Step } from './random-walk.ts';
import { BANNED_WORD, type Mode, type ModelComment, SUSPECT_WORD } from './random-walk-model.ts';
import type { Witness } from './random-walk-witness.ts';
import { LABELS, START, type World } from './random-walk-world.ts';

const DECISIONS: DecisionKind[] = ['approve', 'approve', 'reject', 'spam', 'restore'];
const STATUSES: CommentStatus[] = ['pending', 'approved', 'published', 'rejected', 'spam'];
const MODES: Mode[] = ['post', 'first-comment', 'pre'];
const QUEUES = ['pending', 'reported', 'unmoderated', 'rejected', 'deleted'];

const MILLIS_A_DAY = 86_400_000;
/** Fewer days than the seven of a session. */
const DAYS_WALKED_MOST = 5;

const expect = (isRight: boolean, what: string): void => {
  if (!isRight) throw new Error(what);
};

interface Results {
  results: { id: string; outcome: string; status: string | null }[];
}

export const articleFields = (key: string, mode: Mode | null, commenting: 'open' | 'closed') => ({
  url: `${NEWS}/${key}`,
  headline: `About ${key}`,
  section: LABELS.section,
  topics: [LABELS.topic, 'talks'],
  authors: [LABELS.author],
  publishedAt: '2026-11-01T10:00:00Z',
  commenting,
  moderation: mode,
});

const several = ({ dice, model }: World, most: number): ModelComment[] =>
  [...new Set(Array.from({ length: 1 + dice.below(most) }, () => dice.pickRecent(model.comments, 25))).values()].filter(
    (comment) => comment !== undefined,
  );

export const deskSteps = (witness: Witness): Step<World>[] => {
  const as = (world: World, by: number) => ({ headers: world.desk[by] ?? {} });

  /** The comment mostly as it is now, sometimes as it was before. */
  const asSeen = ({ dice }: World, comment: ModelComment) => ({
    expectedStatus: dice.chance(0.9) ? comment.status : dice.pick(STATUSES),
    revision: dice.chance(0.93) ? comment.revision : Math.max(1, comment.revision - 1),
  });

  const isAsItIs = (seen: ReturnType<typeof asSeen>, comment: ModelComment) =>
    seen.expectedStatus === comment.status && seen.revision === comment.revision;

  return [
    {
      name: 'decide',
      weight: 14,
      async run(world) {
        const { dice, model } = world;
        const comment = dice.pickRecent(model.comments);
        if (comment === undefined) return 'nothing yet';
        const [by, decision] = [dice.below(2), dice.pick(DECISIONS)];
        const reason = dice.chance(0.6) ? world.mark('reason') : '';
        const seen = asSeen(world, comment);
        const body = { decision, reason, ...seen };
        const deciding = world.send('POST', world.at.decision(comment), { ...as(world, by), body });
        // Somebody may be reading just then: later steps judge the answer, and the copy that is kept of it.
        const thread = world.at.thread(comment.article);
        const [answer] = await Promise.all([deciding, dice.chance(0.2) ? world.send('GET', thread) : null]);
        const isDue = isAsItIs(seen, comment) && model.after(comment, decision) !== null;
        expect(isDue === (answer.status === 200), `${decision} on ${comment.status}: ${answer.status} ${answer.body}`);
        if (isDue) model.decide(comment, decision, by, reason);
        world.touched = comment.article;
        return `${decision} ${comment.id}: ${answer.status}, ${comment.status}`;
      },
    },
    {
      name: 'decide on several',
      weight: 4,
      async run(world) {
        const [by, decision] = [world.dice.below(2), world.dice.pick(DECISIONS)];
        const reason = world.mark('reason');
        const asked = several(world, 8).map((comment) => ({ ...named(comment), ...asSeen(world, comment) }));
        if (asked.length === 0) return 'nothing yet';
        const body = { decision, reason, comments: asked };
        const answer = await world.send('POST', world.at.decisions, { ...as(world, by), body });
        expect(answer.status === 200, answer.body);
        for (const { id, outcome } of (JSON.parse(answer.body) as Results).results) {
          const comment = world.model.byId.get(id);
          if (comment === undefined || outcome !== 'done') continue;
          world.model.decide(comment, decision, by, reason);
          world.touched = comment.article;
        }
        return `${decision} ${asked.map(({ id }) => id).join(' ')}`;
      },
    },
    {
      name: 'remove what was just read',
      weight: 2,
      async run(world) {
        const { clock, dice, model } = world;
        const comment = dice.pickRecent(
          model.comments.filter(({ status }) => status === 'approved' || status === 'published'),
        );
        if (comment === undefined) return 'nothing yet';
        const path = dice.pick([world.at.comment(comment), `${world.at.thread(comment.article)}?sort=newest&limit=50`]);
        await witness.cached(path);
        const [decision, reason] = [dice.pick(['reject', 'spam'] as const), world.mark('reason')];
        const body = { decision, reason, expectedStatus: comment.status, revision: comment.revision };
        const answer = await world.send('POST', world.at.decision(comment), {
          ...as(world, 1),
          body,
        });
        expect(answer.status === 200, answer.body);
        model.decide(comment, decision, 1, reason);
        // The last copy of it must be gone at this very millisecond.
        clock.tick(FRESH_SECONDS);
        await witness.cached(path);
        world.touched = comment.article;
        return `${decision} ${comment.id}, seen at ${path}`;
      },
    },
    {
      name: 'undo',
      weight: 4,
      async run(world) {
        const by = world.dice.below(2);
        const asked = several(world, 4);
        if (asked.length === 0) return 'nothing yet';
        const body = { comments: asked.map(named) };
        const answer = await world.send('POST', world.at.undo, { ...as(world, by), body });
        expect(answer.status === 200, answer.body);
        for (const { id, outcome } of (JSON.parse(answer.body) as Results).results) {
          const comment = world.model.byId.get(id);
          if (comment === undefined) continue;
          expect(world.model.mayUndo(comment, by) === (outcome === 'done'), `undo of ${id} by ${by}: ${outcome}`);
          if (outcome === 'done') world.model.undo(comment, by);
          world.touched = comment.article;
        }
        return asked.map(({ id }) => id).join(' ');
      },
    },
    {
      name: 'ban',
      weight: 2,
      async run(world) {
        const guest = world.dice.pick(world.guests);
        const ban = world.dice.pick(['none', 'none', 'none', 'ban', 'shadow-ban', 'shadow-ban'] as const);
        const days = world.dice.chance(0.5) ? 1 : null;
        const path = world.at.ban(await world.readerId(guest));
        const answer = await world.send('PUT', path, { ...as(world, 0), body: { ban, days } });
        if (answer.status === 204) {
          const until = days === null ? Number.POSITIVE_INFINITY : world.clock.now + days * MILLIS_A_DAY;
          if (ban === 'none') world.model.bans.delete(guest);
          else world.model.bans.set(guest, { ban, until });
        }
        return `guest ${guest}: ${ban}, ${answer.status}`;
      },
    },
    {
      name: 'look at the queue',
      weight: 1,
      async run(world) {
        const comment = world.dice.pickRecent(world.model.comments);
        await world.send('GET', `${world.at.queue}?list=${world.dice.pick(QUEUES)}`, as(world, 0));
        if (comment !== undefined) await world.send('GET', world.at.dossier(comment), as(world, 1));
        return comment?.id ?? '';
      },
    },
    {
      name: 'change an article',
      weight: 2,
      async run(world) {
        const { dice } = world;
        const article = dice.pick([...world.model.articles.values()]);
        const path = world.at.article(article.key);
        const [mode, commenting] = [dice.pick([...MODES, null]), dice.chance(0.8) ? 'open' : 'closed'] as const;
        const isPut = dice.chance(0.3);
        const body = isPut
          ? articleFields(article.key, mode, commenting)
          : { moderation: mode, commenting, ...(dice.chance(0.3) && { headline: `Anew, about ${article.key}` }) };
        const answer = await world.send(isPut ? 'PUT' : 'PATCH', path, {
          headers: { Authorization: world.publisher.Authorization },
          body,
        });
        expect((isPut || article.known) === answer.status < 300, `${path}: ${answer.status} ${answer.body}`);
        if (answer.status < 300) Object.assign(article, { mode, known: true });
        world.touched = article.key;
        return `${article.key}: ${mode}, ${commenting}, ${answer.status}`;
      },
    },
    {
      name: 'change the settings',
      weight: 1,
      async run(world) {
        const { dice, model } = world;
        const [mode, banned, suspect] = [dice.pick(MODES), dice.chance(0.7), dice.chance(0.7)];
        const body = {
          moderation: mode,
          bannedWords: [world.mark('word'), ...(banned ? [BANNED_WORD] : [])],
          suspectWords: [world.mark('word'), ...(suspect ? [SUSPECT_WORD] : [])],
          editWindowMinutes: dice.pick([5, 15, 60]),
        };
        const answer = await world.send('PATCH', world.at.settings, { headers: world.admin, body });
        expect(answer.status === 200, answer.body);
        Object.assign(model.settings, { mode, banned, suspect });
        return `${mode}, banned ${banned}, suspect ${suspect}`;
      },
    },
    {
      name: 'time',
      weight: 6,
      async run(world) {
        const { clock, dice } = world;
        const seconds = dice.chance(0.15) ? 960 : dice.pick([1, 4, 14, 15, 16, 40]);
        clock.tick(dice.chance(0.01) && clock.now - START < DAYS_WALKED_MOST * MILLIS_A_DAY ? 86_400 : seconds);
        return new Date(clock.now).toISOString();
      },
    },
  ];
};
