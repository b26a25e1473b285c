/** Everybody who can act. Readers are guests with a key of their own; they are checked where their comment is. */
export type Principal =
  | { kind: 'moderator'; siteId: string; id: string; name: string; role: 'moderator' | 'admin' }
  | { kind: 'publisher'; siteId: string }
  | { kind: 'operator' };

export type Action =
  | 'put-article'
  | 'read-queue'
  | 'decide'
  | 'rule-on-votes'
  | 'ban'
  | 'read-settings'
  | 'change-settings'
  | 'list-moderators'
  | 'invite-moderator'
  | 'remove-moderator'
  | 'create-site'
  | 'manage-api-keys'
  | 'create-sign-in-link';

const ALLOWED: Record<'moderator' | 'admin' | 'publisher' | 'operator', ReadonlySet<Action>> = {
  moderator: new Set<Action>(['read-queue', 'decide', 'rule-on-votes', 'ban', 'read-settings', 'list-moderators']),
  admin: new Set<Action>([
    'read-queue',
    'decide',
    'rule-on-votes',
    'ban',
    'read-settings',
    'change-settings',
    'list-moderators',
    'invite-moderator',
    'remove-moderator',
    'manage-api-keys',
  ]),
  publisher: new Set<Action>(['put-article']),
  operator: new Set<Action>([
    'put-article',
    'read-settings',
    'change-settings',
    'list-moderators',
    'invite-moderator',
    'remove-moderator',
    'create-site',
    'manage-api-keys',
    'create-sign-in-link',
  ]),
};

/** The one place that knows who may do what. Nobody may act on a site other than their own, but the operator. */
export function may(who: Principal, action: Action, siteId: string): boolean {
  if (who.kind !== 'operator' && who.siteId !== siteId) return false;
  return ALLOWED[who.kind === 'moderator' ? who.role : who.kind].has(action);
}
