import { whoMay } from '../../src/core/event/permissions.ts';
import type { Described } from '../../src/reference/described.ts';
import { guestKey, NEWS, type Newsroom, ORIGIN } from './newsroom.ts';
import type { HeaderFields } from './newsroom-answer.ts';

/** Everybody who may call, the honest and the forged, and what the table of permissions says to each. */

/** The site that is asked: the cast's own, the one next door, or one that is not there. */
export type Tenant = 'own' | 'other' | 'unknown';

interface Proof {
  kind: 'reader' | 'moderator' | 'admin' | 'publisher' | 'operator';
  /** elsewhere: not at the cast's own site. */
  at: Tenant | 'anywhere' | 'elsewhere';
}

export interface Member {
  name: string;
  headers(): HeaderFields;
  /** The identity that these headers prove, and at which site; null where they prove none. */
  proves: Proof | null;
  /** False for a session that comes along from a page of somebody else. */
  fromOwnPage: boolean;
  isForged: boolean;
  /** Signs in anew, when the session was ended. */
  renew?: () => Promise<void>;
}

const bearer = (token: string): HeaderFields => ({ Authorization: `Bearer ${token}` });

const tokenOf = ({ Authorization = '' }: HeaderFields): string => Authorization.slice('Bearer '.length);

const member = (name: string, headers: HeaderFields, kind: Proof['kind'], at: Proof['at']): Member => ({
  name,
  headers: () => headers,
  proves: { kind, at },
  fromOwnPage: true,
  isForged: false,
});

const forged = (name: string, headers: HeaderFields): Member => ({
  name,
  headers: () => headers,
  proves: null,
  fromOwnPage: true,
  isForged: true,
});

let signedIn = 0;

/** Somebody of a team, whose session can be ended and begun again. */
const teamMember = async (room: Newsroom, role: 'moderator' | 'admin', at: Tenant): Promise<Member> => {
  let headers: HeaderFields = {};
  const renew = async () => {
    signedIn += 1;
    headers = { ...(await room.desk(`Member${signedIn}`, role).session()).headers };
  };
  await renew();
  return {
    name: `${role} of ${at}`,
    headers: () => headers,
    proves: { kind: role, at },
    fromOwnPage: true,
    isForged: false,
    renew,
  };
};

const endedSession = async (room: Newsroom): Promise<HeaderFields> => {
  const left = room.desk('Left', 'admin');
  const headers = { ...(await left.session()).headers };
  await left.signOut();
  return headers;
};

const sessionOfRemoved = async (room: Newsroom): Promise<HeaderFields> => {
  const { id, headers } = await room.desk('Gone', 'admin').session();
  await room.operator.removeMember(id);
  return headers;
};

const revokedKey = async (room: Newsroom): Promise<string> => {
  const { body } = await room.operator.createKey('Revoked');
  const { body: listed } = await room.operator.keys();
  await room.operator.revokeKey(listed.keys.find(({ name }) => name === 'Revoked')?.id ?? '');
  return body.key;
};

/** @param author the guest who wrote what stands on the stage */
export const gatherCast = async (own: Newsroom, other: Newsroom, author: string): Promise<Member[]> => {
  const moderator = await teamMember(own, 'moderator', 'own');
  const admin = await teamMember(own, 'admin', 'own');
  const foreign = await teamMember(other, 'admin', 'other');
  const cookie = (): string => admin.headers().Cookie ?? '';
  const fromElsewhere = (name: string, origin: HeaderFields): Member => ({
    ...admin,
    name,
    headers: () => ({ Cookie: cookie(), ...origin }),
    fromOwnPage: false,
    isForged: true,
  });
  const foreignCookie = foreign.headers().Cookie ?? '';
  const key = tokenOf(own.asPublisher);
  const foreignKey = tokenOf(other.asPublisher);
  const operatorKey = tokenOf(own.asOperator);
  return [
    { ...forged('nobody', {}), isForged: false },
    member('the author', bearer(author), 'reader', 'anywhere'),
    member('another guest', bearer(guestKey()), 'reader', 'anywhere'),
    moderator,
    admin,
    await teamMember(other, 'moderator', 'other'),
    foreign,
    member('publisher of own', own.asPublisher, 'publisher', 'own'),
    member('publisher of other', other.asPublisher, 'publisher', 'other'),
    member('operator', own.asOperator, 'operator', 'anywhere'),
    forged('a revoked key', bearer(await revokedKey(own))),
    forged('an ended session', await endedSession(own)),
    forged('the session of somebody removed', await sessionOfRemoved(own)),
    fromElsewhere('a session without a page', {}),
    fromElsewhere('a session from a page elsewhere', { Origin: `${ORIGIN}.evil.example` }),
    fromElsewhere('a session from the readers’ page', { Origin: NEWS }),
    forged('a session under the name of the other site', {
      Cookie: foreignCookie.replace(other.site, own.site),
      Origin: ORIGIN,
    }),
    {
      ...admin,
      name: 'a session and the operator’s key',
      headers: () => ({ ...admin.headers(), ...own.asOperator }),
      // Another site's cookie is none here, so that the key is alone.
      proves: { kind: 'operator', at: 'elsewhere' },
      isForged: true,
    },
    {
      ...admin,
      name: 'a session cut short',
      headers: () => ({ Cookie: cookie().slice(0, -1), Origin: ORIGIN }),
      proves: null,
      isForged: true,
    },
    forged('the key of other under the name of own', bearer(foreignKey.replace(other.site, own.site))),
    forged('a key with another last letter', bearer(key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A'))),
    forged('the operator’s key in capitals', bearer(operatorKey.toUpperCase())),
    forged('the operator’s key and a letter', bearer(`${operatorKey}x`)),
    forged('the operator’s key as Basic', { Authorization: `Basic ${operatorKey}` }),
    forged('a guest key cut short', bearer(author.slice(0, -1))),
    forged('an empty token', { Authorization: 'Bearer ' }),
  ];
};

/** @param tenant null: the request is about the whole house */
const isProof = (proves: Proof | null, tenant: Tenant | null): proves is Proof => {
  if (proves === null) return false;
  return proves.at === 'anywhere' || (proves.at === 'elsewhere' ? tenant !== 'own' : proves.at === tenant);
};

/** The word of the table of permissions on a request: who may is admitted, who is nobody 401, who is another 403. */
export const admission = (
  { method, path, route }: Described,
  { proves, fromOwnPage }: Member,
  tenant: Tenant,
): 'admitted' | 401 | 403 => {
  const permitted: readonly string[] = whoMay(route.action);
  if (permitted.length === 0) throw new Error(`${route.at}: nobody may ${route.action}`);
  if (permitted.includes('anyone')) return 'admitted';
  if (!isProof(proves, path.includes('{site}') ? tenant : null)) return 401;
  if ((proves.kind === 'reader') !== permitted.includes('reader')) return 401;
  if (!fromOwnPage && method !== 'GET') return 403;
  return permitted.includes(proves.kind) ? 'admitted' : 403;
};
