import { beforeAll, describe, expect, test } from 'vitest';
import { ProblemDocument } from '../../src/contract/problem.ts';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import { admission, type Member, type Tenant } from '../support/cast.ts';
import type { Answer } from '../support/newsroom.ts';
import { callersOf, callOf, openStage, placesOf, type Stage, tenantsOf, type Where } from '../support/stage.ts';

/**
 * Route × caller × site × thing: each cell has an answer that follows from the contract and the table of permissions.
 */

/** Reasons by which a route says that something is not there. */
const MISSING = ['not-found', 'article-unknown', 'link-not-valid', 'parent-gone'];

const reasonsIn = ({ route }: Described, of: readonly string[]): string[] =>
  (route.problems ?? []).filter((reason) => of.includes(reason));

/** Routes to which something that is there already is in the way. Of its keys an article may take any again. */
const isInTheWay = ({ path, route }: Described): boolean =>
  !path.endsWith('/key') && (route.problems ?? []).some((reason) => reason === 'already-exists');

/** A route that makes what it is told. Rows of a table make nothing. */
const isMaker = (described: Described): boolean =>
  (isInTheWay(described) && !described.path.includes('{table}')) ||
  (described.method === 'PUT' && /\{article\}$/.test(described.path));

type Due = 'done' | readonly string[];

/** The word of the contract on a request of somebody who may: done, or one of these reasons. */
const dueOf = (described: Described, { name }: Member, tenant: Tenant, where: Where): Due => {
  const { route } = described;
  const missing = reasonsIn(described, MISSING);
  const orDone = (reasons: string[]): Due => (reasons.length > 0 ? reasons : 'done');
  if (tenant === 'unknown') return orDone(missing);
  if (where === 'here' && isInTheWay(described)) return ['already-exists'];
  if (isMaker(described)) return 'done';
  const isOwn = route.action.includes('-own-');
  // One's own comments under an article are asked for whether or not the article is there.
  if (isOwn && !described.path.includes('{id}')) return 'done';
  if (where === 'here' && name === 'the author') return orDone(reasonsIn(described, ['own-comment']));
  if (where === 'here' || where === 'somebody’s') return isOwn ? missing : 'done';
  return orDone(missing);
};

/** All of an answer that its reader can tell apart, but for its request id and its time. */
const told = ({ status, headers, body }: Answer): string => {
  const { requestId, ...rest } = (body ?? {}) as Record<string, unknown>;
  return JSON.stringify([status, [...headers].filter(([name]) => name !== 'x-request-id'), rest]);
};

const reasonOf = ({ body }: Answer): string | null => {
  const parsed = ProblemDocument.safeParse(body);
  return parsed.success ? parsed.data.reason : null;
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});

interface Cell {
  tenant: Tenant;
  member: Member;
  where: Where;
}

const ask = async (described: Described, { tenant, member, where }: Cell) => {
  const isAdmitted = admission(described, member, tenant) === 'admitted';
  // A form leaves the comment that it answers as it is, and an author has only so many in a day.
  const isUsedUp = described.method !== 'GET' && !described.route.form;
  const thing = await stage.thingFor(described, tenant, where, isAdmitted && isUsedUp);
  // The clock may have passed midnight, and a day's keys are made by whichever request needs them first.
  await stage.own.loadDayKeys();
  stage.own.meter.take();
  stage.other.meter.take();
  const answer = await stage.send(callOf(described, stage.siteOf(tenant), thing), member.headers());
  return { answer, thing, written: stage.own.meter.take().rowsWritten };
};

const checkDone = ({ route }: Described, { status, body }: Answer, place: string) => {
  const schema = route.answers[status];
  expect(schema, `${place} ${JSON.stringify(body)}`).not.toBe(undefined);
  if (schema) expect(schema.parse(body), place).toEqual(body);
};

const check = async (described: Described, cell: Cell): Promise<{ refusal: string | null; missing: string | null }> => {
  const { tenant, member, where } = cell;
  const { answer, thing, written } = await ask(described, cell);
  const place = `${described.name} by ${member.name} at ${tenant}, ${where}: ${answer.status}`;
  const due = admission(described, member, tenant);
  if (due !== 'admitted') {
    expect([answer.status, reasonOf(answer)], place).toEqual([due, due === 401 ? 'unauthenticated' : 'forbidden']);
    expect(written, place).toBe(0);
    return { refusal: told(answer), missing: null };
  }
  const reasons = dueOf(described, member, tenant, where);
  if (reasons === 'done') {
    checkDone(described, answer, place);
    if (described.route.action === 'sign-out') await member.renew?.();
  } else {
    expect(reasons, `${place} ${JSON.stringify(answer.body)}`).toContain(reasonOf(answer));
    // A limited attempt is counted, whatever comes of it.
    expect(written, place).toBeLessThanOrEqual(reasonsIn(described, ['rate-limited']).length);
  }
  const isAway = tenant !== 'unknown' && !['here', 'somebody’s'].includes(where);
  const isSomebodys = where === 'somebody’s' && reasons !== 'done';
  if ((!isAway && !isSomebodys) || (reasons === 'done' && described.method !== 'GET' && isMaker(described)))
    return { refusal: null, missing: null };
  return { refusal: null, missing: told(answer).replaceAll(thing.id || thing.article, '*') };
};

/** Removing a site takes the stage away: `removed-sites.test.ts` has its callers. */
const STAGED = ROUTES.filter(({ name }) => name !== 'removeSite');

describe.each(STAGED)('$name', (described) => {
  const cells = (tenant: Tenant, member: Member) => placesOf(described).map((where) => ({ tenant, member, where }));

  test('answers everybody, everywhere and about everything as the contract and the permissions say', async () => {
    for (const tenant of tenantsOf(described)) {
      for (const member of callersOf(described, stage.cast)) {
        const answers = [];
        for (const cell of cells(tenant, member)) answers.push(await check(described, cell));
        for (const what of ['refusal', 'missing'] as const) {
          const different = new Set(answers.map((answer) => answer[what]).filter((one) => one !== null));
          expect([...different].length, `${member.name} at ${tenant}: ${[...different].join('\n')}`).toBeLessThan(2);
        }
      }
    }
  });
});
