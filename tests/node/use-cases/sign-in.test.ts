import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/rate-limit/limits.ts';
import { inviteModerator } from '../../../src/core/team/manage-team.ts';
import { createSignInLink, requestSignInLink, signIn, signOut } from '../../../src/core/team/sign-in.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

const ADDRESS = 'ada@news.example';

const openWithAda = async (mail?: Parameters<typeof openHouse>[1]) => {
  const house = await openHouse({}, mail);
  const input = { email: ADDRESS, name: 'Ada', role: 'admin' } as const;
  const { moderator } = done(await inviteModerator(house.deps, house.operator(), input));
  house.mailer.sent.splice(0);
  return { house, moderator };
};

const visitor = (house: House, network?: string) => house.by({ kind: 'visitor' } as const, network);

const request = (house: House, email: string, network?: string) =>
  requestSignInLink(house.deps, visitor(house, network), { email });

const tokenIn = (text = '') => /#token=(\S+)/.exec(text)?.[1] ?? '';

const link = async (house: House) =>
  tokenIn(done(await createSignInLink(house.deps, house.operator(), { email: ADDRESS })).url);

const enter = (house: House, token: string, network?: string) =>
  signIn(house.deps, visitor(house, network), { token, idempotencyKey: null });

describe('a request for a link', () => {
  test('of an address that is known and of one that is not is answered the same, after the same steps', async () => {
    const { house } = await openWithAda();
    const asked: string[] = [];
    const noted = <Port extends object>(name: string, port: Port): Port =>
      new Proxy(port, {
        get: (target, method, receiver) => {
          asked.push(`${name}.${String(method)}`);
          return Reflect.get(target, method, receiver);
        },
      });
    const deps = {
      ...house.deps,
      ...{ sites: noted('sites', house.deps.sites), moderators: noted('moderators', house.deps.moderators) },
      hashing: noted('hashing', house.deps.hashing),
    };
    const stepsFor = async (email: string) => {
      asked.splice(0);
      const { sending, ...answer } = done(await requestSignInLink(deps, visitor(house), { email }));
      // The work before the answer: a link is made, and mail sent, when the answer is on its way.
      const before = asked.filter((step) => !['hashing.token', 'moderators.insertMailedLink'].includes(step));
      await sending;
      return { answer, before };
    };
    const known = await stepsFor(ADDRESS);
    const unknown = await stepsFor('nobody@news.example');
    expect(unknown).toEqual(known);
    expect(known.answer).toEqual({ sendsMail: true });
    expect(house.mailer.sent.map(({ to }) => to)).toEqual([ADDRESS]);
  });

  test('finds the address however it is written, and mails a link that signs in, with what to do with it', async () => {
    const { house, moderator } = await openWithAda();
    await done(await request(house, 'Ada@NEWS.example')).sending;
    const [mail] = house.mailer.sent;
    expect(mail).toMatchObject({ to: ADDRESS, subject: 'Sign in to moderate News' });
    expect(mail?.text.replace(/https:\S+/, '(link)').split('\n\n')).toEqual([
      'Hello Ada,',
      'open this link and press the button to sign in to the comments of News:',
      '(link)',
      'It works once, and for 30 minutes. If you did not ask for it, you need do nothing.',
    ]);
    expect(done(await enter(house, tokenIn(mail?.text))).moderator).toEqual(moderator);
  });

  test('tells nobody that a mail was refused: an address would be known by it', async () => {
    const { house } = await openWithAda({ isRefusing: true });
    const before = [...house.tables.links];
    const { sending, sendsMail } = done(await request(house, ADDRESS));
    expect(sendsMail).toBe(true);
    await expect(sending).resolves.not.toBe(true);
    expect(house.tables.links).toEqual(before);
  });

  test('says, whoever asks, that no mail is set up, and makes no link', async () => {
    const { house } = await openWithAda({ isSetUp: false });
    const before = house.tables.links.length;
    for (const email of [ADDRESS, 'nobody@news.example']) {
      expect(done(await request(house, email)).sendsMail).toBe(false);
    }
    expect(house.tables.links).toHaveLength(before);
  });

  test('fills no mailbox, whoever asks and however the address is written; nobody is told, and the links still work', async () => {
    const { house } = await openWithAda();
    const { count, windowSeconds } = LIMITS.linkByAddress;
    house.tables.links = [];
    const ask = async (email: string, network: string) => done(await request(house, email, network)).sending;
    for (let i = 0; i < 10; i += 1) await ask(i % 2 === 0 ? ADDRESS : ADDRESS.toUpperCase(), `network-${i}`);
    expect(house.mailer.sent).toHaveLength(count);
    house.clock.tick(windowSeconds - 0.001);
    await ask(ADDRESS, 'at home');
    expect(house.mailer.sent).toHaveLength(count);
    for (const { text } of house.mailer.sent) expect(problemOf(await enter(house, tokenIn(text)))).toBeNull();
    house.clock.tick(0.001);
    await ask(ADDRESS, 'at home');
    expect(house.mailer.sent).toHaveLength(count + 1);
  });

  test('from a network that has asked too often mails one in a quarter of an hour: nobody is kept out, or told', async () => {
    const { house } = await openWithAda();
    house.tables.links = [];
    const ask = async (email: string, network: string) => done(await request(house, email, network)).sending;
    for (let i = 0; i < LIMITS.linkByNetwork.count; i += 1) await ask(`nobody-${i}@news.example`, 'a school');
    for (let i = 0; i < 3; i += 1) await ask(ADDRESS, 'a school');
    expect(house.mailer.sent).toHaveLength(1);
    expect(problemOf(await enter(house, tokenIn(house.mailer.sent[0]?.text), 'a school'))).toBeNull();
    for (let i = 0; i < 3; i += 1) await ask(ADDRESS, 'at home');
    expect(house.mailer.sent).toHaveLength(1 + LIMITS.linkByAddress.count);
  });
});

