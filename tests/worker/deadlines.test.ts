import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ProblemDocument } from '../../src/contract/problem.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import { openBrittleDatabase, silent } from '../support/brittle-database.ts';
import { admission } from '../support/cast.ts';
import type { Answer } from '../support/newsroom.ts';
import { callOf, openStage, placesOf, type Stage, tenantsOf } from '../support/stage.ts';
import { readState, restoreState } from '../support/table-state.ts';

/** Each route of the contract, asked while a database or KV says nothing, on a clock that the test turns on. */

const BUDGET_MILLIS = 2_000;

/** Routes whose work grows with the site or the table, with the time that they have for it. */
const LONGER: { readonly [Name in RouteName]?: number } = {
  changeSettings: 20_000,
  verifyLog: 20_000,
  describeDatabase: 30_000,
  readRows: 30_000,
  restoreRows: 30_000,
};

const TURN_MILLIS = 100;

const TURNS = 5;

const ENOUGH_MILLIS = 60_000;

const brittle = { DB: openBrittleDatabase(env.DB), DB_1: openBrittleDatabase(env.DB_1) };
const databases = new Map(
  Object.entries(brittle).flatMap(([name, one]) => [...one.databases.values()].map((database) => [name, database])),
);

let isKvSilent = false;
const kv = new Proxy(env.KV, {
  get: (target, name) => {
    const member = Reflect.get(target, name);
    return (...parts: unknown[]) => (isKvSilent ? new Promise(() => undefined) : member.apply(target, parts));
  },
});

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ databases, kv });
});

afterEach(() => {
  vi.useRealTimers();
  isKvSilent = false;
  for (const database of Object.values(brittle)) database.mend();
});

/** The answer, and the milliseconds that it took by the clock that is turned. */
const timed = async (send: () => Promise<Answer>) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const began = Date.now();
  const state: { millis: number | null } = { millis: null };
  const answering = send().finally(() => {
    state.millis = Date.now() - began;
  });
  while (state.millis === null) {
    // Real work, such as hashing and the other binding's, goes on in between.
    for (let turn = 0; turn < TURNS; turn += 1) await scheduler.wait(0);
    if (Date.now() - began > ENOUGH_MILLIS) throw new Error('nothing answers');
    await vi.advanceTimersByTimeAsync(TURN_MILLIS);
  }
  vi.useRealTimers();
  return { answer: await answering, millis: state.millis };
};

/** Calls of a route by somebody who may, at their site and at one that nobody knows. */
const callsOf = async (described: Described) => {
  const member = stage.cast.find((one) => admission(described, one, 'own') === 'admitted');
  if (member === undefined) throw new Error(`${described.name}: nobody may`);
  const [where = 'here'] = placesOf(described);
  const thing = await stage.thingFor(described, 'own', where, true);
  // Longer than KV is left alone after a fault.
  stage.own.clock.tick(120);
  return tenantsOf(described).map((tenant) => {
    const call = callOf(described, stage.siteOf(tenant), thing);
    return { at: `${call.method} ${call.path}`, send: () => stage.send(call, member.headers()) };
  });
};

const isTyped = ({ route }: Described, { status, body }: Answer): boolean =>
  route.answers[status] !== undefined || ProblemDocument.safeParse(body).success;

test.each(ROUTES)('$name is answered in its time while D1 says nothing', async (described) => {
  for (const { at, send } of await callsOf(described)) {
    for (const database of Object.values(brittle)) database.meddle(silent);
    const { answer, millis } = await timed(send);
    const { status, headers } = answer;
    expect(millis, at).toBeLessThanOrEqual((LONGER[described.name] ?? BUDGET_MILLIS) + TURN_MILLIS);
    expect(isTyped(described, answer), `${at}: ${status}`).toBe(true);
    if (status >= 400) expect([status, headers.get('Retry-After')], at).toEqual([503, '5']);
    for (const database of Object.values(brittle)) database.mend();
  }
});

test.each(ROUTES)('$name is answered in its time, and as ever, while KV says nothing', async (described) => {
  const whole = await readState();
  for (const { at, send } of await callsOf(described)) {
    isKvSilent = true;
    const { answer, millis } = await timed(send);
    expect(millis, at).toBeLessThanOrEqual(BUDGET_MILLIS);
    expect(isTyped(described, answer) && answer.status < 500, `${at}: ${answer.status}`).toBe(true);
    isKvSilent = false;
  }
  await restoreState(whole);
});
