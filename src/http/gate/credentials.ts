import { GuestKey } from '../../contract/comment.ts';
import type { Actor } from '../../core/event/actor.ts';
import { type Action, may, type Permitted, whoMay } from '../../core/event/permissions.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { type AppContext, depsOf, isRead } from '../dependencies.ts';
import { sessionToken } from './session.ts';

/** A kind of bearer token: the actor that it proves at a site, or null where it proves none. */
type Bearer = (c: AppContext, site: string, token: string) => Promise<Actor | null>;

/** A reader is the keyed hash of the key that their browser made: never the network address, never the name. */
const guestKey: Bearer = async (c, site, token) => {
  if (!GuestKey.safeParse(token).success) return null;
  const { hashing } = c.env;
  const id = await hashing.reader(site, token);
  const former = await hashing.formerReader(site, token);
  if (former === null || !(await depsOf(c).readers.isKnown(site, former))) return { kind: 'reader', id };
  // A read changes nothing: it looks for readers where they are.
  if (isRead(c)) return { kind: 'reader', id: former };
  await depsOf(c).readers.move(site, former, id);
  return { kind: 'reader', id };
};

const operatorKey: Bearer = async (c, _, token) => ((await c.env.isOperatorKey(token)) ? { kind: 'operator' } : null);

/** The key names its site; the hash under the site of the path decides. */
const apiKey: Bearer = async (c, site, token) => {
  if (!token.startsWith(`bl_${site}_`)) return null;
  const { hashing, secretMarks, sites } = depsOf(c);
  const [hash = '', former] = await hashing.tokens(token);
  const known = await sites.findApiKey(site, hash);
  const key = known ?? (former === undefined ? null : await sites.findApiKey(site, former));
  if (key === null) return null;
  if (known === null && former !== undefined && !isRead(c))
    await sites.rekeyApiKey(site, former, hash, (await secretMarks()).SECRET ?? '');
  return { kind: 'publisher', id: key.id, name: key.name };
};

/** A reader's token proves nothing to a site, so it is asked for only where readers may do something. */
const READERS: readonly Bearer[] = [guestKey];
const HOUSE: readonly Bearer[] = [operatorKey, apiKey];

function bearerOf(c: AppContext): string | null {
  const [scheme, token, ...rest] = c.req.header('Authorization')?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null;
}

async function byBearer(c: AppContext, site: string, token: string, kinds: readonly Bearer[]): Promise<Actor | null> {
  for (const kind of kinds) {
    const actor = await kind(c, site, token);
    if (actor !== null) return actor;
  }
  return null;
}

async function bySession(c: AppContext, site: string, token: string): Promise<Actor | null> {
  const { clock, hashing, moderators } = depsOf(c);
  for (const hash of await hashing.tokens(token)) {
    const moderator = await moderators.findBySession(site, hash, clock.now());
    if (moderator === null) continue;
    const { id, name, role } = moderator;
    return { kind: 'moderator', id, name, role };
  }
  return null;
}

/** A browser sends the cookie along by itself, so what changes something must come from a page of our own. */
export function isFromOwnPage(c: AppContext): boolean {
  const origin = c.req.header('Origin');
  return isRead(c) || origin === new URL(c.req.url).origin || origin === c.env.publicUrl;
}

async function prove(c: AppContext, site: string, permitted: readonly Permitted[]): Promise<Result<Actor>> {
  const unproven = refuse({ reason: 'unauthenticated', needs: permitted });
  const bearer = bearerOf(c);
  const proven = (actor: Actor | null): Result<Actor> => (actor === null ? unproven : ok(actor));
  if (permitted.includes('reader'))
    return bearer === null ? unproven : proven(await byBearer(c, site, bearer, READERS));
  const cookie = sessionToken(c, site);
  if (bearer !== null) return cookie === undefined ? proven(await byBearer(c, site, bearer, HOUSE)) : unproven;
  if (cookie === undefined) return unproven;
  return isFromOwnPage(c)
    ? proven(await bySession(c, site, cookie))
    : refuse({ reason: 'forbidden', needs: ['own-page'] });
}

/**
 * The actor behind a request, if they may do this at this site. A request with both a bearer token and a session is
 * as good as one with neither. Where everybody may, nobody is asked who they are.
 */
export async function admitActor(c: AppContext, site: string, action: Action): Promise<Result<Actor>> {
  const permitted = whoMay(action);
  const proven = permitted.includes('anyone') ? ok<Actor>({ kind: 'visitor' }) : await prove(c, site, permitted);
  if (!proven.ok) return proven;
  return may({ site, actor: proven.value }, action) ? proven : refuse({ reason: 'forbidden', needs: permitted });
}