describe('a link', () => {
  test('signs in once', async () => {
    const { house, moderator } = await openWithAda();
    const token = await link(house);
    const { sessionToken, site } = done(await enter(house, token));
    expect(site.id).toBe(house.site);
    const found = await house.stores.moderators.findBySession(
      ...([house.site, await house.deps.hashing.token(sessionToken), house.clock.now()] as const),
    );
    expect(found).toEqual(moderator);
    expect(problemOf(await enter(house, token))).toEqual({ reason: 'link-not-valid' });
  });

  test('signs in for half an hour', async () => {
    const { house } = await openWithAda();
    const [first, second] = [await link(house), await link(house)];
    house.clock.tick(30 * 60 - 0.001);
    expect(problemOf(await enter(house, first))).toBeNull();
    house.clock.tick(0.001);
    expect(problemOf(await enter(house, second))).toEqual({ reason: 'link-not-valid' });
  });

  test('that nobody made signs nobody in, and guesses have a limit, which keeps nobody out who has a link', async () => {
    const { house } = await openWithAda();
    for (let i = 0; i < LIMITS.sessionByNetwork.count; i += 1) {
      expect(problemOf(await enter(house, `guess-${i}`, 'a school'))).toEqual({ reason: 'link-not-valid' });
    }
    expect(problemOf(await enter(house, 'guess', 'a school'))).toMatchObject({ reason: 'rate-limited' });
    expect(problemOf(await enter(house, 'guess', 'at home'))).toEqual({ reason: 'link-not-valid' });
    expect(problemOf(await enter(house, await link(house), 'a school'))).toBeNull();
    expect(problemOf(await enter(house, 'guess', 'a school'))).toMatchObject({ reason: 'rate-limited' });
  });

  test('can be made for a moderator alone', async () => {
    const { house } = await openWithAda();
    const result = await createSignInLink(house.deps, house.operator(), { email: 'nobody@news.example' });
    expect(problemOf(result)).toEqual({ reason: 'not-found', what: 'moderator' });
    const { url, expiresAt } = done(
      await createSignInLink(house.deps, house.operator(), { email: 'ADA@news.example' }),
    );
    expect(url).toMatch(/^https:\/\/comments\.example\/console\/\?site=news#token=.+/);
    expect(expiresAt).toBe(house.clock.now() + 30 * 60_000);
  });

  test('and the session are kept as hashes: what is stored opens nothing', async () => {
    const { house } = await openWithAda();
    const token = await link(house);
    const stored = house.tables.links.map(({ tokenHash }) => tokenHash);
    expect(stored).not.toContain(token);
    const { sessionToken } = done(await enter(house, token));
    expect(house.tables.sessions.map(({ tokenHash }) => tokenHash)).not.toContain(sessionToken);
  });
});

describe('a session', () => {
  const openSession = async () => {
    const { house, moderator } = await openWithAda();
    const { sessionToken } = done(await enter(house, await link(house)));
    const isOpen = async () => {
      const hash = await house.deps.hashing.token(sessionToken);
      return (await house.stores.moderators.findBySession(house.site, hash, house.clock.now())) !== null;
    };
    const actor = { kind: 'moderator', id: moderator.id, name: 'Ada', role: 'admin' } as const;
    return { house, isOpen, signOut: () => signOut(house.deps, house.by(actor), { sessionToken }) };
  };

  test('is over after seven days', async () => {
    const { house, isOpen } = await openSession();
    house.clock.tick(7 * 86_400 - 0.001);
    expect(await isOpen()).toBe(true);
    house.clock.tick(0.001);
    expect(await isOpen()).toBe(false);
  });

  test('that was signed out of is over on the server too', async () => {
    const { isOpen, signOut: out } = await openSession();
    await out();
    expect(await isOpen()).toBe(false);
  });
});
