import { beforeAll, describe, expect, test } from 'vitest';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import { admission } from '../support/cast.ts';
import { callOf, kindOf, openStage, type Stage, type Thing } from '../support/stage.ts';

/** Every route with an article in its path, asked by each key that the article has had. */

const OF_AN_ARTICLE = ROUTES.filter(({ path }) => path.includes('{article}'));

let stage: Stage;
let moves = 0;

beforeAll(async () => {
  stage = await openStage();
});

/** A thing that a route can be called about, under an article that has moved since; and the article's key of now. */
const movedThing = async (described: Described): Promise<Thing & { to: string }> => {
  const isAuthors = kindOf(described) === 'article' || /-own-/.test(described.route.action);
  const thing = await stage.thingFor(described, 'own', isAuthors ? 'here' : 'somebody’s', true);
  moves += 1;
  const to = `moved-${moves}-é`;
  expect((await stage.own.publisher.rekeyArticle(thing.article, to)).status).toBe(200);
  return { ...thing, to };
};

const ask = async (described: Described, thing: Thing) => {
  const call = callOf(described, stage.own.site, thing);
  const headers = stage.cast.find((member) => admission(described, member, 'own') === 'admitted')?.headers() ?? {};
  return { call, answer: await stage.send(call, headers) };
};

/** A page has none. */
const fieldsOf = (body: unknown) => (typeof body === 'string' ? 'page' : Object.keys(body ?? {}));

describe('under an article with another key', () => {
  test.each(OF_AN_ARTICLE)('$name is answered by the new key', async (described) => {
    const thing = await movedThing(described);
    const { answer } = await ask(described, { ...thing, article: thing.to });
    expect(Object.keys(described.route.answers).map(Number)).toContain(answer.status);
  });

  test.each(OF_AN_ARTICLE.filter(({ route }) => route.moves))('$name is led on from the old key', async (described) => {
    const thing = await movedThing(described);
    const { call, answer } = await ask(described, thing);
    const { path } = callOf(described, stage.own.site, { ...thing, article: thing.to });
    expect([call.method, answer.status, answer.headers.get('Location')]).toEqual(['GET', 308, path]);
  });

  test.each(OF_AN_ARTICLE.filter(({ route }) => !route.moves))(
    '$name is answered by the old key as by the new one',
    async (described) => {
      const [old, now] = [await movedThing(described), await movedThing(described)];
      const { answer } = await ask(described, old);
      const { answer: expected } = await ask(described, { ...now, article: now.to });
      expect(Object.keys(described.route.answers).map(Number)).toContain(answer.status);
      expect([answer.status, fieldsOf(answer.body)]).toEqual([expected.status, fieldsOf(expected.body)]);
    },
  );
});
