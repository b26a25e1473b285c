import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { ProblemDocument, type ProblemReason } from '../../src/contract/problem.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import { admission, type Member } from '../support/cast.ts';
import { type Fault, openFaults, type Part } from '../support/kth-fault.ts';
import type { Answer } from '../support/newsroom.ts';
import { rounds } from '../support/rigs.ts';
import { type Call, callOf, openStage, placesOf, type Stage } from '../support/stage.ts';
import { comparable, readState, restoreState, type TableState } from '../support/table-state.ts';

/**
 * Each call to D1 and to KV that a write makes fails once, before or after it took effect: the answer says so, all or
 * nothing has happened, and the same request again leads to where it would have led without the fault.
 */

const WRITES = ROUTES.filter(({ method }) => method !== 'GET');

/** A POST for the length of its text: nothing is kept. */
const KEEPS_NOTHING: readonly RouteName[] = ['previewComment', 'testWords'];

/** The deeds that a retry does a second time when the first answer was lost, and the reason why that does no harm. */
const DOES_AGAIN: { readonly [Name in RouteName]?: string } = {
  createApiKey: 'The key is shown in the answer alone; a lost one is of no use to anybody, and can be revoked.',
  inviteModerator: 'The same with a link, which ends after half an hour.',
  createSignInLink: 'The same with a link, which ends after half an hour.',
  requestSignInLink: 'The same, in the mail.',
  putArticle: 'The article has a version more.',
  updateArticle: 'The article has a version more.',
  changeSettings: 'The settings have a version more.',
  banReader: 'The days of the ban begin again, and the log says so.',
};

/** By the server, which repeats what does no harm, and by whoever asked. */
const TIMES_AGAIN = 2;

/** The refusal that a retry meets when the first request was carried out and its answer lost. */
const DONE_ALREADY: { readonly [Name in RouteName]?: ProblemReason } = {
  deleteComment: 'not-found',
  decideOne: 'decided-already',
  signOut: 'unauthenticated',
  removeArticle: 'not-found',
  removeSite: 'not-found',
  removeModerator: 'not-found',
  createSite: 'already-exists',
  revokeApiKey: 'not-found',
};

const email = { send: async () => {} } as unknown as SendEmail;
const faults = openFaults(env.DB, env.KV);

/** A day's keys are made by whichever request needs them first; the clock here goes back and forth between days. */
const makeDayKeys = async ({ clock, loadDayKeys }: Stage['own']): Promise<void> => {
  const start = clock.now;
  for (let day = 0; day < 30; day += 1) {
    await loadDayKeys();
    clock.tick(86_400);
  }
  clock.now = start;
};

let stage: Stage;
beforeAll(async () => {
  const databases = new Map([['DB', faults.database]]);
  stage = await openStage({ databases, kv: faults.namespace, email, mailFrom: 'comments@news.example' });
  await makeDayKeys(stage.own);
});

interface Scene {
  described: Described;
  call: Call;
  member: Member;
  headers: Record<string, string>;
  /** The beginning, which each way through the scene goes back to. */
  start: TableState;
  now: number;
}

const forget = async (): Promise<void> => {
  const { keys } = await env.KV.list();
  for (const { name } of keys) await env.KV.delete(name);
};

const goBack = async ({ start, now }: Pick<Scene, 'start' | 'now'>): Promise<void> => {
  stage.own.clock.now = now;
  await restoreState(start);
  await forget();
};

const request = ({ call, member, headers }: Scene): Promise<Answer> =>
  stage.own.request(call.method, call.path, {
    ...(call.body && { body: call.body }),
    ...(call.form && { form: call.form }),
    headers: { ...headers, ...member.headers() },
  });

/** The state after some ways through a scene, to be compared. */
const stateOf = async ({ start }: Scene) => comparable(await readState(), start);

/** Whatever must have happened before, so that there is something to do. */
const PREPARED: { readonly [Name in RouteName]?: (scene: Scene) => Promise<unknown> } = {
  undo: ({ call, member }) => {
    const { comments } = call.body as { comments: object[] };
    const seen = comments.map((comment) => ({ ...comment, expectedStatus: 'published', revision: 1 }));
    const body = { decision: 'reject', comments: seen };
    return stage.own.request('POST', stage.own.at.decisions, { body, headers: member.headers() });
  },
  // Rows are restored before there is a site.
  restoreRows: () => env.DB.batch(['sites', 'api_keys'].map((table) => env.DB.prepare(`DELETE FROM ${table}`))),
  forgetAddress: ({ call }) => stage.own.reader().say(undefined, call.body as { email: string }),
  ruleOnVotes: async ({ call }) => {
    for (let n = 0; n <= LIMITS.votesOnOneComment.count; n += 1) {
      await stage.own.reader().vote(call.path.split('/').at(-2) ?? '', 1);
    }
  },
};

const idempotent = ({ route }: Described): Record<string, string> =>
  route.headers?.shape['idempotency-key'] === undefined ? {} : { 'Idempotency-Key': 'the-same-request' };

