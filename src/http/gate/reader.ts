import type { MiddlewareHandler } from 'hono';
import { GuestKey } from '../../contract/comment.ts';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from './problems.ts';
import { bearerOf } from './session.ts';

/** A reader is the keyed hash of the key that their browser made: never the network address, never the name. */
export const asReader: MiddlewareHandler<AppEnv> = async (c, next) => {
  const siteId = c.req.param('site');
  const key = GuestKey.safeParse(bearerOf(c));
  if (!key.success || siteId === undefined) return problemResponse(c, { reason: 'unauthenticated', as: 'reader' });
  c.set('readerId', await c.env.hashing.reader(siteId, key.data));
  return next();
};
