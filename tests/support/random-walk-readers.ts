import { NEWS } from './newsroom.ts';
import type { Step } from './random-walk.ts';
import { BANNED_WORD, isInShadow, type ModelComment, SUSPECT_WORD, toldOf } from './random-walk-model.ts';
import type { Witness } from './random-walk-witness.ts';
import type { World } from './random-walk-world.ts';

/** A comment as it was sent, with its guest and its key, so that it can be sent again. */
interface Sent {
  guest: number;
  article: string;
  key: string;
  body: Record<string, unknown>;
  at: number;
}

/** A key means the same request for so long. */
const MILLIS_A_DAY = 86_400_000;

const SHAPES = [
  (text: string) => text,
  (text: string) => `**${text}** and more`,
  (text: string) => `> quoted\n\n- one\n- ${text}`,
  (text: string) => `\`${text}\` [link](https://elsewhere.example/${text})`,
];

/** A mark in one of several shapes, sometimes with a word from the site's lists. */
const write = ({ dice }: World, textMark: string): string => {
  const word = dice.chance(0.12) ? dice.pick([BANNED_WORD, SUSPECT_WORD]) : 'so';
  return `${dice.pick(SHAPES)(textMark)} ${word}.`;
};

const expect = (isRight: boolean, what: string): void => {
  if (!isRight) throw new Error(what);
};

