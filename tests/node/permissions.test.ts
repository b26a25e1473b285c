import { describe, expect, test } from 'vitest';
import { type Action, may, type Principal } from '../../src/core/event/permissions.ts';

/** Who may do what on their own site, written down a second time: moderator, admin, publisher, operator. */
const MATRIX: Record<Action, string> = {
  'read-queue': 'yes yes no no',
  decide: 'yes yes no no',
  'rule-on-votes': 'yes yes no no',
  ban: 'yes yes no no',
  'read-settings': 'yes yes no yes',
  'list-moderators': 'yes yes no yes',
  'change-settings': 'no yes no yes',
  'invite-moderator': 'no yes no yes',
  'remove-moderator': 'no yes no yes',
  'manage-api-keys': 'no yes no yes',
  'put-article': 'no no yes yes',
  'create-site': 'no no no yes',
  'create-sign-in-link': 'no no no yes',
};

const ACTIONS = Object.keys(MATRIX) as Action[];

const moderator: Principal = { kind: 'moderator', siteId: 'demo', id: 'm', name: 'Mo', role: 'moderator' };
const EVERYBODY: Principal[] = [
  moderator,
  { ...moderator, role: 'admin' },
  { kind: 'publisher', siteId: 'demo' },
  { kind: 'operator' },
];

test.each(ACTIONS)('%s is for whom it is for', (action) => {
  const allowed = EVERYBODY.map((who) => (may(who, action, 'demo') ? 'yes' : 'no')).join(' ');
  expect(allowed).toBe(MATRIX[action]);
});

describe('on another site', () => {
  test.each(ACTIONS)('nobody but the operator has any say: %s', (action) => {
    for (const who of EVERYBODY.filter(({ kind }) => kind !== 'operator')) {
      for (const site of ['other', 'Demo', 'demo ', '']) expect(may(who, action, site)).toBe(false);
    }
    expect(may({ kind: 'operator' }, action, 'other')).toBe(MATRIX[action].endsWith('yes'));
  });
});

test('what is no action is nobody’s', () => {
  for (const who of EVERYBODY) {
    for (const action of ['', 'constructor', 'Decide', 'decide '])
      expect(may(who, action as Action, 'demo')).toBe(false);
  }
});
