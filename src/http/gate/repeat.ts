import type { ServedRoute } from '../../contract/routes.ts';
import { StoreUnavailable } from '../../core/platform/store-unavailable.ts';
import type { AppContext } from '../dependencies.ts';

const KEY = 'idempotency-key';

const RETRIES = 2;

/** The first wait is up to so long, the second up to twice that. */
const FIRST_PAUSE_MILLIS = 50;

/** A write that waits for a state of the article: carried out once, it would be refused for what it did itself. */
const isConditional = ({ req }: AppContext): boolean =>
  req.header('If-Match') !== undefined || req.header('If-None-Match') !== undefined;

/** A request that does no more when it is made again: by HTTP's own word for its method, or by a key that its route takes. */
const isIdempotent = (c: AppContext, { headers, form }: ServedRoute): boolean => {
  // Each form has a key of its own.
  if (form) return true;
  if (c.req.method === 'PUT' || c.req.method === 'DELETE') return !isConditional(c);
  return headers !== undefined && KEY in headers.shape && c.req.header(KEY) !== undefined;
};

const isBroken = (error: unknown): boolean => error instanceof StoreUnavailable && error.isWorthRepeating;

/**
 * Makes an idempotent request up to twice more when the connection to the database broke under a write, as a client would
 * after the 503; only the whole request can be repeated, because the write may have been carried out.
 */
export async function repeating(c: AppContext, route: ServedRoute, answer: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      const response = await answer();
      // The try before has deleted it.
      return tries > 0 && c.req.method === 'DELETE' && response.status === 404 ? c.body(null, 204) : response;
    } catch (error) {
      const pause = c.env.random() * FIRST_PAUSE_MILLIS * 2 ** tries;
      const isLast = tries === RETRIES || Date.now() + pause >= c.get('deadline');
      if (isLast || !isIdempotent(c, route) || !isBroken(error)) throw error;
      await scheduler.wait(pause);
    }
  }
}
