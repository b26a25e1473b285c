import type { Actor } from './actor.ts';
import type { Context } from './context.ts';

/** The holders of a permission: a kind of actor, a moderator by their role, or everybody. */
export type Permitted = 'anyone' | 'reader' | 'moderator' | 'admin' | 'publisher' | 'operator' | 'job';

const TEAM = ['moderator', 'admin'] as const;

/** The permissions of every kind of actor. An action that is not listed here is refused. */
export const PERMISSIONS = {
  'ask-health': ['anyone'],
  read: ['anyone'],
  preview: ['anyone'],
  'post-by-form': ['anyone'],
  'ask-for-sign-in-link': ['anyone'],
  'sign-in': ['anyone'],
  'read-own-comments': ['reader'],
  post: ['reader'],
  'edit-own-comment': ['reader'],
  'delete-own-comment': ['reader'],
  vote: ['reader'],
  flag: ['reader'],
  'put-article': ['publisher', 'operator'],
  'rekey-article': ['publisher', 'admin', 'operator'],
  'remove-article': ['publisher', 'admin', 'operator'],
  'read-queue': TEAM,
  decide: TEAM,
  'rule-on-votes': TEAM,
  'ban-reader': TEAM,
  'sign-out': TEAM,
  'read-settings': ['moderator', 'admin', 'operator'],
  'change-settings': ['admin', 'operator'],
  'list-moderators': ['moderator', 'admin', 'operator'],
  'invite-moderator': ['admin', 'operator'],
  'change-role': ['admin', 'operator'],
  'remove-moderator': ['admin', 'operator'],
  'read-log': ['admin', 'operator'],
  'manage-api-keys': ['admin', 'operator'],
  'create-site': ['operator'],
  'check-health': ['operator'],
  'list-sites': ['operator'],
  'remove-site': ['operator'],
  'forget-address': ['operator'],
  'create-sign-in-link': ['operator'],
  'back-up': ['operator'],
  restore: ['operator'],
} as const satisfies Record<string, readonly Permitted[]>;

export type Action = keyof typeof PERMISSIONS;

type KindOf<P extends Permitted> = P extends 'anyone' ? Actor['kind'] : P extends 'admin' ? 'moderator' : P;

/** The actors that can be behind an action that was permitted. */
export type ActorOf<A extends Action> = Extract<Actor, { kind: KindOf<(typeof PERMISSIONS)[A][number]> }>;

/** Actions that concern the whole house and therefore name no site. */
const OF_THE_HOUSE: ReadonlySet<Action> = new Set([
  'ask-health',
  'check-health',
  'create-site',
  'list-sites',
  'back-up',
  'restore',
]);

/** The holders of a permission; none for a word that is no action. */
export function whoMay(action: Action): readonly Permitted[] {
  return Object.hasOwn(PERMISSIONS, action) ? PERMISSIONS[action] : [];
}

function isPermitted(actor: Actor, permitted: readonly Permitted[]): boolean {
  if (permitted.includes('anyone')) return true;
  if (actor.kind === 'visitor') return false;
  return permitted.includes(actor.kind === 'moderator' ? actor.role : actor.kind);
}

/** True when the context's actor may do this there. Without a site only actions of the whole house are allowed. */
export function may({ site, actor }: Pick<Context, 'site' | 'actor'>, action: Action): boolean {
  if ((site === '') !== OF_THE_HOUSE.has(action)) return false;
  return isPermitted(actor, whoMay(action));
}
