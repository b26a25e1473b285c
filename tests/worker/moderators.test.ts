import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { createMailer } from '../../src/platform/mailer.ts';
import { guestKey, type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';
import { dumpTables } from '../support/table-dump.ts';

const MINUTE = 60_000;
const WEEK = 7 * 86_400_000;

const invite = (
  room: Newsroom,
  body: Record<string, unknown> = { email: 'nils@news.example', name: 'Nils' },
  headers: Record<string, string> = room.asOperator,
) => room.request('POST', `${room.base}/moderators`, { headers, body });

const tokenOf = (url: string) => new URL(url).hash.replace('#token=', '');

const redeem = (room: Newsroom, token: string) =>
  room.request('POST', `${room.base}/sessions`, { body: { token }, headers: { Origin: ORIGIN } });

const askForLink = (room: Newsroom, email: string, ip = '203.0.113.7') =>
  room.request('POST', `${room.base}/sign-in-links`, { body: { email }, headers: { 'CF-Connecting-IP': ip } });

const me = (room: Newsroom, headers: Record<string, string>) => room.request('GET', `${room.base}/me`, { headers });

const remove = (room: Newsroom, id: string, headers: Record<string, string> = room.asOperator) =>
  room.request('DELETE', `${room.base}/moderators/${id}`, { headers });

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
    const ask = (email: string, headers: Record<string, string>) =>
      room.request('POST', `${room.base}/operator/sign-in-links`, { headers, body: { email } });
    const made = await ask('Nils@News.example', room.asOperator);
    expect(made.status).toBe(201);
    expect(Date.parse(made.body.expiresAt)).toBe(room.clock.now + 30 * MINUTE);
    expect((await redeem(room, tokenOf(made.body.url))).status).toBe(201);
    expect((await ask('nobody@news.example', room.asOperator)).status).toBe(404);
    expect((await ask('nils@news.example', room.asPublisher)).status).toBe(403);
    expect((await ask('nils@news.example', (await room.signIn('Ada', 'admin')).headers)).status).toBe(403);
  });

  test('and a session are kept as hashes alone', async () => {
    const room = await openNewsroom();
    const token = tokenOf((await invite(room)).body.signInUrl);
    const { cookie } = await room.signIn('Ada');
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
    const shape = ({ status, headers, body }: Awaited<ReturnType<typeof askForLink>>) => ({
      status,
      body,
      headers: [...headers].filter(([name]) => name !== 'x-request-id'),
    });
    const known = await askForLink(room, 'nils@news.example');
    expect([known.status, known.body]).toEqual([202, { sendsMail: true }]);
    expect(shape(await askForLink(room, 'nobody@news.example'))).toEqual(shape(known));
    expect(sent.map(({ to }) => to)).toEqual(['nils@news.example', 'nils@news.example']);
  });

  test('is told that no mail is sent here, whatever the address', async () => {
    const room = await openNewsroom();
    await invite(room);
    for (const email of ['nils@news.example', 'nobody@news.example']) {
      const { status, body } = await askForLink(room, email);
      expect([status, body]).toEqual([202, { sendsMail: false }]);
    }
  });

  test('is answered the same where the mail is refused', async () => {
    const { room, state } = await openWithMail();
    await invite(room);
    state.refuses = true;
    expect((await askForLink(room, 'nils@news.example')).status).toBe(202);
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
      const insertLink: typeof stores.moderators.insertLink = (link) =>
        later.then(() => stores.moderators.insertLink(link));
      return { ...stores, moderators: { ...stores.moderators, insertLink } };
    };
    const context = createExecutionContext();
    const asking = new Request(`${ORIGIN}${room.base}/sign-in-links`, {
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
      const insertLink = () => Promise.reject(new Error('nils@news.example'));
      return { ...stores, moderators: { ...stores.moderators, insertLink } };
    };
    expect((await askForLink(room, 'nils@news.example')).status).toBe(202);
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
    await room.request('PATCH', `${room.base}/settings`, {
      headers: room.asOperator,
      body: { name: 'Näws\r\nBcc: x' },
    });
    expect((await invite(room, { email: 'nils@news.example', name: 'Nils Ångström' })).body.mailed).toBe(true);
    await askForLink(room, 'NILS@news.example');
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

  const { linkByAddress, linkByNetwork, sessionByNetwork } = LIMITS;

  test(`is possible ${linkByAddress.count} times in ${linkByAddress.windowSeconds / 60} minutes for one address, known or not`, async () => {
    const { room, sent } = await openWithMail();
    await invite(room);
    sent.length = 0;
    for (const email of ['nils@news.example', 'nobody@news.example']) {
      const statuses = [];
      for (let i = 0; i <= linkByAddress.count; i += 1) {
        room.clock.now += 1;
        statuses.push((await askForLink(room, email, `198.51.100.${i}`)).status);
      }
      expect(statuses).toEqual([...Array(linkByAddress.count).fill(202), 429]);
    }
    expect(sent).toHaveLength(linkByAddress.count);
  });

  test(`is possible ${linkByNetwork.count} times for one network, and redeeming ${sessionByNetwork.count} times`, async () => {
    const room = await openNewsroom();
    const statuses = [];
    for (let i = 0; i <= linkByNetwork.count; i += 1) {
      room.clock.now += 1;
      statuses.push((await askForLink(room, `a${i}@news.example`)).status);
    }
    expect(statuses).toEqual([...Array(linkByNetwork.count).fill(202), 429]);
    const tries = [];
    for (let i = 0; i <= sessionByNetwork.count; i += 1) {
      room.clock.now += 1;
      tries.push((await redeem(room, guestKey())).status);
    }
    expect(tries).toEqual([...Array(sessionByNetwork.count).fill(401), 429]);
  });

  test('and redeeming one fail closed while KV does not answer', async () => {
    const kv = new Proxy(env.KV, {
      get: () => () => {
        throw new Error('KV GET failed: 500');
      },
    });
    const { room, sent } = await openWithMail({ kv });
    const token = tokenOf((await invite(room)).body.signInUrl);
    sent.length = 0;
    for (const answer of [await askForLink(room, 'nils@news.example'), await redeem(room, token)]) {
      expect([answer.status, answer.body.reason]).toEqual([503, 'unavailable']);
      expect(answer.headers.get('Retry-After')).toBe('30');
    }
    expect(sent).toEqual([]);
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
    const { headers } = await room.signIn('Ada');
    room.clock.now += WEEK - 1;
    expect((await me(room, headers)).status).toBe(200);
    room.clock.now += 1;
    expect((await me(room, headers)).status).toBe(401);
    await room.runJobs();
    const { results } = await env.DB.prepare('SELECT * FROM sessions WHERE site_id = ?').bind(room.site).all();
    expect(results).toEqual([]);
  });

  test('and a link that are over are deleted by the minute’s work, and no others', async () => {
    const room = await openNewsroom();
    await room.signIn('Ada');
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
    const [ada, ben] = [await room.signIn('Ada'), await room.signIn('Ben')];
    const out = await room.request('DELETE', `${room.base}/sessions/current`, { headers: ada.headers });
    expect(out.status).toBe(204);
    expect(out.headers.get('Set-Cookie')).toMatch(/^__Host-belowline-[^=]+=; Max-Age=0; Path=\/; Secure/);
    expect((await me(room, ada.headers)).status).toBe(401);
    expect((await me(room, ben.headers)).status).toBe(200);
  });

  test('changes nothing from a page that is not ours: not without an Origin, and not with another', async () => {
    const room = await openNewsroom();
    await room.putArticle();
    const { body: comment } = await room.post(guestKey(), 'Decide about me.');
    const { cookie, headers } = await room.signIn('Ada', 'admin');
    const decide = (origin: Record<string, string>) =>
      room.request('POST', `${room.base}/comments/${comment.id}/decision`, {
        headers: { Cookie: cookie, ...origin },
        body: { decision: 'approve', expectedStatus: 'pending', revision: 1 },
      });
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
      ['PATCH', 'settings'],
      ['POST', 'moderators'],
      ['POST', 'keys'],
      ['DELETE', 'sessions/current'],
    ];
    for (const [method, path] of unsafe) {
      const answer = await room.request(method, `${room.base}/${path}`, { headers: { Cookie: cookie }, body: {} });
      expect(answer.status, path).toBe(403);
    }
    expect((await me(room, { Cookie: cookie })).status).toBe(200);
    expect((await decide({ Origin: headers.Origin })).status).toBe(200);
  });

  test('changes something from a page at the public address, and from one at the address that was asked', async () => {
    const room = await openNewsroom();
    const { cookie } = await room.signIn('Ada', 'admin');
    const elsewhere = 'https://belowline.workers.example';
    const change = async (origin: string) => {
      const request = new Request(`${elsewhere}${room.base}/settings`, {
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
    const [moderator, admin] = [(await room.signIn('Mo')).headers, (await room.signIn('Ada', 'admin')).headers];
    const asked: [string, string, unknown, number, number][] = [
      ['GET', 'queue', undefined, 200, 200],
      ['GET', 'settings', undefined, 200, 200],
      ['GET', 'moderators', undefined, 200, 200],
      ['PATCH', 'settings', { maxLinks: 3 }, 403, 200],
      ['POST', 'moderators', { email: 'new@news.example', name: 'New' }, 403, 201],
      ['POST', 'keys', { name: 'cms' }, 403, 201],
      ['DELETE', 'moderators/nobody', undefined, 403, 404],
      [
        'PUT',
        'articles/x',
        { url: 'https://news.example/x', headline: 'X', publishedAt: '2026-11-01T10:00:00Z' },
        403,
        403,
      ],
    ];
    for (const [method, path, body, asModerator, asAdmin] of asked) {
      const send = (headers: Record<string, string>) =>
        room.request(method, `${room.base}/${path}`, { headers, ...(body !== undefined && { body }) });
      expect((await send(moderator)).status, `${method} ${path}`).toBe(asModerator);
      expect((await send(admin)).status, `${method} ${path}`).toBe(asAdmin);
    }
    expect((await room.request('GET', `${room.base}/settings`, { headers: admin })).body.settings.maxLinks).toBe(3);
  });

  test('loses a removed member at once, with every session and every link', async () => {
    const room = await openNewsroom();
    const admin = await room.signIn('Ada', 'admin');
    const ben = await room.signIn('Ben');
    const { body: link } = await room.request('POST', `${room.base}/operator/sign-in-links`, {
      headers: room.asOperator,
      body: { email: 'ben@news.example' },
    });
    expect((await remove(room, ben.id, admin.headers)).status).toBe(204);
    const left = JSON.stringify(await dumpTables());
    expect(left).toContain(admin.id);
    expect(left).not.toContain(ben.id);
    expect((await me(room, ben.headers)).status).toBe(401);
    expect((await redeem(room, tokenOf(link.url))).status).toBe(401);
    expect((await remove(room, ben.id, admin.headers)).status).toBe(404);
    expect((await me(room, admin.headers)).status).toBe(200);
  });

  test('keeps its last admin, whoever asks; with a second one, the first may go', async () => {
    const room = await openNewsroom();
    const ada = await room.signIn('Ada', 'admin');
    await room.signIn('Ben');
    for (const headers of [ada.headers, room.asOperator]) {
      const kept = await remove(room, ada.id, headers);
      expect([kept.status, kept.body.reason]).toEqual([409, 'last-admin']);
    }
    expect((await me(room, ada.headers)).status).toBe(200);
    const cleo = await room.signIn('Cleo', 'admin');
    const both = await Promise.all([remove(room, ada.id), remove(room, cleo.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  test('of one site is not changed from another', async () => {
    const [room, other] = [await openNewsroom(), await openNewsroom()];
    const ada = await room.signIn('Ada');
    const boss = await other.signIn('Boss', 'admin');
    expect((await remove(room, ada.id, boss.headers)).status).toBe(401);
    expect((await remove(other, ada.id, boss.headers)).status).toBe(404);
    expect((await me(room, ada.headers)).status).toBe(200);
  });
});

test('a line that draws nothing is refused wherever a line is asked for', async () => {
  const room = await openNewsroom();
  const filler = '\u3164';
  const asked: [string, string, Record<string, unknown>][] = [
    ['POST', `${room.base}/moderators`, { email: 'nils@news.example', name: filler }],
    ['POST', `${room.base}/keys`, { name: filler }],
    ['PATCH', `${room.base}/settings`, { name: filler }],
    ['POST', '/v1/sites', { id: 'blank', name: filler }],
  ];
  for (const [method, path, body] of asked) {
    expect((await room.request(method, path, { headers: room.asOperator, body })).status, path).toBe(400);
  }
  expect((await room.putArticle('ferry', { headline: filler })).status).toBe(400);
  expect((await room.putArticle('ferry', { section: filler })).status).toBe(400);
  expect((await room.putArticle('ferry', { topics: [filler] })).status).toBe(400);
  const query = `topic=${encodeURIComponent(filler)}`;
  expect((await room.request('GET', `${room.base}/articles?${query}`)).status).toBe(400);
});

test('names are kept as one clean line', async () => {
  const room = await openNewsroom();
  room.clock.tick(1);
  const untidy = ' The\u200B  Ga\u202Ezette\n';
  const asOperator = { headers: room.asOperator };
  const { body: invited } = await invite(room, { email: 'nils@news.example', name: untidy });
  const { body: key } = await room.request('POST', `${room.base}/keys`, { ...asOperator, body: { name: untidy } });
  const changed = await room.request('PATCH', `${room.base}/settings`, { ...asOperator, body: { name: untidy } });
  const id = `${room.site}-clean`;
  const made = await room.request('POST', '/v1/sites', { ...asOperator, body: { id, name: untidy } });
  const names = [invited.moderator.name, key.name, changed.body.name, made.body.name];
  expect(names).toEqual(Array(4).fill('The Gazette'));
  const { body: kept } = await room.request('GET', `${room.base}/keys`, asOperator);
  expect(kept.keys.map(({ name }: { name: string }) => name)).toEqual(['cms', 'The Gazette']);
});

describe('the settings of a site', () => {
  const change = (room: Newsroom, body: Record<string, unknown>) =>
    room.request('PATCH', `${room.base}/settings`, { headers: room.asOperator, body });

  test.each([
    ['editWindowMinutes', 0, 1_440],
    ['maxGraphemes', 1, 10_000],
    ['maxLinks', 0, 50],
  ])('take %s from %d to %d, and nothing beside', async (name, least, most) => {
    const room = await openNewsroom();
    for (const value of [least, most]) expect((await change(room, { [name]: value })).body.settings[name]).toBe(value);
    for (const value of [least - 1, most + 1, 1.5, '5', null]) {
      const refused = await change(room, { [name]: value });
      expect([refused.status, refused.body.errors[0].field]).toEqual([400, name]);
    }
    expect((await change(room, {})).body.settings[name]).toBe(most);
  });

  test('take origins without a path, and words each once, cleaned', async () => {
    const room = await openNewsroom();
    const words = [' hogwash ', 'hogwash', 'hog\u200Bwash', 'grackle'];
    const { body } = await change(room, {
      suspectWords: words,
      origins: ['https://a.example', 'http://localhost:8080'],
    });
    expect(body.settings.suspectWords).toEqual(['hogwash', 'grackle']);
    expect(body.origins).toEqual(['https://a.example', 'http://localhost:8080']);
    for (const origin of ['a.example', 'ftp://a.example', 'https://a.example/path', '*', 'null']) {
      expect((await change(room, { origins: [origin] })).status, origin).toBe(400);
    }
    expect((await change(room, { nothing: true })).status).toBe(400);
  });

  test('of a site that is not there are not found, and a site is made once', async () => {
    const room = await openNewsroom();
    const asOperator = { headers: room.asOperator };
    expect((await room.request('GET', '/v1/sites/nowhere/settings', asOperator)).status).toBe(404);
    expect((await room.request('PATCH', '/v1/sites/nowhere/settings', { ...asOperator, body: {} })).status).toBe(404);
    const again = await room.request('POST', '/v1/sites', { ...asOperator, body: { id: room.site, name: 'Mine' } });
    expect([again.status, again.body.reason]).toEqual([409, 'already-exists']);
    const stranger = await room.request('POST', '/v1/sites', {
      headers: room.asPublisher,
      body: { id: 'x', name: 'X' },
    });
    expect(stranger.status).toBe(401);
  });
});

test('no GET writes anything: every route, as everybody', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.putArticle();
  const ada = guestKey();
  const { body: comment } = await room.post(ada, 'Look, but do not touch.');
  const { headers: admin } = await room.signIn('Ada', 'admin');
  const callers: Record<string, string>[] = [
    {},
    { Authorization: `Bearer ${ada}` },
    room.asPublisher,
    room.asOperator,
    admin,
  ];
  const paths = [...new Set(room.app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))];
  expect(paths.length).toBeGreaterThan(10);

  const everything = async () => ({ ...(await dumpTables()), kv: JSON.stringify((await env.KV.list()).keys) });
  const before = await everything();
  for (const path of paths) {
    const address = path.replace(':site', room.site).replace(':article', 'ferry').replace(':id', comment.id);
    const query = path.endsWith('/counts') ? '?key=ferry' : '';
    const statuses = [];
    for (const headers of callers) statuses.push((await room.request('GET', `${address}${query}`, { headers })).status);
    expect(statuses, path).toContain(200);
  }
  expect(await everything()).toEqual(before);
});
