import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/event/actor.ts';
import { type Action, may } from '../../src/core/event/permissions.ts';

/** Whether each may on a site, written down a second time: visitor, reader, moderator, admin, publisher, operator, job. */
const MATRIX: Record<Action, string> = {
  'ask-health': 'no no no no no no no',
  read: 'yes yes yes yes yes yes yes',
  preview: 'yes yes yes yes yes yes yes',
  'post-by-form': 'yes yes yes yes yes yes yes',
  'ask-for-sign-in-link': 'yes yes yes yes yes yes yes',
  'sign-in': 'yes yes yes yes yes yes yes',
  'read-own-comments': 'no yes no no no no no',
  post: 'no yes no no no no no',
  'edit-own-comment': 'no yes no no no no no',
  'delete-own-comment': 'no yes no no no no no',
  vote: 'no yes no no no no no',
  flag: 'no yes no no no no no',
  'put-article': 'no no no no yes yes no',
  'rekey-article': 'no no no yes yes yes no',
  'remove-article': 'no no no yes yes yes no',
  'read-queue': 'no no yes yes no no no',
  decide: 'no no yes yes no no no',
  'rule-on-votes': 'no no yes yes no no no',
  'ban-reader': 'no no yes yes no no no',
  'sign-out': 'no no yes yes no no no',
  'read-settings': 'no no yes yes no yes no',
  'list-moderators': 'no no yes yes no yes no',
  'read-log': 'no no no yes no yes no',
  'change-settings': 'no no no yes no yes no',
  'invite-moderator': 'no no no yes no yes no',
  'change-role': 'no no no yes no yes no',
  'remove-moderator': 'no no no yes no yes no',
  'manage-api-keys': 'no no no yes no yes no',
  'create-sign-in-link': 'no no no no no yes no',
  'create-site': 'no no no no no no no',
  'check-health': 'no no no no no no no',
  'back-up': 'no no no no no no no',
  restore: 'no no no no no no no',
  'list-sites': 'no no no no no no no',
  'remove-site': 'no no no no no yes no',
  'forget-address': 'no no no no no yes no',
};

const ACTIONS = Object.keys(MATRIX) as Action[];

const EVERYBODY: Actor[] = [
  { kind: 'visitor' },
  { kind: 'reader', id: 'r' },
  { kind: 'moderator', id: 'm', name: 'Mo', role: 'moderator' },
  { kind: 'moderator', id: 'a', name: 'Ada', role: 'admin' },
  { kind: 'publisher', id: 'k', name: 'cms' },
  { kind: 'operator' },
  { kind: 'job', name: 'seal' },
];

test.each(ACTIONS)('%s is for those in the table alone', (action) => {
  const allowed = EVERYBODY.map((actor) => (may({ site: 'demo', actor }, action) ? 'yes' : 'no')).join(' ');
  expect(allowed).toBe(MATRIX[action]);
});

describe('without a site', () => {
  const ofTheHouse = (action: Action) => EVERYBODY.filter((actor) => may({ site: '', actor }, action));

  test('the operator makes sites, backs up, restores and looks at all that the server stands on; everybody may ask how it is', () => {
    for (const action of ['create-site', 'check-health', 'back-up', 'restore'] as const)
      expect(ofTheHouse(action)).toEqual([{ kind: 'operator' }]);
    expect(ofTheHouse('ask-health')).toEqual(EVERYBODY);
  });

  test.each(
    ACTIONS.filter(
      (action) => !['create-site', 'check-health', 'list-sites', 'back-up', 'restore', 'ask-health'].includes(action),
    ),
  )('nobody may %s', (action) => {
    expect(ofTheHouse(action)).toEqual([]);
  });
});

test('a word that is no action is refused to everybody', () => {
  for (const actor of EVERYBODY) {
    for (const action of ['', 'constructor', 'toString', 'Decide', 'decide '])
      expect(may({ site: 'demo', actor }, action as Action)).toBe(false);
  }
});
