import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { createMailer } from '../../src/platform/mailer.ts';
import {
  type Answer,
  addressesOf,
  guestKey,
  type Newsroom,
  ORIGIN,
  openNewsroom,
  type Staff,
  tokenOf,
} from '../support/newsroom.ts';
import { dumpTables } from '../support/table-dump.ts';

const MINUTE = 60_000;
const WEEK = 7 * 86_400_000;

const NILS = { email: 'nils@news.example', name: 'Nils' };

const invite = (room: Newsroom, fields: Record<string, unknown> = NILS) => room.operator.invite(fields);

const redeem = (room: Newsroom, token: string) => room.public.with({ Origin: ORIGIN }).redeem(token);

interface SentMail {
  from: string;
  to: string;
  raw: string;
}

/** A newsroom whose mail is kept here instead of sent. */
const openWithMail = async (bindings: { kv?: KVNamespace } = {}) => {
  const sent: SentMail[] = [];
  const state = { refuses: false };
  const email = {
    send: async (message: unknown) => {
      if (state.refuses) throw new Error('destination address is not a verified address');
      sent.push(message as SentMail);
    },
  } as unknown as SendEmail;
  const room = await openNewsroom({}, { ...bindings, email, mailFrom: 'comments@news.example' });
  return { room, sent, state };
};

const textOf = ({ raw }: SentMail): string => {
  const [, body = ''] = raw.split('\r\n\r\n');
  return new TextDecoder().decode(Uint8Array.from(atob(body.replaceAll('\r\n', '')), (c) => c.charCodeAt(0)));
};

const { linkByAddress, linkByNetwork, sessionByNetwork } = LIMITS;

