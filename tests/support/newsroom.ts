import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { Meter } from '../../src/bench/meter.ts';
import { compose } from '../../src/compose.ts';
import type { Role } from '../../src/contract/moderator.ts';
import { dayOf } from '../../src/core/rate-limit/attempt.ts';
import { MILLIS_A_DAY } from '../../src/core/rate-limit/network.ts';
import { type Config, readConfig } from '../../src/env.ts';
import { createApp } from '../../src/http/app.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { keepHouse } from '../../src/jobs/keep-house.ts';
import { addressesOf } from './newsroom-addresses.ts';
import { type Answer, bodyOf, contentOf, type HeaderFields, type RequestOptions } from './newsroom-answer.ts';
import { publicWith, readerWith } from './newsroom-readers.ts';
import { staffWith, tokenOf } from './newsroom-staff.ts';

export { addressesOf, type CommentRef } from './newsroom-addresses.ts';
export type { Answer } from './newsroom-answer.ts';
export { guestKey, type PostOptions, type Reader } from './newsroom-readers.ts';
export { type Staff, tokenOf } from './newsroom-staff.ts';

/** Our own origin, where moderators work. */
export const ORIGIN = 'https://comments.example';

/** The origin of the readers' pages, registered for every site. */
export const NEWS = 'https://news.example';

let made = 0;

/**
 * Each newsroom's clock begins at one time of a day, so that no test passes midnight or the turn of an hour at some times
 * of the real day alone. The day is tomorrow: KV takes no expiry that is past by the real clock.
 */
const startOfClock = (): number => (dayOf(Date.now()) + 1) * MILLIS_A_DAY + 9.5 * 3_600_000 + 20_500;

/**
 * A whole site on the real Worker code, D1 and KV, with a clock that the test moves and a meter on every binding.
 * Each has a site id of its own, so tests of one file do not see each other.
 * @param bindings replacements of the real ones, such as a KV that can be made to fail
 * @param database the database of its site: given, two are bound, otherwise the first alone
 */

export const openNewsroom = async (
  settings: Record<string, unknown> = {},
  bindings: Partial<Config> = {},
  { database }: { database?: 'DB' | 'DB_1' | undefined } = {},
) => {
  made += 1;
  const site = `site-${made}`;
  const meter = new Meter();
  const clock = { now: startOfClock(), tick: (seconds: number) => (clock.now += seconds * 1_000) };
  const second = database === undefined ? undefined : meter.database(env.DB_1);
  const config = readConfig({ ...env, DB: meter.database(env.DB), DB_1: second, KV: meter.namespace(env.KV) });
  const logged: string[] = [];
  const dependencies: Dependencies = compose(
    // The bindings that count bursts go by the real time, which a test's clock runs ahead of.
    { ...config, rateLimiters: {}, publicUrl: ORIGIN, ...bindings },
    { now: () => clock.now },
    (from, to, raw) => ({ from, to, raw }),
    (event, facts) => logged.push(JSON.stringify({ event, ...facts })),
  );
  const app = createApp();

  const request = async <View = unknown>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer<View>> => {
    const headers = new Headers({ 'CF-Connecting-IP': '203.0.113.7', ...options.headers });
    const sent = bodyOf(options);
    if (sent !== null && !headers.has('Content-Type')) headers.set('Content-Type', sent.type);
    const body = sent?.text ?? null;
    const context = createExecutionContext();
    const response = await app.fetch(new Request(`${ORIGIN}${path}`, { method, headers, body }), dependencies, context);
    const text = await response.text();
    await waitOnExecutionContext(context);
    return {
      status: response.status,
      headers: response.headers,
      body: contentOf(response.status, response.headers, text) as Answer<View>['body'],
    };
  };

  const at = addressesOf(site);
  const asPublisher = { Authorization: '' };
  const asOperator = { Authorization: `Bearer ${env.OPERATOR_KEY}` };
  const as = (headers: HeaderFields) => staffWith(request, at, async () => headers);
  const [operator, publisher] = [as(asOperator), as(asPublisher)];
  const everybody = publicWith(request, at);
  const readerIdOf = (key: string) => dependencies.hashing.reader(site, key);

  await operator.createSite({ id: site, name: 'The Site', origins: [NEWS], database });
  await operator.changeSettings(settings);
  asPublisher.Authorization = `Bearer ${(await operator.createKey('cms')).body.key}`;

  /** Invites somebody and signs them in; answers the headers of their browser. */
  const signIn = async (name: string, role: Role = 'moderator') => {
    const email = `${name.toLowerCase()}@news.example`;
    const { body: invited } = await operator.invite({ email, name, role });
    const link = invited.signInUrl ?? (await operator.createSignInLink(email)).body.url;
    if (link === undefined) throw new Error(JSON.stringify(invited));
    const session = await everybody.redeem(tokenOf(link));
    const cookie = session.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    return { id: invited.moderator.id, headers: { Cookie: cookie, Origin: ORIGIN }, cookie };
  };

  const desks = new Map<string, ReturnType<typeof openDesk>>();
  const openDesk = (name: string, role: Role) => {
    let signedIn: ReturnType<typeof signIn> | undefined;
    const session = () => (signedIn ??= signIn(name, role));
    return { name, session, ...staffWith(request, at, async () => (await session()).headers) };
  };
  /** A member of the team, who signs in with their first act. */
  const desk = (name = 'Mara', role: Role = 'moderator') => {
    const known = desks.get(name) ?? openDesk(name, role);
    desks.set(name, known);
    return known;
  };

  const stores = () => dependencies.openStores({ database: database ?? 'DB' }, 'first-primary');

  return {
    site,
    at,
    app,
    dependencies,
    /** Each line that would have gone to the log. */
    logged,
    meter,
    clock,
    /** A request as it goes over the wire, for tests of the protocol; other tests use the verbs of a person. */
    request,
    asOperator,
    asPublisher,
    reader: (key?: string) => readerWith({ send: request, at, clock, readerIdOf }, key),
    public: everybody,
    /** The public verbs on another site. */
    publicOf: (other: string) => publicWith(request, addressesOf(other)),
    desk,
    publisher,
    operator,
    /** The person who sends these headers. */
    as,
    /** All addresses that can be read about this comment on the ferry, as a browser asks for them. */
    everyGet: (comment: string) =>
      [...new Set(app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))].map((path) => {
        const address = path
          .replace(':site', site)
          .replace(':article', 'ferry')
          .replace(':id', comment)
          .replace(':database', database ?? 'DB')
          .replace(':table', 'sites');
        return address === at.counts ? `${address}?key=ferry` : address;
      }),
    /** The stores of the site's database. */
    stores,
    /** As after the isolate's first request of the day that needs the keys of networks' names. */
    loadDayKeys: () => stores().dayKeys.find(clock.now, dependencies.ids.token),
    /** Answers how much there was to do, over all jobs and databases. */
    runJobs: async () => (await keepHouse(dependencies)).reduce((sum, { done }) => sum + done, 0),
  };
};

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>;