/** The scenes of a route: whoever may, and a thing of each place about which it can be done. */
const scenesOf = async (described: Described): Promise<Scene[]> => {
  const member = stage.cast.find((one) => admission(described, one, 'own') === 'admitted');
  if (member === undefined) throw new Error(`${described.name}: nobody may`);
  const scenes: Scene[] = [];
  for (const where of placesOf(described)) {
    stage.own.clock.now = Math.ceil(stage.own.clock.now / 3_600_000) * 3_600_000;
    const thing = await stage.thingFor(described, 'own', where, true);
    const call = callOf(described, stage.siteOf('own'), thing);
    // Past the first minute of an hour, so that no window turns over on the way.
    const now = stage.own.clock.now + 70_000;
    const headers = { 'CF-Connecting-IP': `203.0.113.${scenes.length}`, ...idempotent(described) };
    const bare = { described, call, member, headers, start: new Map(), now };
    await PREPARED[described.name]?.(bare);
    stage.own.clock.now = now;
    const scene = { ...bare, start: await readState() };
    await forget();
    const { status } = await request(scene);
    const after = await stateOf(scene);
    const changes = JSON.stringify(after) !== JSON.stringify(comparable(scene.start, scene.start));
    if (status < 300 && changes !== KEEPS_NOTHING.includes(described.name)) scenes.push(scene);
    await goBack(scene);
  }
  return scenes;
};

const expectTyped = ({ route }: Described, { status, headers, body }: Answer, place: string): void => {
  const schema = route.answers[status];
  if (schema !== undefined) {
    if (schema) expect(schema.parse(body), place).toEqual(body);
    return;
  }
  expect([status, ProblemDocument.safeParse(body).data?.reason], place).toEqual([503, 'unavailable']);
  expect(headers.get('Retry-After'), place).toMatch(/^[1-9]\d*$/);
};

/** The second answer: done, or the word by which this route says that it has been done. */
const expectSettled = ({ name, route }: Described, { status, body }: Answer, place: string): void => {
  if (route.answers[status] === undefined)
    expect(ProblemDocument.safeParse(body).data?.reason, `${place}: ${status}`).toBe(DONE_ALREADY[name]);
};

const expectTypedOrDone = (described: Described, answer: Answer, place: string): void => {
  const reason = ProblemDocument.safeParse(answer.body).data?.reason;
  if (reason === undefined || reason !== DONE_ALREADY[described.name]) expectTyped(described, answer, place);
};

type Compared = Record<string, string[]>;

/** A site is where the directory says, and is none before it is there (docs/architecture.md): the entry alone is nothing. */
const withoutDirectory = ({ directory, ...tables }: Compared): Compared => tables;

const isOneOf = (state: Compared, states: readonly Compared[]): boolean =>
  states.some((one) => JSON.stringify(one) === JSON.stringify(state));

/** The states in which ways without a fault end. */
const endsOf = async (scene: Scene) => {
  const { name } = scene.described;
  const before = comparable(scene.start, scene.start);
  await goBack(scene);
  const { calls } = await faults.during(null, () => request(scene));
  const states = [await stateOf(scene)];
  for (let again = 0; DOES_AGAIN[name] !== undefined && again < TIMES_AGAIN; again += 1) {
    stage.own.clock.tick(1);
    await request(scene);
    states.push(await stateOf(scene));
  }
  await goBack(scene);
  const { result } = await faults.during('kv', () => request(scene));
  const withoutKv = result.status < 300 ? [await stateOf(scene)] : [];
  await goBack(scene);
  return { before, calls, withoutKv, done: states };
};

/** One that lasts takes its time: the server tries again, with pauses, before it gives up. */
const KINDS = (['before', 'after', 'from then on'] as const).slice(0, rounds({ short: 2, long: 3 }));

const faultsIn = (calls: Record<Part, number>): Fault[] =>
  (['d1', 'kv'] as const).flatMap((part) =>
    Array.from({ length: calls[part] }, (_, i) => i + 1).flatMap((call) => KINDS.map((when) => ({ part, call, when }))),
  );

/** The rows that are in one of the states alone, to explain a failure. */
const differing = (is: Compared, due: Compared): string => {
  const beside = (one: Compared, other: Compared, sign: string) =>
    Object.entries(one).flatMap(([name, rows]) =>
      rows.filter((row) => !other[name]?.includes(row)).map((row) => `  ${sign} ${name} ${row}`),
    );
  return [...beside(is, due, '+'), ...beside(due, is, '-')].join('\n');
};

const throughFaults = async (scene: Scene): Promise<string[]> => {
  const { described, call } = scene;
  const ends = await endsOf(scene);
  const wrong: string[] = [];
  for (const fault of faultsIn(ends.calls)) {
    const place = `${call.method} ${call.path}: ${fault.part} call ${fault.call}, ${fault.when}`;
    const done = fault.part === 'kv' ? [...ends.done, ...ends.withoutKv] : ends.done;
    const { result: answer } = await faults.during(fault, () => request(scene));
    const state = await stateOf(scene);
    // The server repeats a PUT itself, and may meet what its first try has done.
    if (isOneOf(state, done)) expectTypedOrDone(described, answer, place);
    else expectTyped(described, answer, place);
    if (!isOneOf(withoutDirectory(state), [ends.before, ...done].map(withoutDirectory)))
      wrong.push(`${place}: half done (${answer.status})`);
    stage.own.clock.tick(1);
    const again = await request(scene);
    expectSettled(described, again, place);
    const end = await stateOf(scene);
    if (!isOneOf(end, done))
      wrong.push(`${place}: not healed (${answer.status}, then ${again.status})\n${differing(end, done[0] ?? {})}`);
    await goBack(scene);
  }
  return wrong;
};

test.each(WRITES)('$name survives a fault of each of its calls, and the retry heals it', async (described) => {
  const whole = await readState();
  const scenes = await scenesOf(described);
  expect(scenes.length, 'no scene in which it can be done').toBeGreaterThan(0);
  for (const scene of scenes) expect((await throughFaults(scene)).join('\n')).toBe('');
  await restoreState(whole);
});
