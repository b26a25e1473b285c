import { env } from 'cloudflare:workers';
import type { Body } from '../../src/core/body/body.ts';
import { sourceOf } from '../../src/core/body/markdown-of.ts';
import { FRESH_SECONDS } from '../../src/http/cache/cache.ts';
import type { Answer, World } from './random-walk-world.ts';

const FRESH_MILLIS = FRESH_SECONDS * 1_000;

const ID = '[0-9a-hjkmnp-tv-z]{16}';
const IDS = new RegExp(`(?<![0-9A-Za-z.])(?:${ID})+(?![0-9A-Za-z])`, 'g');
const MARKS = /mark-\d{6,}-r\d+|name-\d{6,}/g;
const NEVER = /(?:mail|note|reason|desk|word)-\d{6,}|2001:db8[:0-9a-f]*|198\.51\.100\.\d+/;
/** Names of private columns, and of fields that only moderators are sent. */
const PRIVATE_FIELD =
  /"(?:status|revision|source|signals|reason|flagCount|openFlags|authorEmail|email|reader\w*|shadowed|listed|networkKey|textHash|idempotencyKey|score|path|settings|decidedBy)":/i;
const CURSOR = /"(?:next|moreReplies)":"([A-Za-z0-9_-]+)"/g;
/** The bookmark of a D1 session, which the answer to a write has. */
const BOOKMARK = /(?:[0-9a-f]{8}-){3}[0-9a-f]{32}/g;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
/** The length of the shortest secret; a longer one is recognised by its first characters. */
const SECRET_LENGTH = 22;
const SECRET_RUN = new RegExp(`[\\w-]{${SECRET_LENGTH},}`, 'g');

const decode = (cursor: string) => atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));

/** All readable text of an answer, its cursors decoded. */
const textOf = ({ headers, body }: Answer): string =>
  `${[...headers].map((pair) => pair.join(': ')).join('\n')}\n${body}`
    .replace(CURSOR, (_, cursor: string) => decode(cursor))
    .replace(UUID, '')
    .replace(BOOKMARK, '');

const idsIn = (text: string): string[] => (text.match(IDS) ?? []).flatMap((run) => run.match(/.{16}/g) ?? []);

/** The columns with private values. */
const PRIVATE_COLUMNS = {
  comments: 'reader_id',
  // A network, a text or a request: what is private stands behind a word for the kind.
  comment_traces: 'trace',
  events: 'actor_id',
  readers: 'id',
  flags: 'reader_id',
  votes: 'reader_id',
  sessions: 'token_hash',
  sign_in_links: 'token_hash',
  api_keys: 'key_hash',
};

const selectAll = (site: string): D1PreparedStatement[] =>
  Object.entries(PRIVATE_COLUMNS).map(([table, columns]) =>
    env.DB.prepare(`SELECT DISTINCT ${columns} FROM ${table} WHERE site_id = ?`).bind(site),
  );

