import { describe, expect, test } from 'vitest';
import { inviteModerator, listModerators, readMe, removeModerator } from '../../../src/core/team/manage-team.ts';
import { signIn } from '../../../src/core/team/sign-in.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

const invite = (house: House, name: string, role: 'moderator' | 'admin' = 'moderator') =>
  inviteModerator(house.deps, house.operator(), { email: `${name}@news.example`, name, role });

const linksMade = (house: House) => house.tables.events.filter(({ verb }) => verb === 'moderator.link-made');

const tokenIn = (text: string | null | undefined): string => /#token=([\w-]+)/.exec(text ?? '')?.[1] ?? '';

const remove = (house: House, moderatorId: string) => removeModerator(house.deps, house.operator(), { moderatorId });

const teamOf = async (house: House) =>
  done(await listModerators(house.deps, house.operator())).map(({ name, role }) => [name, role]);

describe('an invitation', () => {
  test('makes a moderator and mails a link, which nobody else gets', async () => {
    const house = await openHouse();
    const { moderator, signInUrl } = done(await invite(house, ' Ada ', 'admin'));
    expect(moderator).toMatchObject({ name: 'Ada', role: 'admin', createdAt: house.clock.now() });
    expect(signInUrl).toBeNull();
    expect(linksMade(house)).toEqual([]);
    const token = tokenIn(house.mailer.sent[0]?.text);
    const signedIn = await signIn(house.deps, house.by({ kind: 'visitor' }), { token, idempotencyKey: null });
    expect(done(signedIn).moderator).toEqual(moderator);
  });

  test('is one an address, however it is written', async () => {
    const house = await openHouse();
    done(await invite(house, 'ada'));
    expect(problemOf(await invite(house, 'ADA'))).toEqual({ reason: 'already-exists', what: 'moderator' });
    expect(house.mailer.sent).toHaveLength(1);
    expect(await teamOf(house)).toEqual([['ada', 'moderator']]);
  });

  test('whose answer was lost is made again within a minute, and has another link', async () => {
    const house = await openHouse();
    const first = done(await invite(house, 'ada'));
    house.clock.tick(59.999);
    const again = done(await invite(house, 'ada'));
    expect(again.moderator).toEqual(first.moderator);
    const [one, other] = house.mailer.sent.map(({ text }) => tokenIn(text));
    expect(other).not.toBe(one);
    expect(problemOf(await invite(house, 'ada', 'admin'))).toEqual({ reason: 'already-exists', what: 'moderator' });
    house.clock.tick(0.001);
    expect(problemOf(await invite(house, 'ada'))).toEqual({ reason: 'already-exists', what: 'moderator' });
    expect(await teamOf(house)).toEqual([['ada', 'moderator']]);
  });

  test.each([{ isSetUp: false }, { isRefusing: true }])(
    'whose mail does not go stands, and hands out a link of which the log says who got it: %o',
    async (mail) => {
      const house = await openHouse({}, mail);
      const { moderator } = done(await invite(house, 'Ada', 'admin'));
      const admin = house.by({ kind: 'moderator', id: moderator.id, name: 'Ada', role: 'admin' });
      const input = { email: 'ben@news.example', name: 'Ben', role: 'moderator' } as const;
      const { moderator: ben, signInUrl } = done(await inviteModerator(house.deps, admin, input));
      expect(linksMade(house)).toMatchObject([
        { actor: { kind: 'operator' }, subject: { id: moderator.id }, facts: { name: 'Ada' } },
        {
          actor: { kind: 'moderator', id: moderator.id, name: 'Ada' },
          subject: { id: ben.id },
          facts: { name: 'Ben' },
        },
      ]);
      const token = tokenIn(signInUrl);
      const signedIn = await signIn(house.deps, house.by({ kind: 'visitor' }), { token, idempotencyKey: null });
      expect(done(signedIn).moderator).toEqual(ben);
      expect(await teamOf(house)).toHaveLength(2);
    },
  );

  test('to a site that is not there invites nobody', async () => {
    const house = await openHouse();
    const input = { email: 'ada@news.example', name: 'Ada', role: 'admin' } as const;
    const result = await inviteModerator(house.deps, { ...house.operator(), site: 'nowhere' }, input);
    expect(problemOf(result)).toEqual({ reason: 'not-found', what: 'site' });
    expect(house.tables.moderators).toEqual([]);
  });
});

describe('a removal', () => {
  test('leaves the last admin, and takes everybody else', async () => {
    const house = await openHouse();
    const { moderator: ada } = done(await invite(house, 'Ada', 'admin'));
    const { moderator: ben } = done(await invite(house, 'Ben'));
    expect(problemOf(await remove(house, ada.id))).toEqual({ reason: 'last-admin' });
    done(await remove(house, ben.id));
    const { moderator: cara } = done(await invite(house, 'Cara', 'admin'));
    done(await remove(house, ada.id));
    expect(problemOf(await remove(house, cara.id))).toEqual({ reason: 'last-admin' });
    expect(problemOf(await remove(house, ada.id))).toEqual({ reason: 'not-found', what: 'moderator' });
    expect(await teamOf(house)).toEqual([['Cara', 'admin']]);
  });
});

test('whoever is signed in reads who and where they are, and nothing once they were removed', async () => {
  const house = await openHouse();
  const { moderator } = done(await invite(house, 'Ada'));
  const me = (site: string) =>
    readMe(house.deps, { ...house.by({ kind: 'moderator', id: moderator.id, name: 'Ada', role: 'moderator' }), site });
  expect(done(await me(house.site))).toMatchObject({ moderator, site: { id: house.site } });
  expect(problemOf(await me('nowhere'))).toEqual({ reason: 'not-found', what: 'site' });
  done(await remove(house, moderator.id));
  expect(problemOf(await me(house.site))).toEqual({ reason: 'not-found', what: 'moderator' });
});
