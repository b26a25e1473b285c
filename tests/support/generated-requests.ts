import { type Described, ROUTES } from '../../src/reference/described.ts';
import { componentsOf } from '../../src/reference/json-schema.ts';
import { admission, type Member } from './cast.ts';
import { NEWS, ORIGIN } from './newsroom.ts';
import { encodedForm } from './newsroom-answer.ts';
import type { Dice } from './random-walk.ts';
import { fieldFor, hostileText, type Pool, type Source, spoilt, valueFor } from './schema-values.ts';

/** Requests made of the contract's own schemas: right ones, ones with a fault, and ones that mean harm. */

export interface Generated {
  /** The route that it was made for; a fault of the address may lead elsewhere. */
  described: Described;
  member: Member;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | null;
}

const components = componentsOf();

interface Shapes {
  params: Readonly<Record<string, object>>;
  query: object | null;
  headers: Readonly<Record<string, object>>;
  body: object | null;
}

const shapesOf = ({ route }: Described): Shapes => {
  const shape = (schema: Parameters<typeof components.toSchema>[0] | undefined) =>
    schema === undefined ? null : components.toSchema(schema, 'input');
  return {
    params: shape(route.params)?.properties ?? {},
    query: shape(route.query),
    headers: shape(route.headers)?.properties ?? {},
    body: shape(route.body),
  };
};

const SHAPES = new Map(ROUTES.map((described) => [described, shapesOf(described)]));

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'get', 'X-Ünknown'];

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'application/problem+json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
];

const bookmark = (dice: Dice): string =>
  dice.pick([
    'DB:00000000-00000000-00000000-00000000000000000000000000000000',
    'DB:--------',
    'DB:0',
    'DB_1:00000000',
    'DB:ffffffffffffffff',
  ]);

/** Headers that may come with any request, well-formed or not. */
const HEADERS: readonly [string, (dice: Dice) => string][] = [
  ['If-None-Match', (dice) => dice.pick(['*', '"1"', 'W/"1"', '"', '", "', '""', hostileText(dice)])],
  [
    'Idempotency-Key',
    (dice) => dice.pick([`retry-${dice.below(9)}-of-nine`, 'short', 'x'.repeat(101), hostileText(dice)]),
  ],
  ['Origin', (dice) => dice.pick([NEWS, ORIGIN, 'null', 'https://evil.example', hostileText(dice)])],
  ['Belowline-Bookmark', (dice) => (dice.chance(0.8) ? bookmark(dice) : hostileText(dice))],
  ['CF-Connecting-IP', (dice) => dice.pick(['::1', '::ffff:1.2.3.4', '1:2', ':::::', '999.1.1.1', hostileText(dice)])],
  ['Content-Type', (dice) => dice.pick(TYPES)],
  ['Content-Encoding', (dice) => dice.pick(['gzip', 'br', 'identity'])],
  ['Content-Length', (dice) => dice.pick(['0', '-1', '1e3', '999999999'])],
  ['Range', () => 'bytes=0-0'],
  ['Cookie', (dice) => dice.pick(['=;;=', '__Host-belowline-=x', `__Host-belowline-site-1=${hostileText(dice)}`])],
  [
    'Authorization',
    (dice) => dice.pick(['Bearer', 'Bearer  x', 'bearer \t', `Bearer ${hostileText(dice)}`, 'Basic eDp5']),
  ],
  ['X-HTTP-Method-Override', () => 'DELETE'],
  ['Accept', () => 'text/html'],
];

const LONE = /[\ud800-\udfff]/gu;

/** A lone surrogate cannot stand in an address. */
const encoded = (text: string): string => encodeURIComponent(text.replace(LONE, '\ufffd'));

const everyByte = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** A part of an address in one of the ways in which it can be written, of which some mean something else. */
const written = (dice: Dice, part: string): string =>
  dice.pick([
    encodeURIComponent,
    everyByte,
    (text: string) => encodeURIComponent(encodeURIComponent(text)),
    String,
    (text: string) => `${text}/`,
  ])(part.replace(LONE, '\ufffd'));

