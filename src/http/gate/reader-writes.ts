import type { ServedRoute } from '../../contract/routes.ts';
import type { Actor } from '../../core/event/actor.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { type AppContext, depsOf, isRead, placeOf } from '../dependencies.ts';
import { isFromOwnPage } from './credentials.ts';
import { FULL_RETRY_SECONDS } from './faults.ts';

/** A site that lists no origin takes what comes from anywhere. */
const takes = (origins: readonly string[], origin: string): boolean => origins.length === 0 || origins.includes(origin);

/**
 * A reader writes from a page of the site: the browser says in `Origin` which one it is. A program that is no browser
 * sends none. An origin that is not in the book may have been registered since, so it is looked for again.
 */
async function checkOrigin(c: AppContext, siteId: string): Promise<Result<null>> {
  const origin = c.req.header('Origin');
  if (origin === undefined) return ok(null);
  const { originBook, clock } = c.env;
  const known = originBook.find(siteId, clock.now());
  if (known !== null && takes(known, origin)) return ok(null);
  const site = await depsOf(c).sites.find(siteId);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  originBook.insert(siteId, site.origins, clock.now());
  return takes(site.origins, origin) ? ok(null) : refuse({ reason: 'origin-not-registered' });
}

/** Sent by another page, a form would post from the network of whoever opens that. A browser says where it comes from. */
const checkOwnPage = (c: AppContext): Result<null> =>
  c.req.header('Origin') === undefined || isFromOwnPage(c)
    ? ok(null)
    : refuse({ reason: 'forbidden', needs: ['own-page'] });

/** The rules for whatever a reader writes. A deletion takes no room, so it is let through where there is none. */
export async function checkReaderWrite(
  c: AppContext,
  { form = false }: Pick<ServedRoute, 'form'>,
  siteId: string,
  actor: Actor,
): Promise<Result<null>> {
  if ((actor.kind !== 'reader' && !form) || isRead(c)) return ok(null);
  if (c.req.method !== 'DELETE' && c.env.isFullForReaders(placeOf(c))) {
    return refuse({ reason: 'storage-full', retryAfterSeconds: FULL_RETRY_SECONDS });
  }
  return form ? checkOwnPage(c) : checkOrigin(c, siteId);
}
