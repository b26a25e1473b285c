import type * as z from 'zod/mini';
import { listFields } from '../../contract/article.ts';
import type { ServedRoute } from '../../contract/routes/route.ts';
import { routes } from '../../contract/routes.ts';
import { cleanLine } from '../../core/text/clean.ts';

/** A page for everybody: the route's own path and parameters say which it is, and nothing else of a request does. */
interface PublicRoute {
  template: string;
  pattern: RegExp;
  params: z.ZodMiniType;
  query: z.ZodMiniType | undefined;
  /** The parameters of a request without any; none where the route asks for one. */
  defaults: Record<string, unknown>;
}

const publicRoutes: PublicRoute[] = Object.values(routes as Record<string, ServedRoute>).flatMap((route) => {
  const [method, template = ''] = route.at.split(' ');
  if (method !== 'GET' || route.action !== 'read' || route.params === undefined) return [];
  const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  const bare = route.query?.safeParse({});
  const defaults = bare?.success ? (bare.data as Record<string, unknown>) : {};
  return [{ template, pattern, params: route.params, query: route.query, defaults }];
});

const parametersOf = (query: string): Record<string, string | string[]> => {
  const sent: Record<string, string | string[]> = Object.create(null);
  const all = new URLSearchParams(query);
  for (const name of new Set(all.keys())) {
    const values = all.getAll(name);
    sent[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return sent;
};

/**
 * The parameters as their schema reads them, without those that say the default; a list of keys in one order. A label is
 * cleaned here, as it was when its article was put: the app is asked for this address, so it meets no other spelling.
 */
const queryOf = (read: object, { defaults }: PublicRoute): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(read)) {
    if (value === defaults[name]) continue;
    for (const one of new Set([value].flat().map(String).sort()))
      query.append(name, name in listFields ? cleanLine(one) : one);
  }
  return query.size === 0 ? '' : `?${query}`;
};

const addressIn = (route: PublicRoute, path: string, query: string): string | null => {
  const parts = route.pattern.exec(path)?.groups;
  if (parts === undefined) return null;
  const params = route.params.safeParse(
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, decodeURIComponent(part)])),
  );
  const sent = parametersOf(query);
  const read =
    route.query === undefined ? { success: Object.keys(sent).length === 0, data: {} } : route.query.safeParse(sent);
  if (!params.success || !read.success) return null;
  const values = params.data as Record<string, string>;
  const address = route.template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] as string));
  return address + queryOf(read.data as object, route);
};

const findAddress = (url: string): string | null => {
  const { origin, pathname, search } = new URL(url);
  try {
    for (const route of publicRoutes) {
      const address = addressIn(route, pathname, search);
      if (address !== null) return origin + address;
    }
  } catch {
    // A percent sign that begins no byte.
  }
  return null;
};

/** Spellings that were met lately; it costs more to read one than to serve its page. */
const known = new Map<string, string | null>();
const KNOWN = 2_000;
const LONGEST_KNOWN = 1_000;

/**
 * The one address of the public page that a request asks for: however its path, its numbers and the order of its
 * parameters are spelled, and whatever credentials it carries, for nobody is asked for them there. Null: it asks for
 * something else, or for a page that cannot be, and no cache has a part in the answer.
 */
export function publicAddressOf({ method, url }: Pick<Request, 'method' | 'url'>): string | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  const met = known.get(url);
  if (met !== undefined) return met;
  const address = findAddress(url);
  if (url.length <= LONGEST_KNOWN) {
    if (known.size >= KNOWN) known.clear();
    known.set(url, address);
  }
  return address;
}
