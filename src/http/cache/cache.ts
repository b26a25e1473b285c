import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import type { WriteWhere } from '../../core/article/article-store.ts';
import type { Markup } from '../../core/text/markup.ts';
import type { AppContext } from '../dependencies.ts';

/** The time for which a reader may see an old page, and within which a rejected comment is gone everywhere. */
export const FRESH_SECONDS = 15;

/** The greatest age of a copy that is served while the database does not answer. */
export const KEPT_SECONDS = 86_400;

/** Grows when the same rows make another answer, so that no reader keeps an old form under an unchanged version. */
const REPRESENTATION = 3;

/**
 * A browser may show its own reader an older copy while it asks again; the cache that all readers share may not, or a
 * rejected comment would be seen by somebody for minutes more. `tag` is what a purge may name.
 */
export function cacheable(c: AppContext, tag: string): void {
  // A thread that a script shows is asked for again by it; a page without script would stay old before its reader.
  const meanwhile = c.get('isPage') ? '' : ' stale-while-revalidate=300,';
  c.header(
    'Cache-Control',
    `public, max-age=${FRESH_SECONDS}, s-maxage=${FRESH_SECONDS},${meanwhile} stale-if-error=${KEPT_SECONDS}`,
  );
  c.header('CDN-Cache-Control', `public, max-age=${FRESH_SECONDS}, stale-if-error=${KEPT_SECONDS}`);
  c.header('Cache-Tag', encodeURIComponent(tag));
  c.header('Vary', 'Accept-Encoding');
}

/** An ETag from the answer itself. A 304 must be as readable from another origin as the answer was. */
export const tagged = etag({
  // The same answer goes out plain and as gzip.
  weak: true,
  retainedHeaders: [
    ...RETAINED_304_HEADERS,
    'Access-Control-Allow-Origin',
    'Access-Control-Expose-Headers',
    'Cache-Tag',
    'CDN-Cache-Control',
  ],
});

export const HTML = 'text/html; charset=utf-8';

const texts = new WeakMap<Response, PublicText>();

export interface PublicText {
  text: string;
  isOfNothing: boolean;
}

/** An answer that is for everybody; undefined for all others, which nobody may keep. */
export function publicTextOf(response: Response): PublicText | undefined {
  return texts.get(response);
}

/**
 * The only way for an answer to become public: `text` must hold nothing of the viewer. It is remembered beside the
 * answer, because reading it back from the Response costs more than all that the page cache does otherwise.
 * `isOfNothing`: there is nothing at this address, and anybody can think of another such.
 */
export function publicText(c: AppContext, tag: string, type: string, text: string, isOfNothing: boolean): Response {
  cacheable(c, tag);
  const response = c.body(text, 200, { 'Content-Type': type });
  texts.set(response, { text, isOfNothing });
  return response;
}

export function publicJson(c: AppContext, tag: string, view: unknown, isOfNothing = false): Response {
  return publicText(c, tag, 'application/json', JSON.stringify(view), isOfNothing);
}

export function publicHtml(c: AppContext, tag: string, html: Markup, isOfNothing = false): Response {
  return publicText(c, tag, HTML, html.toString(), isOfNothing);
}

export function articleTag(siteId: string, articleKey: string): string {
  return `article:${siteId}:${articleKey}`;
}

/** The tag of lists in which many articles have a part. */
export function siteTag(siteId: string): string {
  return `site:${siteId}`;
}

/**
 * Takes an article's pages, and the lists it may stand in, out of this isolate's page cache, and soon out of the cache
 * in front of the Worker, where there is one (locally there is not). A courtesy: other isolates keep theirs, and what
 * bounds the age of a page is `FRESH_SECONDS`.
 */
export function purgeArticles(c: AppContext, siteId: string, articleKeys: string[]): void {
  if (articleKeys.length === 0) return;
  const keys = [...new Set(articleKeys)];
  const tags = [siteTag(siteId), ...keys.map((key) => articleTag(siteId, key))].map(encodeURIComponent);
  c.env.pages.purge(tags);
  c.env.purger(executionContextOf(c), tags);
}

/** Hono throws where a request came without one, as in tests that call the app directly. */
const executionContextOf = (c: AppContext): ExecutionContext | null => {
  try {
    return c.executionCtx as ExecutionContext;
  } catch {
    return null;
  }
};

export function versionTag(version: number): string {
  return `W/"${REPRESENTATION}.${version}"`;
}

/** The short answer to whoever holds this version. */
export function notModified(c: AppContext, version: number, tag: string): Response {
  cacheable(c, tag);
  return c.body(null, 304, { ETag: versionTag(version) });
}

/** The versions that a list of ETags names. All are weak, since one stands for a page plain and as gzip. */
const versionsIn = (tags: string): number[] =>
  tags.split(',').flatMap((tag) => {
    const [, representation, version] = /^W\/"(\d+)\.(\d+)"$/.exec(tag.trim()) ?? [];
    return Number(representation) === REPRESENTATION ? [Number(version)] : [];
  });

/** The versions that the asker has a copy of, by the ETags sent along. */
export function heldVersions(c: AppContext): number[] {
  return versionsIn(c.req.header('If-None-Match') ?? '');
}

/**
 * The state that a write asks for, by `If-Match` and `If-None-Match: *`. To be compared strongly, a weak tag would match
 * nothing; here it names a state of the article, not the bytes of a page, so the same state is a match.
 */
export function writeWhere(ifMatch: string | undefined, ifNoneMatch: '*' | undefined): WriteWhere {
  if (ifMatch === undefined) return ifNoneMatch === undefined ? 'any' : 'absent';
  if (ifNoneMatch !== undefined) return { versions: [] };
  return ifMatch === '*' ? 'present' : { versions: versionsIn(ifMatch) };
}