/** Reads answers as a stranger would, and remembers what was in them. */
export const createWitness = (world: World) => {
  const { model, clock } = world;
  const seen = new Map<string, string>();
  const held = new Map<string, { tag: string; answer: Answer }>();
  const lastGood = new Map<string, number>();

  const fail = (what: string, { path, status, body }: Answer): never => {
    throw new Error(`${what} in the answer ${status} to ${path}\n${body.slice(0, 2_000)}`);
  };

  /** Checks for fields that no public answer has; secrets are looked up later, when the rows have been read. */
  const checkAlways = (text: string, answer: Answer): void => {
    const never = NEVER.exec(text);
    if (never !== null) fail(never[0], answer);
    for (const [run] of text.matchAll(SECRET_RUN)) {
      for (let i = 0; i + SECRET_LENGTH <= run.length; i += 1) seen.set(run.slice(i, i + SECRET_LENGTH), answer.path);
    }
  };

  const checkPublic = (answer: Answer, since: number): void => {
    const text = textOf(answer);
    checkAlways(text, answer);
    const field = answer.status === 200 ? PRIVATE_FIELD.exec(answer.body) : null;
    if (field !== null) fail(`the field ${field[0]}`, answer);
    for (const thing of [...(text.match(MARKS) ?? []), ...idsIn(text)]) {
      if (model.wasPublic(thing, since)) continue;
      const owner = model.comments.find(({ textMark, nameMark, id }) => [textMark, nameMark, id].includes(thing));
      fail(`${thing} (${owner === undefined ? 'an old revision, or no comment' : owner.status})`, answer);
    }
  };

  /** A 304 confirms the copy that was sent before: it counts as if that were sent again. */
  const isSaid = (answer: Answer): Answer => {
    const copy = held.get(answer.path)?.answer;
    return answer.status === 304 && copy !== undefined ? { ...answer, body: copy.body } : answer;
  };

  const conditional = (path: string): Record<string, string> => {
    const tag = world.dice.chance(0.4) ? held.get(path)?.tag : undefined;
    return tag === undefined ? {} : { 'If-None-Match': tag };
  };

  const isAsModelled = ({ id, status, source = '', body = '[]' }: Record<string, string>): boolean => {
    const comment = model.byId.get(id ?? '');
    return (
      comment !== undefined &&
      comment.status === status &&
      (status === 'deleted' || sourceOf(source, JSON.parse(body) as Body).includes(comment.textMark))
    );
  };

  return {
    /** An answer from the app itself has nothing that is not public at this moment. */
    async direct(path: string): Promise<Answer> {
      const answer = await world.send('GET', path, { direct: true, headers: conditional(path) });
      checkPublic(isSaid(answer), clock.now);
      const tag = answer.headers.get('ETag');
      if (answer.status === 304) {
        const whole = await world.send('GET', path, { direct: true });
        if (whole.body !== isSaid(answer).body) fail(`304 for another text (held: ${isSaid(answer).body})`, whole);
        return whole;
      }
      if (answer.status === 200 && tag !== null) held.set(path, { tag, answer });
      return answer;
    },

    /** An answer through the page cache has nothing that was not public within the last 15 seconds. */
    async cached(path: string): Promise<Answer> {
      const answer = await world.send('GET', path, { headers: conditional(path) });
      checkPublic(isSaid(answer), clock.now - FRESH_MILLIS);
      lastGood.set(path, clock.now);
      return answer;
    },

    /** An answer while the database is away has nothing that was gone when this page was last asked for. */
    async stale(path: string): Promise<Answer> {
      const answer = await world.outage(() => world.send('GET', path));
      checkPublic(answer, (lastGood.get(path) ?? clock.now) - FRESH_MILLIS);
      if (answer.status !== 200 && answer.status !== 503) fail('neither a page nor an outage', answer);
      return answer;
    },

    cachedPaths: () => [...lastGood.keys()],

    /** Answers for everyone are the same for everyone. */
    async same(path: string, credentials: Record<string, string>): Promise<void> {
      const [plain, signed] = await Promise.all([
        world.send('GET', path, { direct: true }),
        world.send('GET', path, { direct: true, headers: credentials }),
      ]);
      if (textOf({ ...plain, body: '' }) !== textOf({ ...signed, body: '' })) fail('other headers', signed);
      const isProblem = plain.status >= 400;
      const bodies = [plain, signed].map(({ body }) => (isProblem ? body.replace(UUID, '') : body));
      if (plain.status !== signed.status || bodies[0] !== bodies[1]) fail('another answer with credentials', signed);
    },

    /** A refusal has nothing of any comment. */
    checkRefusal(answer: Answer): void {
      checkPublic(answer, Number.POSITIVE_INFINITY);
    },

    /** An answer for one reader alone has their own comments as they are now, and the reasons that they were given. */
    checkOwn(guest: number, answer: Answer): void {
      const own = model.comments.filter((comment) => comment.guest === guest);
      const allowed = new Set(own.flatMap((comment) => [comment.textMark, comment.nameMark, ...comment.reasons]));
      const text = textOf(answer);
      for (const thing of text.match(/mark-\d{6,}-r\d+|(?:name|reason)-\d{6,}/g) ?? []) {
        if (!allowed.has(thing)) fail(`${thing}, which is not theirs,`, answer);
      }
      checkAlways(text.replace(/reason-\d{6,}/g, ''), answer);
      if (answer.headers.get('Cache-Control') !== 'no-store') fail('no "no-store"', answer);
    },

    /** Reads the rows: nothing in their private columns has been seen in any answer, and the model is right. */
    async compareWithRows(): Promise<void> {
      const [comments, ...tables] = await env.DB.batch<Record<string, string>>([
        env.DB.prepare('SELECT id, status, source, body FROM comments WHERE site_id = ?').bind(world.site),
        ...selectAll(world.site),
      ]);
      const fromRows = tables.flatMap(({ results }) => results.flatMap((row) => Object.values(row))).filter(Boolean);
      for (const secret of [...world.secrets, ...fromRows.flatMap((value) => value.split(' '))]) {
        const where = seen.get(secret.slice(0, SECRET_LENGTH));
        if (where !== undefined) throw new Error(`the secret ${secret} in an answer to ${where}`);
      }
      for (const row of comments?.results ?? []) {
        if (!isAsModelled(row)) throw new Error(`the model does not say ${JSON.stringify(row)}`);
      }
      if (comments?.results.length !== model.comments.length) throw new Error('the model has missed a comment');
      const line = world.logged.flat().find((text) => NEVER.test(text) || /(?:mark|name)-\d{6,}/.test(text));
      if (line !== undefined) throw new Error(`the log holds what it must not: ${line}`);
    },
  };
};

export type Witness = ReturnType<typeof createWitness>;