export const readersSteps = (witness: Witness): Step<World>[] => {
  const sent: Sent[] = [];
  const sentAs = new Map<string, string>();

  /** A new key, none, or sometimes another guest's, which must have no effect. */
  const keyFor = ({ dice }: World, guest: number, textMark: string): string | null => {
    const other = dice.chance(0.1) ? dice.pickRecent(sent) : undefined;
    if (other !== undefined && other.guest !== guest) return other.key;
    return dice.chance(0.4) ? `idempotency-key-of-${textMark}` : null;
  };

  const compose = (world: World, article: string, parent: ModelComment | null, text: string, nameMark: string) => ({
    body: text,
    authorName: nameMark,
    authorEmail: world.dice.chance(0.7) ? `${world.mark('mail')}@reader.example` : null,
    parentId: parent?.id ?? null,
    pageUrl: `${NEWS}/${article}#comments`,
  });

  const post = async (world: World, parent: ModelComment | null): Promise<string> => {
    const { dice, model } = world;
    // Sometimes the author answers: nobody else can answer a comment in the shadow.
    const guest = parent !== null && dice.chance(0.3) ? parent.guest : dice.pick(world.guests);
    const article = parent?.article ?? dice.pick([...model.articles.keys()]);
    const [textMark, nameMark] = [world.mark('mark', '-r1'), world.mark('name')];
    const text = write(world, textMark);
    const body = compose(world, article, parent, text, nameMark);
    const key = keyFor(world, guest, textMark);
    const headers = { ...world.asGuest(guest), ...(key !== null && { 'Idempotency-Key': key }) };
    const answer = await world.send('POST', world.at.comments(article), { headers, body });
    world.touched = article;
    if (answer.status !== 201 && answer.status !== 202) {
      witness.checkRefusal(answer);
      const { reason } = JSON.parse(answer.body) as { reason: string };
      const isTheirs = parent !== null && parent.guest === guest && toldOf(parent) === 'published';
      expect(reason !== 'parent-gone' || !isTheirs, `guest ${guest} cannot answer ${parent?.id}`);
      return `guest ${guest} on ${article}: ${answer.status} ${reason}`;
    }
    const { id, status } = JSON.parse(answer.body) as { id: string; status: string };
    if (model.byId.has(id)) {
      // The guest has used this key and has changed the comment since.
      expect(sentAs.get(`${guest} ${key}`) === id, `guest ${guest} got ${id}, which was not posted with this key`);
      witness.checkOwn(guest, answer);
      return `${id} again, by guest ${guest}`;
    }
    const comment = model.post({ id, guest, article, parent, textMark, nameMark }, text);
    if (key !== null) {
      sent.push({ guest, article, key, body, at: world.clock.now });
      sentAs.set(`${guest} ${key}`, id);
    }
    witness.checkOwn(guest, answer);
    const told = toldOf(comment);
    expect(status === told, `the author was told ${status}, not ${told}`);
    return `guest ${guest} on ${article}: ${id} ${textMark} is ${comment.status}`;
  };

  /** A comment to answer, mostly in a conversation: that makes pages of replies, deep ones, and tombstones between. */
  const toAnswer = ({ dice, model }: World): ModelComment | null => {
    if (dice.chance(0.1)) return dice.pickRecent(model.comments) ?? null;
    if (dice.chance(0.05)) return dice.pickRecent(model.comments.filter(isInShadow)) ?? null;
    const visible = model.comments.filter(({ status }) => status === 'approved' || status === 'published').slice(-30);
    const busiest = [...visible].sort((a, b) => b.children.length - a.children.length).slice(0, 3);
    return dice.pickRecent(dice.chance(0.6) ? busiest : visible, 6) ?? null;
  };

  const own = ({ dice, model }: World): ModelComment | undefined =>
    dice.pickRecent(model.comments.filter(({ status }) => status !== 'deleted'));

  return [
    { name: 'post', weight: 14, run: (world) => post(world, null) },
    {
      name: 'reply',
      weight: 10,
      run: (world) => post(world, toAnswer(world)),
    },
    {
      name: 'post again',
      weight: 2,
      async run(world) {
        const again = world.dice.pickRecent(sent.filter(({ at }) => world.clock.now - at < MILLIS_A_DAY));
        if (again === undefined) return 'nothing yet';
        const headers = { ...world.asGuest(again.guest), 'Idempotency-Key': again.key };
        const answer = await world.send('POST', world.at.comments(again.article), { headers, body: again.body });
        witness.checkOwn(again.guest, answer);
        const id = sentAs.get(`${again.guest} ${again.key}`);
        expect(
          answer.status < 300 && JSON.parse(answer.body).id === id,
          `a replay answers ${answer.status}, not ${id}`,
        );
        return `${id} by guest ${again.guest}`;
      },
    },
    {
      name: 'edit',
      weight: 9,
      async run(world) {
        const comment = own(world);
        if (comment === undefined) return 'nothing yet';
        const textMark = `${comment.textMark.split('-r')[0]}-r${comment.revision + 1}`;
        const text = write(world, textMark);
        const path = world.at.comment(comment);
        const answer = await world.send('PATCH', path, { headers: world.asGuest(comment.guest), body: { body: text } });
        world.touched = comment.article;
        if (answer.status !== 200) {
          witness.checkRefusal(answer);
          return `${comment.id}: ${answer.status} ${JSON.parse(answer.body).reason}`;
        }
        world.model.edit(comment, textMark, text);
        witness.checkOwn(comment.guest, answer);
        const { status } = JSON.parse(answer.body) as { status: string };
        expect(status === toldOf(comment), `the author was told ${status}, not ${toldOf(comment)}`);
        return `${comment.id} ${textMark} is ${comment.status}`;
      },
    },
    {
      name: 'delete',
      weight: 3,
      async run(world) {
        const comment = own(world);
        if (comment === undefined) return 'nothing yet';
        const answer = await world.send('DELETE', world.at.comment(comment), { headers: world.asGuest(comment.guest) });
        world.touched = comment.article;
        witness.checkRefusal(answer);
        if (answer.status === 204) world.model.delete(comment);
        return `${comment.id}: ${answer.status}`;
      },
    },
    {
      name: 'vote or flag',
      weight: 8,
      async run(world) {
        const comment = world.dice.pickRecent(world.model.comments);
        if (comment === undefined) return 'nothing yet';
        const guest = world.dice.pick(world.guests);
        const headers = world.asGuest(guest);
        const answer = world.dice.chance(0.6)
          ? await world.send('PUT', world.at.vote(comment), {
              headers,
              body: { value: world.dice.pick([1, 1, 0, -1]) },
            })
          : await world.send('POST', world.at.flags(comment), {
              headers,
              body: { reason: 'other', note: `${world.mark('note')} says ${world.mark('mail')}@reader.example` },
            });
        world.touched = comment.article;
        witness.checkRefusal(answer);
        const isVisible = comment.status === 'approved' || comment.status === 'published';
        const isShown = isVisible || (isInShadow(comment) && comment.guest === guest);
        // A banned reader is told so, whatever the comment is.
        const isBan = answer.status === 403 && answer.body.includes('"banned"');
        expect(
          isBan ? world.model.isBanned(guest) : isShown === (answer.status !== 404),
          `${answer.status} to guest ${guest} on ${comment.status}`,
        );
        return `${comment.id} by guest ${guest}: ${answer.status}`;
      },
    },
    {
      name: 'mine',
      weight: 6,
      async run(world) {
        const guest = world.dice.pick(world.guests);
        const path = world.at.mine(world.touched);
        const answer = await world.send('GET', path, { headers: world.asGuest(guest) });
        witness.checkOwn(guest, answer);
        const { comments } = JSON.parse(answer.body) as { comments: { id: string; status: string }[] };
        for (const { id, status } of comments) {
          const comment = world.model.byId.get(id);
          expect(comment?.guest === guest, `guest ${guest} is shown ${id}, which is not theirs`);
          const told = comment && toldOf(comment);
          expect(status === told, `guest ${guest} is told that ${id} is ${status}, not ${told}`);
        }
        return `guest ${guest} on ${world.touched}: ${comments.length}`;
      },
    },
    {
      name: 'preview',
      weight: 1,
      async run(world) {
        const textMark = world.mark('mark', '-r1');
        const answer = await world.send('POST', world.at.preview, { body: { body: `${textMark}.` } });
        expect(answer.body.includes(textMark), 'a preview shows nothing');
        witness.checkRefusal({ ...answer, body: answer.body.replaceAll(textMark, '') });
        return textMark;
      },
    },
  ];
};