const SPOILT_PATHS: readonly ((path: string, dice: Dice) => string)[] = [
  (path) => `${path}/`,
  (path) => path.replace('/v1/', '//v1/'),
  (path) => path.replace('/v1/', '/v1/./'),
  (path) => path.replace('/v1/', '/V1/'),
  (path) => path.slice(0, -1),
  (path) => `${path}%`,
  (path) => `${path}/%2e%2e/`,
  (path) => path.replaceAll('/', '%2F'),
  (path) => path.replace(/s/, '%73'),
  (path, dice) => `${path}/${encoded(hostileText(dice))}`,
  (path, dice) =>
    path
      .split('/')
      .slice(0, 1 + dice.below(6))
      .join('/'),
];

const SPOILT_QUERIES = [
  'nonsense=1',
  '__proto__=1',
  'constructor=1&constructor=2',
  'limit=1e9',
  'limit=1&limit=2',
  'cursor=W10',
  'cursor=WzEsIiIsW11d',
  'sort=top&sort=top',
  '%',
  '%zz=%ff',
  '&&&',
  '=',
  'key=',
  'since=0000-01-01T00:00:00Z',
];

const SPOILT_TEXTS: readonly ((text: string, dice: Dice) => string | Uint8Array<ArrayBuffer>)[] = [
  (text, dice) => text.slice(0, dice.below(text.length)),
  (text) => `${text}}`,
  (text) => `\ufeff${text}`,
  (text) => text.replace('{', '{"__proto__":{"role":"admin"},'),
  (text) => text.replace('{', '{"constructor":{"prototype":{}},'),
  (text) => text.replace('{', '{"body":"twice",'),
  (text) => text.replace(/:\s*[^,}]+/, ':1e999'),
  (text) => text.replace(/:\s*[^,}]+/, ':-0'),
  () => '['.repeat(5_000),
  () => '{"body":'.repeat(2_000),
  () => '',
  () => 'null',
  () => '[]',
  () => '"text"',
  () => 'undefined',
  (text) => new Uint8Array([...new TextEncoder().encode(text.slice(0, -2)), 0xff, 0xc0, 0x80, 0x22, 0x7d]),
  (text) => text.padEnd(262_145),
];

