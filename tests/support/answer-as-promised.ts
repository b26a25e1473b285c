import { ProblemDocument, type ProblemReason } from '../../src/contract/problem.ts';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import { PROBLEMS, problemsOf } from '../../src/reference/problems.ts';
import { contentOf } from './newsroom-answer.ts';

/** Whether an answer is one that the contract promises to its request. */

export interface Sent {
  method: string;
  /** As the address came over the wire. */
  path: string;
  hasBody: boolean;
}

export interface Received {
  status: number;
  headers: Headers;
  body: string;
}

/** As the router reads an address: what can be decoded is, piece by piece. */
const segmentsOf = (path: string): string[] =>
  path
    .replace(/(?:%[0-9a-f]{2})+/gi, (piece) => {
      try {
        return decodeURI(piece);
      } catch {
        return piece;
      }
    })
    .split('/');

const TEMPLATES = ROUTES.map((described) => ({ described, parts: described.path.split('/') }));

const matches = (parts: readonly string[], segments: readonly string[]): boolean =>
  parts.length === segments.length &&
  parts.every((part, i) => (part.startsWith('{') ? segments[i] !== '' : part === segments[i]));

/** The routes at an address, whatever the method. */
const routesAt = (path: string): Described[] => {
  const segments = segmentsOf(path);
  return TEMPLATES.filter(({ parts }) => matches(parts, segments)).map(({ described }) => described);
};

const DECLARED = new Map(ROUTES.map((described) => [described, new Set<string>(problemsOf(described))]));

/** Reasons that come before a route is asked. */
const early = ({ method, hasBody }: Sent): ProblemReason[] => [
  ...(hasBody ? (['payload-too-large', 'unsupported-media-type'] as const) : []),
  // A read takes the parameters that it knows alone.
  ...(method === 'GET' || method === 'HEAD' ? (['invalid-input'] as const) : []),
];

const HTML = 'text/html; charset=utf-8';

const problemFault = (
  sent: Sent,
  { status, headers, body }: Received,
  allowed: ReadonlySet<string>,
  route: Described['route'] | undefined,
): string | null => {
  if (sent.method === 'HEAD') return body === '' ? null : 'a HEAD has a body';
  const type = route?.html === 'page' ? HTML : 'application/problem+json';
  if (headers.get('Content-Type') !== type) return 'no problem document';
  const parsed = ProblemDocument.safeParse(contentOf(status, headers, body));
  if (!parsed.success) return parsed.error.message;
  const { reason } = parsed.data;
  if (parsed.data.status !== status || PROBLEMS[reason as ProblemReason]?.status !== status) return 'another status';
  return allowed.has(reason) || early(sent).includes(reason as ProblemReason) ? null : `"${reason}" is not declared`;
};

/** A schema leaves `__proto__` out of a record, so as to make no object of another kind. */
const namesIn = (value: object): string[] => Object.keys(value).filter((name) => name !== '__proto__');

const isSame = (one: unknown, other: unknown): boolean => {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return one === other;
  const [names, others] = [namesIn(one), namesIn(other)];
  return (
    names.length === others.length &&
    names.every((name) => isSame(one[name as keyof typeof one], other[name as keyof typeof other]))
  );
};

const viewFault = ({ route }: Described, { method }: Sent, { status, headers, body }: Received): string | null => {
  if (status === 304 && route.etag !== undefined) return body === '' ? null : 'a 304 has a body';
  if (status === 308 && route.moves) return headers.has('Location') ? null : 'a 308 leads nowhere';
  const schema = route.answers[status];
  if (schema === undefined) return 'this status is not declared';
  if (schema === null || method === 'HEAD') return body === '' ? null : 'a body where there is none';
  const type = route.media === undefined ? 'application/json' : `${route.media}; charset=utf-8`;
  if (headers.get('Content-Type') !== (route.html ? HTML : type)) return 'another media type';
  const view = contentOf(status, headers, body);
  const parsed = schema.safeParse(view);
  if (!parsed.success) return parsed.error.message;
  // A schema drops what it does not know: nothing may be missing after it.
  return isSame(parsed.data, view) ? null : 'fields that the schema does not know';
};

const NOWHERE: ReadonlySet<string> = new Set(['not-found']);
const OTHER_METHOD: ReadonlySet<string> = new Set(['method-not-allowed']);

/** The fault of an answer, or null. */
export const faultOf = (sent: Sent, received: Received): string | null => {
  const { status } = received;
  if (status >= 500) return 'our fault';
  if (sent.method === 'OPTIONS') return status === 204 ? null : 'no preflight';
  const here = routesAt(sent.path);
  const method = sent.method === 'HEAD' ? 'GET' : sent.method;
  const described = here.find((one) => one.method === method);
  if (status >= 400) {
    const allowed = described ? DECLARED.get(described) : here.length > 0 ? OTHER_METHOD : NOWHERE;
    return problemFault(sent, received, allowed ?? NOWHERE, described?.route);
  }
  return described === undefined ? 'nothing stands at this address' : viewFault(described, sent, received);
};