describe('a sign-in link', () => {
  test('opens a session once, with the token in the fragment, which no server sees', async () => {
    const room = await openNewsroom();
    const { status, body } = await invite(room);
    expect([status, body.mailed]).toEqual([201, false]);
    expect(body.moderator).toMatchObject({ name: 'Nils', email: 'nils@news.example', role: 'moderator' });
    expect(body.signInUrl).toMatch(new RegExp(`^${ORIGIN}/console/\\?site=${room.site}#token=[A-Za-z0-9_-]{43}$`));
    const session = await redeem(room, tokenOf(body.signInUrl));
    expect([session.status, session.body.moderator.name]).toEqual([201, 'Nils']);
    const again = await redeem(room, tokenOf(body.signInUrl));
    expect([again.status, again.body.reason]).toEqual([401, 'link-not-valid']);
    expect(again.headers.get('Set-Cookie')).toBeNull();
  });

  test('whose answer was lost opens the same session again for whoever has its key, for a minute', async () => {
    const room = await openNewsroom();
    const token = tokenOf((await invite(room)).body.signInUrl);
    const enter = (key: string) => room.public.with({ Origin: ORIGIN, 'Idempotency-Key': key }).redeem(token);
    const cookieOf = (answer: Answer) => answer.headers.get('Set-Cookie')?.split(';')[0];
    const first = await enter('the-key-of-this-browser');
    room.clock.tick(59.999);
    const again = await enter('the-key-of-this-browser');
    expect([again.status, cookieOf(again)]).toEqual([201, cookieOf(first)]);
    expect(cookieOf(first)).toMatch(/=[A-Za-z0-9_-]{22}$/);
    expect((await room.as({ Cookie: cookieOf(again) ?? '' }).me()).body.moderator?.name).toBe('Nils');
    expect((await enter('the-key-of-another-one')).status).toBe(401);
    expect((await redeem(room, token)).status).toBe(401);
    room.clock.tick(0.001);
    expect((await enter('the-key-of-this-browser')).status).toBe(401);
  });

  test('opens one session of two that ask at the very same time', async () => {
    const room = await openNewsroom();
    const token = tokenOf((await invite(room)).body.signInUrl);
    const answers = await Promise.all([redeem(room, token), redeem(room, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  test('works to the last millisecond of its half hour and not in the next', async () => {
    const room = await openNewsroom();
    const early = tokenOf((await invite(room)).body.signInUrl);
    const late = tokenOf((await invite(room, { email: 'olga@news.example', name: 'Olga' })).body.signInUrl);
    room.clock.now += 30 * MINUTE - 1;
    expect((await redeem(room, early)).status).toBe(201);
    room.clock.now += 1;
    expect((await redeem(room, late)).status).toBe(401);
  });

  test('is good for its own site alone', async () => {
    const [room, other] = [await openNewsroom(), await openNewsroom()];
    const token = tokenOf((await invite(room)).body.signInUrl);
    expect((await redeem(other, token)).status).toBe(401);
    expect((await redeem(room, token)).status).toBe(201);
  });

  test('is made again by the operator for a moderator, and for nobody else', async () => {
    const room = await openNewsroom();
    await invite(room);
    const made = await room.operator.createSignInLink('Nils@News.example');
    expect(made.status).toBe(201);
    expect(Date.parse(made.body.expiresAt)).toBe(room.clock.now + 30 * MINUTE);
    expect((await redeem(room, tokenOf(made.body.url))).status).toBe(201);
    expect((await room.operator.createSignInLink('nobody@news.example')).status).toBe(404);
    expect((await room.publisher.createSignInLink('nils@news.example')).status).toBe(403);
    expect((await room.desk('Ada', 'admin').createSignInLink('nils@news.example')).status).toBe(403);
  });

  test(`that is wrong is told ${sessionByNetwork.count} times to one network`, async () => {
    const room = await openNewsroom();
    const tries = [];
    for (let i = 0; i <= sessionByNetwork.count; i += 1) {
      room.clock.now += 1;
      tries.push((await redeem(room, guestKey())).status);
    }
    expect(tries).toEqual([...Array(sessionByNetwork.count).fill(401), 429]);
  });

  test('signs in from a network that has tried wrong ones for a whole day, and its answer can be asked for again', async () => {
    const room = await openNewsroom();
    const token = tokenOf((await invite(room)).body.signInUrl);
    expect((await redeem(room, guestKey())).status).toBe(401);
    await env.DB.prepare(
      "UPDATE limit_windows SET hours = json_object('0', ?) WHERE site_id = ? AND operation = 'session'",
    )
      .bind(sessionByNetwork.aDay, room.site)
      .run();
    const refused = await redeem(room, guestKey());
    expect([refused.status, refused.body]).toEqual([429, expect.objectContaining({ limit: sessionByNetwork.aDay })]);
    const again = { Origin: ORIGIN, 'Idempotency-Key': 'the-same-request' };
    for (const _ of [1, 2]) expect((await room.public.with(again).redeem(token)).status).toBe(201);
    expect((await redeem(room, guestKey())).status).toBe(429);
  });

  test('and a session are kept as hashes alone', async () => {
    const room = await openNewsroom();
    const token = tokenOf((await invite(room)).body.signInUrl);
    const { cookie } = await room.desk('Ada').session();
    const dump = JSON.stringify(await dumpTables());
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(cookie.split('=')[1]);
    expect(dump).not.toContain(room.asPublisher.Authorization.split(' ')[1]);
  });
});

describe('asking for a link by mail', () => {
  test('is answered the same for an address that is known and one that is not', async () => {
    const { room, sent } = await openWithMail();
    await invite(room);
    const shape = ({ status, headers, body }: Awaited<ReturnType<Newsroom['public']['askForLink']>>) => ({
      status,
      body,
      headers: [...headers].filter(([name]) => name !== 'x-request-id'),
    });
    const known = await room.public.askForLink('nils@news.example');
    expect([known.status, known.body]).toEqual([202, { sendsMail: true }]);
    expect(shape(await room.public.askForLink('nobody@news.example'))).toEqual(shape(known));
    expect(sent.map(({ to }) => to)).toEqual(['nils@news.example', 'nils@news.example']);
  });

  test('is told that no mail is sent here, whatever the address', async () => {
    const room = await openNewsroom();
    await invite(room);
    for (const email of ['nils@news.example', 'nobody@news.example']) {
      const { status, body } = await room.public.askForLink(email);
      expect([status, body]).toEqual([202, { sendsMail: false }]);
    }
  });

  test('is answered the same where the mail is refused', async () => {
    const { room, state } = await openWithMail();
    await invite(room);
    state.refuses = true;
    expect((await room.public.askForLink('nils@news.example')).status).toBe(202);
    expect((await invite(room, { email: 'olga@news.example', name: 'Olga' })).body).toMatchObject({ mailed: false });
  });

  test('is answered before the link is kept and the mail is sent, which nobody can time', async () => {
    const { room, sent } = await openWithMail();
    await invite(room);
    sent.length = 0;
    let release = () => {};
    const later = new Promise<void>((resolve) => {
      release = resolve;
    });
    const openStores: Dependencies['openStores'] = (place, start) => {
      const stores = room.dependencies.openStores(place, start);
      const insertLink: typeof stores.moderators.insertLink = (...given) =>
        later.then(() => stores.moderators.insertLink(...given));
      return { ...stores, moderators: { ...stores.moderators, insertLink } };
    };
    const context = createExecutionContext();
    const asking = new Request(`${ORIGIN}${room.at.signInLinks}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'nils@news.example' }),
    });
    expect((await room.app.fetch(asking, { ...room.dependencies, openStores }, context)).status).toBe(202);
    expect(sent).toEqual([]);
    release();
    await waitOnExecutionContext(context);
    expect(sent.map(({ to }) => to)).toEqual(['nils@news.example']);
  });

  test('that cannot be kept is logged without the address', async () => {
    const { room, sent } = await openWithMail();
    await invite(room);
    sent.length = 0;
    const { openStores } = room.dependencies;
    room.dependencies.openStores = (place, start) => {
      const stores = openStores(place, start);
      const insertMailedLink = () => Promise.reject(new Error('nils@news.example'));
      return { ...stores, moderators: { ...stores.moderators, insertMailedLink } };
    };
    expect((await room.public.askForLink('nils@news.example')).status).toBe(202);
    expect([sent, room.logged]).toEqual([[], [expect.stringContaining('"event":"background-failed"')]]);
    expect(room.logged.join()).not.toContain('@');
  });

  test('that is refused is logged by the name of the fault, without any address', async () => {
    const logged: unknown[] = [];
    const refusal = Object.assign(new Error('nils@news.example is not verified'), { code: 'E_RECIPIENT_NOT_ALLOWED' });
    const mailer = createMailer(
      { send: () => Promise.reject(refusal) },
      'comments@news.example',
      () => null,
      { now: () => 0 },
      (event, facts) => logged.push([event, facts]),
    );
    await expect(mailer.send({ to: 'nils@news.example', subject: 'Sign in', text: 'Hello' })).rejects.toThrow();
    expect(logged).toEqual([['mail-refused', { fault: 'E_RECIPIENT_NOT_ALLOWED' }]]);
  });

  test('sends a mail with a link that works, whatever the site and the moderator are called', async () => {
    const { room, sent } = await openWithMail();
    await room.operator.changeSettings({ name: 'Näws\r\nBcc: x' });
    expect((await invite(room, { email: 'nils@news.example', name: 'Nils Ångström' })).body.mailed).toBe(true);
    await room.public.askForLink('NILS@news.example');
    const [invitation, mail] = sent;
    if (invitation === undefined || mail === undefined) throw new Error('two mails were to be sent');
    expect([mail.from, mail.to]).toEqual(['comments@news.example', 'nils@news.example']);
    const [head = ''] = mail.raw.split('\r\n\r\n');
    expect(head.split('\r\n').map((line) => line.split(':')[0])).toEqual([
      'Date',
      'From',
      'To',
      'Subject',
      'Message-ID',
      'MIME-Version',
      'Content-Type',
      'Content-Transfer-Encoding',
    ]);
    const [, date = ''] = /^Date: (.*)$/m.exec(head) ?? [];
    expect(date).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
    expect(Date.parse(date)).toBe(Math.floor(room.clock.now / 1_000) * 1_000);
    expect(textOf(mail)).toContain('Hello Nils Ångström,');
    expect(textOf(mail)).toContain('for 30 minutes');
    for (const each of [invitation, mail]) {
      const url = /https:\S+/.exec(textOf(each))?.[0] ?? '';
      expect((await redeem(room, tokenOf(url))).status).toBe(201);
    }
  });

  test(`is mailed ${linkByAddress.count} times in ${linkByAddress.windowSeconds / 60} minutes to one address, however many ask at once; nobody is told`, async () => {
    const { room, sent } = await openWithMail();
    await invite(room);
    room.clock.tick(linkByAddress.windowSeconds);
    sent.length = 0;
    for (const email of ['nils@news.example', 'nobody@news.example']) {
      const ask = (i: number) => room.public.with({ 'CF-Connecting-IP': `10.0.${i}.1` }).askForLink(email);
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => ask(i)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    }
    expect(sent).toHaveLength(linkByAddress.count);
  });

  test('is mailed when the mail goes out again, however often it was refused before', async () => {
    const { room, sent, state } = await openWithMail();
    await invite(room);
    room.clock.tick(linkByAddress.windowSeconds);
    sent.length = 0;
    const ask = async () => {
      for (let i = 0; i <= linkByAddress.count; i += 1) await room.public.askForLink('nils@news.example');
    };
    state.refuses = true;
    await ask();
    state.refuses = false;
    await ask();
    expect(sent).toHaveLength(linkByAddress.count);
    for (const mail of sent) {
      const url = /https:\S+/.exec(textOf(mail))?.[0] ?? '';
      expect((await redeem(room, tokenOf(url))).status).toBe(201);
    }
  });

  test('is mailed once in a quarter of an hour to whoever asks from a network that has asked too often', async () => {
    const { room, sent } = await openWithMail();
    await invite(room);
    room.clock.tick(linkByAddress.windowSeconds);
    sent.length = 0;
    const statuses = [];
    for (let i = 0; i <= linkByNetwork.count; i += 1) {
      room.clock.now += 1;
      statuses.push((await room.public.askForLink(`a${i}@news.example`)).status);
    }
    for (const _ of [1, 2, 3]) statuses.push((await room.public.askForLink('nils@news.example')).status);
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect(sent).toHaveLength(1);
  });

  test('and redeeming one go on while KV takes no call at all', async () => {
    const kv = new Proxy(env.KV, {
      get: () => () => {
        throw new Error('KV GET failed: 500');
      },
    });
    const { room, sent } = await openWithMail({ kv });
    await invite(room);
    const { body: link } = await room.operator.createSignInLink('nils@news.example');
    const token = tokenOf(link.url);
    sent.length = 0;
    expect((await room.public.askForLink('nils@news.example')).status).toBe(202);
    expect((await redeem(room, token)).status).toBe(201);
    expect(sent).toHaveLength(1);
  });
});

describe('a session', () => {
  test('is a cookie that only our own pages send and no script reads', async () => {
    const room = await openNewsroom();
    const { headers } = await redeem(room, tokenOf((await invite(room)).body.signInUrl));
    const [pair = '', ...attributes] = (headers.get('Set-Cookie') ?? '').split('; ');
    expect(pair).toMatch(new RegExp(`^__Host-belowline-${room.site}=[A-Za-z0-9_-]{43}$`));
    expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${WEEK / 1_000}`, 'Path=/', 'SameSite=Strict', 'Secure']);
  });

  test('lasts a week to the millisecond', async () => {
    const room = await openNewsroom();
    const ada = room.desk('Ada');
    await ada.session();
    room.clock.now += WEEK - 1;
    expect((await ada.me()).status).toBe(200);
    room.clock.now += 1;
    expect((await ada.me()).status).toBe(401);
    await room.runJobs();
    const { results } = await env.DB.prepare('SELECT * FROM sessions WHERE site_id = ?').bind(room.site).all();
    expect(results).toEqual([]);
  });

  test('and a link that are over are deleted by the minute’s work, and no others', async () => {
    const room = await openNewsroom();
    await room.desk('Ada').session();
    await invite(room);
    const left = async () => {
      await room.runJobs();
      const { results } = await env.DB.prepare(
        `SELECT (SELECT count(*) FROM sign_in_links WHERE site_id = ?1) AS links,
          (SELECT count(*) FROM sessions WHERE site_id = ?1) AS sessions`,
      )
        .bind(room.site)
        .all();
      return results[0];
    };
    room.clock.now += 30 * MINUTE - 1;
    expect(await left()).toEqual({ links: 1, sessions: 1 });
    room.clock.now += 1;
    expect(await left()).toEqual({ links: 0, sessions: 1 });
  });

  test('ends when its moderator signs out, and the others go on', async () => {
    const room = await openNewsroom();
    const [ada, ben] = [room.desk('Ada'), room.desk('Ben')];
    await ben.session();
    const out = await ada.signOut();
    expect(out.status).toBe(204);
    expect(out.headers.get('Set-Cookie')).toMatch(/^__Host-belowline-[^=]+=; Max-Age=0; Path=\/; Secure/);
    expect((await ada.me()).status).toBe(401);
    expect((await ben.me()).status).toBe(200);
  });

  test('changes nothing from a page that is not ours: not without an Origin, and not with another', async () => {
    const room = await openNewsroom();
    await room.publisher.putArticle();
    const { body: comment } = await room.reader().post('Decide about me.');
    const { cookie, headers } = await room.desk('Ada', 'admin').session();
    const decide = (origin: Record<string, string>) =>
      room.as({ Cookie: cookie, ...origin }).decide(comment, 'approve');
    for (const origin of [
      {},
      { Origin: 'https://news.example' },
      { Origin: 'null' },
      { Origin: `${ORIGIN}.evil.example` },
    ]) {
      const answer = await decide(origin);
      expect([answer.status, answer.body.reason]).toEqual([403, 'forbidden']);
    }
    const unsafe: [string, string][] = [
      ['PATCH', room.at.settings],
      ['POST', room.at.team],
      ['POST', room.at.keys],
      ['DELETE', room.at.ownSession],
    ];
    for (const [method, path] of unsafe) {
      const answer = await room.request(method, path, { headers: { Cookie: cookie }, body: {} });
      expect(answer.status, path).toBe(403);
    }
    expect((await room.as({ Cookie: cookie }).me()).status).toBe(200);
    expect((await room.request('HEAD', room.at.me, { headers: { Cookie: cookie } })).status).toBe(200);
    expect((await decide({ Origin: headers.Origin })).status).toBe(200);
  });

  test('changes something from a page at the public address, and from one at the address that was asked', async () => {
    const room = await openNewsroom();
    const { cookie } = await room.desk('Ada', 'admin').session();
    const elsewhere = 'https://belowline.workers.example';
    const change = async (origin: string) => {
      const request = new Request(`${elsewhere}${room.at.settings}`, {
        method: 'PATCH',
        headers: { Cookie: cookie, Origin: origin, 'Content-Type': 'application/json' },
        body: '{"maxLinks":3}',
      });
      return (await room.app.fetch(request, room.dependencies)).status;
    };
    expect([await change(ORIGIN), await change(elsewhere), await change('https://evil.example')]).toEqual([
      200, 200, 403,
    ]);
  });
});

describe('the team', () => {
  test('may not be joined twice with one address, however it is written', async () => {
    const room = await openNewsroom();
    await invite(room);
    const again = await invite(room, { email: 'NILS@news.example', name: 'Other' });
    expect([again.status, again.body.reason]).toEqual([409, 'already-exists']);
    expect((await invite(room, { email: 'not an address', name: 'X' })).status).toBe(400);
    expect((await invite(room, { email: 'o@news.example', name: ' ' })).status).toBe(400);
    expect((await invite(room, { email: 'o@news.example', name: 'X', role: 'operator' })).status).toBe(400);
  });

  test('of moderators decides and bans; settings, keys and people are for admins', async () => {
    const room = await openNewsroom();
    const [moderator, admin] = [room.desk('Mo'), room.desk('Ada', 'admin')];
    const asked: [string, (who: Staff) => Promise<Answer>, number, number][] = [
      ['read the queue', (who) => who.queue(), 200, 200],
      ['read the settings', (who) => who.settings(), 200, 200],
      ['read the team', (who) => who.team(), 200, 200],
      ['change the settings', (who) => who.changeSettings({ maxLinks: 3 }), 403, 200],
      ['invite', (who) => who.invite({ email: 'new@news.example', name: 'New' }), 403, 201],
      ['make a key', (who) => who.createKey('cms'), 403, 201],
      ['remove a member', (who) => who.removeMember('nobody'), 403, 404],
      ['put an article', (who) => who.putArticle('x'), 403, 403],
    ];
    for (const [what, ask, asModerator, asAdmin] of asked) {
      expect((await ask(moderator)).status, what).toBe(asModerator);
      expect((await ask(admin)).status, what).toBe(asAdmin);
    }
    expect((await admin.settings()).body.settings.maxLinks).toBe(3);
  });

  test('loses a removed member at once, with every session and every link', async () => {
    const room = await openNewsroom();
    const [admin, ben] = [room.desk('Ada', 'admin'), room.desk('Ben')];
    const [{ id: adminId }, { id: benId }] = [await admin.session(), await ben.session()];
    const { body: link } = await room.operator.createSignInLink('ben@news.example');
    expect((await admin.removeMember(benId)).status).toBe(204);
    const { events, ...tables } = await dumpTables();
    const left = JSON.stringify(tables);
    expect(left).toContain(adminId);
    expect(left).not.toContain(benId);
    // That they were invited and removed is history; their address is gone from everywhere.
    expect(events).toContain(benId);
    expect(events).not.toContain('ben@');
    expect((await ben.me()).status).toBe(401);
    expect((await redeem(room, tokenOf(link.url))).status).toBe(401);
    expect((await admin.removeMember(benId)).status).toBe(404);
    expect((await admin.me()).status).toBe(200);
  });

  test('keeps its last admin, whoever asks; with a second one, the first may go', async () => {
    const room = await openNewsroom();
    const ada = room.desk('Ada', 'admin');
    const { id: adaId } = await ada.session();
    await room.desk('Ben').session();
    for (const who of [ada, room.operator]) {
      const kept = await who.removeMember(adaId);
      expect([kept.status, kept.body.reason]).toEqual([409, 'last-admin']);
    }
    expect((await ada.me()).status).toBe(200);
    const { id: cleoId } = await room.desk('Cleo', 'admin').session();
    const both = await Promise.all([room.operator.removeMember(adaId), room.operator.removeMember(cleoId)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  test('of one site is not changed from another', async () => {
    const [room, other] = [await openNewsroom(), await openNewsroom()];
    const ada = room.desk('Ada');
    const { id } = await ada.session();
    const boss = other.desk('Boss', 'admin');
    expect((await room.as(await boss.headers()).removeMember(id)).status).toBe(401);
    expect((await boss.removeMember(id)).status).toBe(404);
    expect((await ada.me()).status).toBe(200);
  });
});

test('a line that draws nothing is refused wherever a line is asked for', async () => {
  const room = await openNewsroom();
  const filler = '\u3164';
  expect((await invite(room, { ...NILS, name: filler })).status).toBe(400);
  expect((await room.operator.createKey(filler)).status).toBe(400);
  expect((await room.operator.changeSettings({ name: filler })).status).toBe(400);
  expect((await room.operator.createSite({ id: 'blank', name: filler })).status).toBe(400);
  expect((await room.publisher.putArticle('ferry', { headline: filler })).status).toBe(400);
  expect((await room.publisher.putArticle('ferry', { section: filler })).status).toBe(400);
  expect((await room.publisher.putArticle('ferry', { topics: [filler] })).status).toBe(400);
  const query = `topic=${encodeURIComponent(filler)}`;
  expect((await room.public.articles(`${query}`)).status).toBe(400);
});

test('names are kept as one clean line', async () => {
  const room = await openNewsroom();
  room.clock.tick(1);
  const untidy = ' The\u200B  Ga\u202Ezette\n';
  const { body: invited } = await invite(room, { email: 'nils@news.example', name: untidy });
  const { body: key } = await room.operator.createKey(untidy);
  const changed = await room.operator.changeSettings({ name: untidy });
  const id = `${room.site}-clean`;
  const made = await room.operator.createSite({ id, name: untidy });
  const names = [invited.moderator.name, key.name, changed.body.name, made.body.name];
  expect(names).toEqual(Array(4).fill('The Gazette'));
  const { body: kept } = await room.operator.keys();
  expect(kept.keys.map(({ name }) => name)).toEqual(['cms', 'The Gazette']);
});

describe('the settings of a site', () => {
  test.each<['editWindowMinutes' | 'maxGraphemes' | 'maxLinks', number, number]>([
    ['editWindowMinutes', 0, 1_440],
    ['maxGraphemes', 1, 10_000],
    ['maxLinks', 0, 50],
  ])('take %s from %d to %d, and nothing beside', async (name, least, most) => {
    const room = await openNewsroom();
    for (const value of [least, most])
      expect((await room.operator.changeSettings({ [name]: value })).body.settings[name]).toBe(value);
    for (const value of [least - 1, most + 1, 1.5, '5', null]) {
      const refused = await room.operator.changeSettings({ [name]: value });
      expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([400, name]);
    }
    expect((await room.operator.changeSettings({})).body.settings[name]).toBe(most);
  });

  test('take origins without a path, and words each once, cleaned', async () => {
    const room = await openNewsroom();
    const words = [' hogwash ', 'hogwash', 'hog\u200Bwash', 'grackle'];
    const { body } = await room.operator.changeSettings({
      suspectWords: words,
      origins: ['https://a.example', 'http://localhost:8080'],
    });
    expect(body.settings.suspectWords).toEqual(['hogwash', 'grackle']);
    expect(body.origins).toEqual(['https://a.example', 'http://localhost:8080']);
    for (const origin of ['a.example', 'ftp://a.example', 'https://a.example/path', '*', 'null']) {
      expect((await room.operator.changeSettings({ origins: [origin] })).status, origin).toBe(400);
    }
    expect((await room.operator.changeSettings({ nothing: true })).status).toBe(400);
  });

  test('of a site that is not there are not found, and a site is made once', async () => {
    const room = await openNewsroom();
    const { settings } = addressesOf('nowhere');
    const headers = room.asOperator;
    expect((await room.request('GET', settings, { headers })).status).toBe(404);
    expect((await room.request('PATCH', settings, { headers, body: {} })).status).toBe(404);
    const again = await room.operator.createSite({ id: room.site, name: 'Mine' });
    expect([again.status, again.body.reason]).toEqual([409, 'already-exists']);
    const stranger = await room.publisher.createSite({ id: 'x', name: 'X' });
    expect(stranger.status).toBe(401);
  });
});