const queryOf = (source: Source, schema: object | null): string => {
  if (schema === null) return '';
  const values = valueFor(source, schema) as Record<string, unknown>;
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}=${encoded(String(one))}`))
    .join('&');
};

/** A header that clients send as it is. */
const sendable = (value: string): boolean => /^[\t\x20-\x7e]*$/.test(value) && value === value.trim();

export interface Setting {
  dice: Dice;
  pool: Pool;
  cast: readonly Member[];
}

/** Guests and the operator are known without a look at the database. */
const isProvenAlone = ({ proves }: Member): boolean => proves?.kind === 'reader' || proves?.kind === 'operator';

const right = (setting: Setting, described: Described): Generated => {
  const { dice, cast } = setting;
  const source: Source = { ...setting, schemas: components.schemas };
  const shapes = SHAPES.get(described) as Shapes;
  const admitted = cast.filter((one) => admission(described, one, 'own') === 'admitted');
  const member = dice.pick(admitted.length > 0 ? admitted : cast);
  const address = described.path.replaceAll(/(\w+)\/\{(\w+)\}/g, (_, collection: string, name: string) => {
    const value = name === 'site' ? setting.pool.own?.[0] : fieldFor(source, collection, shapes.params[name] ?? {});
    return `${collection}/${encoded(String(value))}`;
  });
  const query = queryOf(source, shapes.query);
  const extra = Object.entries(shapes.headers).flatMap(([name, schema]) =>
    dice.chance(0.3) ? [[name, String(valueFor(source, schema))]] : [],
  );
  return {
    described,
    member,
    method: described.method === 'GET' && dice.chance(0.1) ? 'HEAD' : described.method,
    path: query === '' ? address : `${address}?${query}`,
    headers: {
      ...member.headers(),
      ...Object.fromEntries(extra),
      ...(shapes.body && { 'Content-Type': 'application/json' }),
    },
    body: shapes.body && JSON.stringify(valueFor(source, shapes.body)),
  };
};

type Spoil = (request: Generated, setting: Setting) => Generated;

const withQuery = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** A body that was spoilt as text has none. */
const valueIn = (body: Generated['body']): unknown => {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
};

const otherMethod: Spoil = (request, { dice }) => ({ ...request, method: dice.pick(METHODS) });

const otherPath: Spoil = (request, { dice }) => ({ ...request, path: dice.pick(SPOILT_PATHS)(request.path, dice) });

const otherQuery: Spoil = (request, { dice }) => ({
  ...request,
  path: withQuery(request.path, dice.pick(SPOILT_QUERIES)),
});

const otherValue: Spoil = (request, { dice }) => {
  const value = valueIn(request.body);
  return value === undefined ? request : { ...request, body: JSON.stringify(spoilt(dice, value)) };
};

const otherText: Spoil = (request, { dice }) => ({
  ...request,
  body: dice.pick(SPOILT_TEXTS)(String(request.body ?? '{}'), dice),
});

/** Each part of a route's address that may be anything, as somebody else might write it. */
const otherParts: Spoil = (request, { dice }) => ({
  ...request,
  path: request.path.replace(/(?<=\/v1\/\w+\/|articles\/|comments\/|readers\/|keys\/)[^/?]+/g, (part) =>
    dice.chance(0.5) ? written(dice, dice.chance(0.5) ? hostileText(dice) : part) : part,
  ),
});

/** Faults for which most requests are refused at the gate: of an address, and of a body where there is one. */
const OF_ADDRESS: readonly Spoil[] = [otherMethod, otherPath, otherQuery, otherParts];
const OF_BODY: readonly Spoil[] = [otherValue, otherText];

const refused: Spoil = (request, setting) => {
  const { dice } = setting;
  const faults = request.body === null || dice.chance(0.3) ? OF_ADDRESS : OF_BODY;
  return dice.pick(faults)(request, setting);
};

const SPOILERS: readonly Spoil[] = [
  ...OF_ADDRESS,
  ...OF_BODY,
  (request, { dice }) => ({
    ...request,
    path: request.path.replace(/=[^&]*/, () => `=${encoded(hostileText(dice))}`),
  }),
  (request, { dice, cast }) => {
    const member = dice.pick(cast);
    return { ...request, member, headers: { ...request.headers, Authorization: '', Cookie: '', ...member.headers() } };
  },
  (request, { dice }) => {
    const [name, value] = dice.pick(HEADERS);
    return { ...request, headers: { ...request.headers, [name]: value(dice) } };
  },
];

/** Requests that may reach the database; the others have a fault for which they are refused before it. */
const DEEP_SHARE = 0.15;

/** A form is made of fields; what was spoilt so that it has none goes out as it is. */
const asForm = (request: Generated): Generated => {
  const fields = valueIn(request.body);
  if (typeof fields !== 'object' || fields === null) return request;
  const isUntouched = request.headers['Content-Type'] === 'application/json';
  const headers = isUntouched
    ? { ...request.headers, 'Content-Type': 'application/x-www-form-urlencoded' }
    : request.headers;
  return { ...request, headers, body: formText(fields) };
};

const formText = (fields: object): string => {
  try {
    return encodedForm(fields);
  } catch {
    // A field that is no text in any way.
    return '%';
  }
};

/** The next request. The same dice make the same ones. */
export const generate = (setting: Setting): Generated => {
  const { dice } = setting;
  const isDeep = dice.chance(DEEP_SHARE);
  let request = right(isDeep ? setting : { ...setting, cast: setting.cast.filter(isProvenAlone) }, dice.pick(ROUTES));
  if (!isDeep) request = refused(request, setting);
  for (let faults = isDeep ? dice.below(2) : 1 + dice.below(2); faults > 0; faults -= 1) {
    request = dice.pick(SPOILERS)(request, setting);
  }
  if (request.described.route.form) request = asForm(request);
  const headers = Object.entries(request.headers).filter(([, value]) => value !== '' && sendable(value));
  return { ...request, headers: Object.fromEntries(headers) };
};
