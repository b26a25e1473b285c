import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMENT_BYTES } from '../../src/contract/comment.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { readConfig } from '../../src/env.ts';
import { placesOf } from '../../src/platform/network.ts';
import { type Answer, addressesOf, guestKey, NEWS, type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

/** A published comment with a reply, its author's key, and everybody's credentials. */
const openWith = async (...parts: Parameters<typeof openNewsroom>) => {
  const room = await openNewsroom({ moderation: 'post', ...parts[0] }, parts[1]);
  await room.publisher.putArticle();
  const ada = room.reader();
  const { body: comment } = await ada.post('A published comment.');
  await ada.post('And a reply to it.', { parentId: comment.id });
  const admin = await room.desk('Boss', 'admin').headers();
  return { room, ada, comment, admin };
};

/** The headers of somebody who may read an address. */
const asWhom = (
  { room, ada, admin }: Pick<Awaited<ReturnType<typeof openWith>>, 'room' | 'ada' | 'admin'>,
  at: string,
) => {
  if (at === room.at.mine()) return ada.headers;
  return at === room.at.keys || /^\/v1\/(?:sites$|databases\/)/.test(at) ? room.asOperator : admin;
};

/** A page for people lets one style through as well, and a form that goes back to where it came from. */
const POLICY =
  /^default-src 'none'; (?:style-src 'sha256-[^' ]+'; form-action 'self'; base-uri 'none'; )?frame-ancestors 'none'$/;

type Refused = Pick<Answer, 'status' | 'headers'> & { body: unknown };

const expectProblem = (answer: Refused, status: number, reason: string) => {
  expect(answer.status).toBe(status);
  const isPage = answer.headers.get('Content-Type') === 'text/html; charset=utf-8';
  if (!isPage) expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(answer.body).toMatchObject({
    ...(!isPage && { type: `${ORIGIN}/api/#problem-${reason}` }),
    title: expect.stringMatching(/^[A-Z]/),
    status,
    detail: expect.stringMatching(/[.?]$/),
    reason,
    requestId: answer.headers.get('X-Request-Id'),
  });
};

/** A text in JSON as the most careful client writes it. */
const escaped = (text: string): string =>
  `"${text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

describe('a refusal', () => {
  test('is a problem document that says what to do, under a request id of its own', async () => {
    const { room, comment } = await openWith();
    const reader = room.reader().headers;
    const comments = room.at.comments();
    const whole = { body: 'Hello.', authorName: 'Ada' };
    type Sent = Parameters<Newsroom['request']>;
    const refusals: [number, string, Sent][] = [
      [400, 'invalid-input', ['POST', comments, { headers: reader, rawBody: '{"body":' }]],
      [400, 'invalid-input', ['POST', comments, { headers: reader, body: [] }]],
      [400, 'invalid-input', ['POST', comments, { headers: reader, body: { ...whole, html: '<b>' } }]],
      [400, 'invalid-input', ['POST', comments, { headers: reader, body: { body: 'Hello.' } }]],
      [400, 'invalid-input', ['GET', addressesOf('Not-A-Site').articles]],
      [401, 'unauthenticated', ['POST', comments, { body: whole }]],
      [401, 'unauthenticated', ['GET', room.at.queue]],
      [403, 'forbidden', ['GET', room.at.queue, { headers: room.asPublisher }]],
      [404, 'not-found', ['GET', '/v1/nothing/here']],
      [404, 'not-found', ['GET', '/']],
      [405, 'method-not-allowed', ['POST', '/v1/health', { body: {} }]],
      [404, 'not-found', ['GET', room.at.article('nowhere')]],
      [404, 'article-unknown', ['POST', room.at.comments('nowhere'), { headers: reader, body: whole }]],
      [409, 'parent-gone', ['POST', comments, { headers: reader, body: { ...whole, parentId: comment.id } }]],
      [413, 'payload-too-large', ['POST', room.at.preview, { rawBody: ' '.repeat(COMMENT_BYTES + 1) }]],
      [
        415,
        'unsupported-media-type',
        ['POST', room.at.preview, { body: whole, headers: { 'Content-Type': 'text/plain' } }],
      ],
      [
        415,
        'unsupported-media-type',
        ['POST', room.at.preview, { body: whole, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
      ],
      [422, 'comment-empty', ['POST', comments, { headers: reader, body: { ...whole, body: ' ' } }]],
    ];
    await room.desk().decide(comment.id, 'reject', 'published');
    const ids = new Set<unknown>();
    for (const [status, reason, sent] of refusals) {
      const answer = await room.request(...sent);
      expectProblem(answer, status, reason);
      if (reason === 'invalid-input') expect(answer.body.errors?.[0]?.message).toMatch(/\.$/);
      if (status === 401) expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
      ids.add(answer.body.requestId);
    }
    expect(ids.size).toBe(refusals.length);
  });

  test('names an unknown field', async () => {
    const room = await openNewsroom();
    const { body } = await room.request('POST', room.at.preview, { body: { body: 'x', bodyHtml: '<b>x</b>' } });
    expect(body.errors).toEqual([{ field: '', message: 'There is no field "bodyHtml" here.' }]);
  });

  test('names a parameter that an address does not know, whoever asks', async () => {
    const { room, ada, comment, admin } = await openWith();
    const addresses = room.everyGet(comment.id);
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) {
      const more = `${address}${address.includes('?') ? '&' : '?'}nonsense=1`;
      const headers = asWhom({ room, ada, admin }, address);
      const asked = await room.request('GET', more, { headers });
      expect([address, asked.status, asked.body.errors]).toEqual([
        address,
        400,
        [{ field: '', message: 'There is no field "nonsense" here.' }],
      ]);
      const head = await room.request('HEAD', more, { headers });
      expect([address, head.status]).toEqual([address, 400]);
    }
  });

  test.each(['0', '-1', '020', '0x14', '2e1', '20.0', '20.5', '%2020', '', '101', 'all'])(
    'comes for a page size that is not the one way to write a number of the list’s: limit=%s',
    async (limit) => {
      const room = await openNewsroom();
      await room.publisher.putArticle();
      const { status, body } = await room.request('GET', `${room.at.thread()}?limit=${limit}`);
      const message = 'Write a whole number from 1 to 50.';
      expect([status, body.errors]).toEqual([400, [{ field: 'limit', message }]]);
    },
  );

  test.each(['0x18', '024', '24.0', '%2024', '2.4e1', '', '2'])(
    'comes for hours that are not the one way to write a number of the list’s: hours=%s',
    async (hours) => {
      const room = await openNewsroom();
      const answer = await room.request('GET', `${room.at.mostCommented}?hours=${hours}`);
      const message = 'This must be one of 1, 6, 24, 72, 168.';
      expect([answer.status, answer.body.errors]).toEqual([400, [{ field: 'hours', message }]]);
    },
  );

  test('says which votes there are', async () => {
    const { room, comment } = await openWith();
    const { status, body } = await room.reader().vote(comment, 2 as 1);
    expect([status, body.detail]).toEqual([400, 'value: This must be one of 1, 0, -1.']);
  });

  test(`comes for a body of ${COMMENT_BYTES + 1} bytes, said or not, and not for one byte less`, async () => {
    const room = await openNewsroom();
    const json = '{"body":"x"}';
    const sized = (bytes: number) => json + ' '.repeat(bytes - json.length);
    const send = (bytes: number, headers: Record<string, string> = {}) =>
      room.request('POST', room.at.preview, { rawBody: sized(bytes), headers });
    expect((await send(COMMENT_BYTES)).status).toBe(200);
    expect((await send(COMMENT_BYTES + 1)).status).toBe(413);
    expect((await send(COMMENT_BYTES, { 'Content-Length': String(COMMENT_BYTES) })).status).toBe(200);
    expect((await send(COMMENT_BYTES + 1, { 'Content-Length': String(COMMENT_BYTES + 1) })).status).toBe(413);
  });

  test.each([
    ['Latin letters', 'a'.repeat(10_000)],
    ['accented letters', 'é'.repeat(8_000)],
    ['Chinese signs', '中'.repeat(5_333)],
    ['flags', '🇫🇷'.repeat(2_000)],
  ])('does not come for the longest comment of %s, however its JSON is written', async (_, body) => {
    const room = await openNewsroom({ moderation: 'post', maxGraphemes: 10_000 });
    await room.publisher.putArticle();
    const ada = room.reader();
    const send = async (method: string, at: string, sent: Record<string, string>) => {
      const fields = Object.entries(sent).map((field) => field.map(escaped).join(':'));
      return room.request<{ id: string }>(method, at, { headers: ada.headers, rawBody: `{${fields.join()}}` });
    };
    const beside = {
      authorName: 'Ю'.repeat(50),
      authorEmail: `${'a'.repeat(60)}@${'b.'.repeat(90)}example`,
      pageUrl: `${NEWS}/${'a'.repeat(1_900)}`,
    };
    const posted = await send('POST', room.at.comments(), { body, ...beside });
    const edited = await send('PATCH', room.at.comment(posted.body.id), { body: body.slice(3) });
    const previewed = await send('POST', room.at.preview, { body });
    expect([posted.status, edited.status, previewed.status]).toEqual([201, 200, 200]);
  });

  test('takes JSON with a charset, and no JSON that calls itself something else', async () => {
    const room = await openNewsroom();
    const send = (type: string) =>
      room.request('POST', room.at.preview, { rawBody: '{"body":"x"}', headers: { 'Content-Type': type } });
    expect((await send('application/json; charset=utf-8')).status).toBe(200);
    expect((await send('APPLICATION/JSON ;charset=utf-8')).status).toBe(200);
    for (const type of ['text/json', 'application/jsonp', 'multipart/form-data', '']) {
      expect((await send(type)).status, type).toBe(415);
    }
    const untyped = new Request(`${ORIGIN}${room.at.preview}`, {
      method: 'POST',
      body: new TextEncoder().encode('{"body":"x"}'),
    });
    expect(untyped.headers.get('Content-Type')).toBeNull();
    expect((await room.app.fetch(untyped, room.dependencies)).status).toBe(415);
  });

  test('comes for a body that comes in pieces and goes on too long, whatever its headers say', async () => {
    const room = await openNewsroom();
    const piece = new TextEncoder().encode(' '.repeat(1_024));
    let pieces = 0;
    const endless = new ReadableStream({
      pull: (body) => body.enqueue(++pieces === 1 ? new TextEncoder().encode('{') : piece),
    });
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '12' };
    const request = new Request(`${ORIGIN}${room.at.preview}`, { method: 'POST', headers, body: endless });
    expect((await room.app.fetch(request, room.dependencies)).status).toBe(413);
    expect(pieces).toBeLessThan(COMMENT_BYTES / 1_024 + 8);
  });

  test('does not come where a request needs more: settings, a test of lists, an article, many decisions', async () => {
    const room = await openNewsroom();
    const bannedWords = Array.from({ length: 1_600 }, (_, n) => `${'word'.repeat(4)}${n}`);
    expect((await room.operator.changeSettings({ bannedWords })).status).toBe(200);
    const tried = { text: 'A word.', bannedWords, suspectWords: bannedWords };
    const trial = await room.request('POST', room.at.wordsTest, { headers: room.asOperator, body: tried });
    expect(trial.status).toBe(200);
    const keyPoints = Array(10).fill('漢'.repeat(400));
    expect(
      (await room.publisher.putArticle('ferry', { keyPoints, topics: Array(40).fill('é'.repeat(80)) })).status,
    ).toBe(201);
    const whole = { headers: room.reader().headers, body: { authorName: 'Ada', body: '漢'.repeat(5_000) } };
    expect((await room.request('POST', room.at.comments(), whole)).status).toBeLessThan(203);
    const escaped = JSON.stringify(whole.body).replace(
      /[^ -~]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16)}`,
    );
    const again = { headers: room.reader().headers, rawBody: escaped };
    expect((await room.request('POST', room.at.comments(), again)).status).toBeLessThan(203);
  });

  test('comes for a compressed body, for another alphabet’s bytes and for bytes of none', async () => {
    const room = await openNewsroom();
    const send = async (body: BodyInit, headers: Record<string, string>) => {
      const sent = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body };
      const answer = await room.app.fetch(new Request(`${ORIGIN}${room.at.preview}`, sent), room.dependencies);
      const { detail } = (await answer.json()) as { detail?: string };
      return [answer.status, detail, answer.headers.get('Accept-Encoding')];
    };
    const text = '{"body":"x"}';
    const gzip = await new Response(new Response(text).body?.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
    const plain = 'Send the body as it is, without a Content-Encoding.';
    expect(await send(gzip, { 'Content-Encoding': 'gzip' })).toEqual([415, plain, 'identity']);
    expect(await send(text, { 'Content-Encoding': 'br, gzip' })).toEqual([415, plain, 'identity']);
    expect((await send(text, { 'Content-Encoding': 'Identity' }))[0]).toBe(200);
    for (const charset of ['utf-16', '"UTF-16LE"', 'iso-8859-1', 'utf-7']) {
      const type = { 'Content-Type': `application/json; charset=${charset}` };
      expect(await send(text, type), charset).toEqual([415, 'Send the body in UTF-8.', null]);
    }
    expect((await send(text, { 'Content-Type': 'application/json;charset="UTF-8"' }))[0]).toBe(200);
    const latin = new Uint8Array([...new TextEncoder().encode('{"body":"caf'), 0xe9, 0x22, 0x7d]);
    expect(await send(latin, {})).toEqual([400, 'This is not well-formed UTF-8.', null]);
    const cut = new TextEncoder().encode('{"body":"é').slice(0, -1);
    expect(await send(cut, {})).toEqual([400, 'This is not well-formed UTF-8.', null]);
  });

  test('does not come for a DELETE that says it has no body', async () => {
    const { room, ada, comment } = await openWith();
    const erase = (length: string, text: string) =>
      room.app.fetch(
        new Request(`${ORIGIN}${room.at.comment(comment.id)}`, {
          method: 'DELETE',
          headers: { ...ada.headers, 'Content-Length': length },
          body: new Blob([text]).stream(),
        }),
        room.dependencies,
      );
    expect((await erase('1', 'x')).status).toBe(415);
    expect((await erase('0', '')).status).toBe(204);
  });

  test('of a method says which ones there are', async () => {
    const room = await openNewsroom();
    const allowed = async (method: string, path: string) =>
      (await room.request(method, path, { body: {} })).headers.get('Allow')?.split(', ').sort();
    expect((await room.request('POST', '/v1/health')).body.detail).toContain('`Allow`');
    expect(await allowed('POST', '/v1/health')).toEqual(['GET', 'HEAD']);
    for (const method of ['PROPFIND', 'REPORT', 'PURGE']) {
      const answer = await room.request(method, room.at.comments(), {
        rawBody: '<x/>',
        headers: { 'Content-Type': 'text/xml' },
      });
      expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST']);
    }
    expect(await allowed('POST', room.at.article())).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH', 'PUT']);
    expect(await allowed('PUT', room.at.comment('0000000000000000'))).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH']);
  });

  test('names each credential that would do, and no other', async () => {
    const { room } = await openWith();
    const said = async (method: string, path: string, body?: object) =>
      (await room.request(method, path, { ...(body && { body }), headers: { Authorization: 'Bearer nobody' } })).body
        .detail;
    expect(await said('GET', room.at.mine())).toBe('Send the guest key as a bearer token.');
    expect(await said('PUT', room.at.article(), {})).toBe(
      'Send an API key of this site or the operator key as a bearer token.',
    );
    expect(await said('POST', '/v1/sites', {})).toBe('Send the operator key as a bearer token.');
    expect(await said('POST', room.at.decisions, {})).toBe(
      'Sign in first: your session is over, or you have been signed out.',
    );
    for (const address of [room.at.settings, room.at.keys]) {
      expect(await said('GET', address)).toBe(
        'Sign in first: your session is over, or you have been signed out. Or send the operator key as a bearer token.',
      );
    }
  });

  test('comes for a credential that is more than one word', async () => {
    const { room, ada } = await openWith();
    const ask = (path: string, token: string) =>
      room.request('GET', path, { headers: { Authorization: `Bearer ${token}` } });
    const operator = room.asOperator.Authorization.split(' ')[1] ?? '';
    for (const [path, token] of [
      [room.at.mine(), ada.key],
      [room.at.keys, operator],
    ] as const) {
      expect((await ask(path, token)).status).toBe(200);
      for (const more of [`${token} b`, `a ${token}`]) expect((await ask(path, more)).status).toBe(401);
    }
  });
});

describe('what may be kept', () => {
  test('is a public GET for a quarter of a minute, with an ETag that spares the answer; all else is no-store', async () => {
    const { room, ada, comment, admin } = await openWith();
    const kept: string[] = [];
    for (const address of room.everyGet(comment.id)) {
      const answer = await room.request('GET', address);
      if (answer.headers.get('Cache-Control') === 'no-store') continue;
      kept.push(address);
      expect(answer.status, address).toBe(200);
      // On a page without script nothing asks again.
      const meanwhile = /(?<!thread)\.html$/.test(address) ? '' : ' stale-while-revalidate=300,';
      expect(answer.headers.get('Cache-Control'), address).toBe(
        `public, max-age=15, s-maxage=15,${meanwhile} stale-if-error=86400`,
      );
      expect(answer.headers.get('CDN-Cache-Control'), address).toBe('public, max-age=15, stale-if-error=86400');
      expect(answer.headers.get('Cache-Tag'), address).toContain(room.site);
      expect(answer.headers.get('Set-Cookie'), address).toBeNull();
      const tag = answer.headers.get('ETag') ?? '';
      expect(tag, address).toMatch(/^(W\/)?"[^"]+"$/);
      const again = await room.request('GET', address, { headers: { 'If-None-Match': `"other", ${tag}` } });
      expect([again.status, again.body], address).toEqual([304, null]);
      expect(again.headers.get('ETag'), address).toBe(tag);
      for (const name of ['Cache-Control', 'CDN-Cache-Control', 'Cache-Tag']) {
        expect(again.headers.get(name), `${address} ${name}`).toBe(answer.headers.get(name));
      }
      expect(again.headers.get('Access-Control-Allow-Origin'), address).toBe('*');
      expect((await room.request('GET', address, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
    }
    expect(kept.map((address) => address.split('?')[0])).toEqual(
      expect.arrayContaining([
        room.at.articles,
        room.at.counts,
        room.at.article(),
        room.at.thread(),
        room.at.comment(comment),
        room.at.replies(comment),
        room.at.threadHtml(),
        room.at.commentsPage(),
        room.at.conversationPage(comment),
      ]),
    );
    for (const headers of [ada.headers, admin, room.asOperator]) {
      for (const address of room.everyGet(comment.id).filter((each) => !kept.includes(each))) {
        expect((await room.request('GET', address, { headers })).headers.get('Cache-Control'), address).toBe(
          'no-store',
        );
      }
    }
    const posted = await room.reader().post('Not to be kept.');
    expect([posted.headers.get('Cache-Control'), posted.headers.get('ETag')]).toEqual(['no-store', null]);
  });

  test('of a thread has another ETag after each change that can be seen, and the same without one', async () => {
    const { room, ada, comment } = await openWith();
    const tags: (string | null)[] = [];
    const look = async () => tags.push((await room.public.thread()).headers.get('ETag'));
    await look();
    await look();
    expect(tags[1]).toBe(tags[0]);
    const set = room.operator.changeSettings;
    const changes = [
      () => room.reader().post('Something new.'),
      () => ada.edit(comment, 'Changed.'),
      () => room.reader().vote(comment, 1),
      () => room.desk().decide(comment.id, 'reject', 'published', { revision: 2 }),
      () => set({ maxGraphemes: 400 }),
      () => set({ editWindowMinutes: 7 }),
      () => set({ moderation: 'pre' }),
      () => room.publisher.putArticle('ferry', { commenting: 'closed' }),
      () => room.publisher.patchArticle('ferry', { commenting: 'open' }),
    ];
    for (const change of changes) {
      expect((await change()).status).toBeLessThan(300);
      await look();
    }
    expect(new Set(tags).size).toBe(changes.length + 1);
  });

  test('of a thread stays the same when a setting changes that no thread tells, at the cost of one row and its event', async () => {
    const { room } = await openWith();
    const before = await room.public.thread();
    const unseen = [
      { bannedWords: ['grackle'] },
      { suspectWords: ['hogwash'] },
      { maxLinks: 9 },
      { unknownArticles: 'refuse' },
      { name: 'Another name' },
      { origins: [NEWS, 'https://other.example'] },
      { maxGraphemes: before.body.rules.maxGraphemes, moderation: before.body.rules.moderation },
    ];
    for (const body of unseen) {
      room.meter.take();
      const { status } = await room.operator.changeSettings(body);
      // The last of them changes nothing, and leaves no event.
      const rows = body === unseen.at(-1) ? 1 : 1 + 2;
      expect([status, room.meter.take().rowsWritten], JSON.stringify(body)).toEqual([200, rows]);
      expect((await room.public.thread()).headers.get('ETag')).toBe(before.headers.get('ETag'));
    }
  });
});

describe('every answer', () => {
  test('is for any origin without credentials, runs nothing, and is what it says it is', async () => {
    const { room, comment, admin } = await openWith();
    const answers = [
      ...(await Promise.all(room.everyGet(comment.id).map((each) => room.request('GET', each, { headers: admin })))),
      await room.reader().with({ Origin: NEWS }).post('Another one.'),
      await room.request('GET', '/nothing'),
      await room.request('POST', room.at.preview, { rawBody: '{' }),
    ];
    for (const { headers } of answers) {
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(headers.get('Access-Control-Allow-Credentials')).toBeNull();
      expect(headers.get('Content-Security-Policy')).toMatch(POLICY);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
      expect(headers.get('Content-Type')).toMatch(
        /^(?:application\/(?:problem\+)?json|(?:text\/html|application\/(?:atom\+xml|feed\+json)); charset=utf-8)/,
      );
      expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('may be asked for from a page elsewhere: the preflight allows what the widget sends and lets it read the limits', async () => {
    const room = await openNewsroom();
    const response = await room.app.fetch(
      new Request(`${ORIGIN}${room.at.comments()}`, {
        method: 'OPTIONS',
        headers: {
          Origin: NEWS,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
        },
      }),
      room.dependencies,
    );
    const list = (name: string) => (response.headers.get(name) ?? '').split(',').map((each) => each.trim());
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Max-Age')).toBe('86400');
    expect(list('Access-Control-Allow-Methods')).toEqual(expect.arrayContaining(['POST', 'PUT', 'PATCH', 'DELETE']));
    expect(list('Access-Control-Allow-Headers')).toEqual(
      expect.arrayContaining([
        'Authorization',
        'Content-Type',
        'Idempotency-Key',
        'If-None-Match',
        'Belowline-Bookmark',
      ]),
    );
    const posted = await room.reader().with({ Origin: NEWS }).post('Hello.');
    expect(posted.headers.get('Access-Control-Expose-Headers')?.split(',')).toEqual(
      expect.arrayContaining(['ETag', 'Retry-After', 'RateLimit', 'Belowline-Bookmark', 'Belowline-Stale']),
    );
  });
});

/** A D1 that can be made to fail on every call. */
const brittleD1 = () => {
  const state: { error: string | null } = { error: null };
  const failing = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (inner, name) => {
        const member = Reflect.get(inner, name);
        if (typeof member !== 'function') return member;
        return (...parts: unknown[]) => {
          if (state.error !== null && ['all', 'first', 'run', 'raw', 'batch', 'exec'].includes(String(name)))
            return Promise.reject(new Error(state.error));
          const result = member.apply(inner, parts);
          return ['withSession', 'prepare', 'bind'].includes(String(name)) && state.error !== null
            ? failing(result)
            : result;
        };
      },
    });
  return { databases: new Map([['DB', failing(env.DB)]]), state };
};

describe('while the database does not answer', () => {
  const OUTAGE = 'D1_ERROR: Network connection lost.\nSELECT body, author_email FROM comments WHERE id = ?';

  test('every request that needs it is answered with 503 and when to come back, and nothing of SQL is said or logged', async () => {
    const { databases, state } = brittleD1();
    const email = { send: async () => {} } as unknown as SendEmail;
    const { room, ada, comment, admin } = await openWith({}, { databases, email, mailFrom: 'comments@news.example' });
    const desk = room.as(admin);
    const reads: (() => Promise<Refused>)[] = [];
    for (const address of room.everyGet(comment.id).filter((each) => each !== '/v1/health')) {
      const { status } = await room.request('GET', address);
      const headers = asWhom({ room, ada, admin }, address);
      reads.push(() => room.request('GET', address, status === 401 ? { headers } : {}));
    }
    const post = () => ada.post('By Ada Lovelace.', { email: 'ada@mail.example' });
    const acts: (() => Promise<Refused>)[] = [
      ...reads,
      () => ada.edit(comment, 'Edited Ada Lovelace.'),
      () => ada.erase(comment),
      () => ada.vote(comment, 1),
      () => ada.flag(comment, 'spam'),
      () => desk.decide(comment, 'approve', 'published'),
      () => desk.decideMany('spam', [{ comment, expectedStatus: 'published' }]),
      () => desk.undo([comment]),
      () => desk.ruleOnVotes(comment, 'count-votes'),
      () => room.public.askForLink('boss@news.example'),
      () => room.operator.createSignInLink('boss@news.example'),
      () => room.public.redeem(guestKey()),
      () => room.operator.changeSettings({ maxLinks: 1 }),
      post,
    ];
    room.logged.length = 0;
    state.error = OUTAGE;
    for (const act of acts) {
      const answer = await act();
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers.get('Retry-After')).toBe('5');
      expect(JSON.stringify(answer.body)).not.toMatch(/D1|SQL|SELECT|connection/);
    }
    expect(room.logged).toHaveLength(acts.length);
    for (const line of room.logged) {
      expect(JSON.parse(line)).toMatchObject({ event: 'store-unavailable', requestId: expect.any(String) });
      expect(line).not.toMatch(/SELECT|author_email|Lovelace|ada@|203\.0\.113|Bearer|boss/);
    }
    state.error = null;
    expect((await post()).status).toBe(201);
  });

  test('health and preview answer', async () => {
    const { databases, state } = brittleD1();
    const room = await openNewsroom({}, { databases });
    state.error = OUTAGE;
    const health = await room.request('GET', '/v1/health');
    expect([health.status, health.body]).toEqual([200, { status: 'ok' }]);
    expect(health.headers.get('Cache-Control')).toBe('no-store');
    expect((await room.public.preview('x')).status).toBe(200);
  });

  test('a statement that it refuses is our fault and not an outage: 500, and no word of it', async () => {
    const { databases, state } = brittleD1();
    const { room } = await openWith({}, { databases });
    state.error = 'D1_ERROR: no such column: author_email: SQLITE_ERROR';
    const answer = await room.public.thread();
    expectProblem(answer, 500, 'internal');
    expect(answer.headers.get('Retry-After')).toBeNull();
    expect(JSON.stringify(answer.body)).not.toMatch(/column|SQLITE/);
  });
});

test.each([
  [new TypeError('"Ada Lovelace wrote this" is not a function'), ''],
  [new SyntaxError('Unexpected token: Ada Lovelace wrote this'), ''],
  [new Error('a comment was neither inserted nor refused'), 'a comment was neither inserted nor refused'],
])('a defect is told and logged without what it failed on: %s', async (error, message) => {
  const { room } = await openWith();
  const { openStores } = room.dependencies;
  room.dependencies.openStores = (place, start) => ({
    ...openStores(place, start),
    threads: new Proxy({} as never, { get: () => () => Promise.reject(error) }),
  });
  room.logged.length = 0;
  const answer = await room.public.thread();
  expectProblem(answer, 500, 'internal');
  expect(JSON.stringify(answer.body)).not.toContain('Lovelace');
  expect(room.logged.map((line) => JSON.parse(line))).toEqual([
    {
      event: 'request-failed',
      requestId: answer.headers.get('X-Request-Id'),
      method: 'GET',
      route: 'GET /v1/sites/{site}/articles/{article}/thread',
      site: room.site,
      status: 500,
      error: error.name,
      stack: expect.stringContaining('protocol.test.ts:'),
      message,
    },
  ]);
});

describe('a network', () => {
  test('is what CF-Connecting-IP says: no other header is believed', async () => {
    const room = await openNewsroom();
    const statuses = [];
    const { count } = LIMITS.sessionByNetwork;
    for (let i = 0; i <= count; i += 1) {
      room.clock.now += 1;
      const claimed = `198.51.100.${i}`;
      const headers = {
        'X-Forwarded-For': claimed,
        'X-Real-IP': claimed,
        Forwarded: `for=${claimed}`,
        'True-Client-IP': claimed,
        'CF-Connecting-IPv6': `2001:db8:${i}::1`,
      };
      statuses.push((await room.public.with({ Origin: ORIGIN, ...headers }).redeem(guestKey())).status);
    }
    expect(statuses).toEqual([...Array(count).fill(401), 429]);
  });

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['fe80::1:2:3:4', 'fe80:0:0:0'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['0000:0000:0000:0000:0000:ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['64:ff9b::203.0.113.7', '203.0.113.7'],
    ['64:FF9B:0:0::cb00:7107', '203.0.113.7'],
    ['64:ff9b:1::203.0.113.7', '203.0.113.7'],
    ['64:ff9b:1:7::203.0.113.7', '203.0.113.7'],
    ['64:ff9b:2::203.0.113.7', '64:ff9b:2:0'],
    ['2001::34ff:8ef8', '203.0.113.7'],
    ['2001:0:c633:6407:0:1234:34ff:8ef8', '203.0.113.7'],
    ['2001:1:c633:6407:0:1234:34ff:8ef8', '2001:1:c633:6407'],
    ['2002:cb00:7107:1::1', '203.0.113.7'],
    ['2003:cb00:7107:1::1', '2003:cb00:7107:1'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(placesOf(address).network).toBe(network);
  });

  test('is all of a /64, however its addresses are written, and no more', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    const text = (parts: number[]) => parts.map((part) => part.toString(16)).join(':');
    fc.assert(
      fc.property(groups, fc.array(group, { minLength: 4, maxLength: 4 }), (parts, host) => {
        fc.pre(parts.slice(0, 4).some((part) => part !== 0) && ![0x64, 0x2001, 0x2002].includes(parts[0] ?? 0));
        const prefix = parts.slice(0, 4);
        const network = placesOf(text(parts)).network;
        expect(placesOf(text([...prefix, ...host])).network).toBe(network);
        expect(placesOf(`${text(prefix)}::`).network).toBe(network);
        expect(placesOf(text(parts).toUpperCase()).network).toBe(network);
        const next = [...prefix.slice(0, 3), ((prefix[3] ?? 0) + 1) % 0x10000, ...host];
        expect(placesOf(text(next)).network).not.toBe(network);
      }),
    );
  });

  test.each([
    ['203.0.113.7', '203.0.113.255', '203.0.112.7'],
    ['::ffff:203.0.113.7', '64:ff9b::203.0.113.1', '203.0.112.7'],
    ['2001:db8:1:2::', '2001:db8:1:ffff::', '2001:db8:2:2::'],
  ])('of %s lies in the range of %s and not in that of %s', (one, neighbour, other) => {
    expect(placesOf(neighbour).range).toBe(placesOf(one).range);
    expect(placesOf(other).range).not.toBe(placesOf(one).range);
  });

  test('of IPv6 lies in the block of its first 56 bits', () => {
    const blocks = ['2001:db8:1:200::', '2001:db8:1:2ff::', '2001:db8:1:300::'].map((one) => placesOf(one).block);
    expect(blocks[1]).toBe(blocks[0]);
    expect(blocks[2]).not.toBe(blocks[0]);
  });

  test('is kept under a name that begins with those of its block and its range', async () => {
    const room = await openNewsroom();
    const nameOf = async (address: string) =>
      (await room.dependencies.hashing.network('a', address, 'a key')).split('.') as [string, string, string];
    const one = await nameOf('2001:db8:1:200::1');
    expect(await nameOf('2001:db8:1:200:ffff::')).toEqual(one);
    const inBlock = await nameOf('2001:db8:1:2ff::');
    expect([inBlock[0] === one[0], inBlock[1] === one[1], inBlock[2] === one[2]]).toEqual([true, true, false]);
    const inRange = await nameOf('2001:db8:1:300::');
    expect([inRange[0] === one[0], inRange[1] === one[1], inRange[2] === one[2]]).toEqual([true, false, false]);
    const [range, block, network] = await nameOf('203.0.113.7');
    expect(block).toBe(network);
    const neighbour = await nameOf('203.0.113.8');
    expect([neighbour[0] === range, neighbour[1] === block]).toEqual([true, false]);
  });

  test('is kept under a name that another day, another site and another secret make anew', async () => {
    const [room, other] = [await openNewsroom(), await openNewsroom({}, { secret: 'x'.repeat(32) })];
    const name = (of: Newsroom, site: string, dayKey: string | null) =>
      of.dependencies.hashing.network(site, '203.0.113.7', dayKey);
    const one = await name(room, 'a', 'a key');
    expect(await name(room, 'a', 'a key')).toBe(one);
    const others = [
      name(room, 'a', 'another'),
      name(room, 'a', null),
      name(room, 'b', 'a key'),
      name(other, 'a', 'a key'),
    ];
    expect(new Set([one, ...(await Promise.all(others))]).size).toBe(5);
    expect(one).toMatch(/^[\w-]{22}\.[\w-]{8}\.[\w-]{8}$/);
  });
});

describe('the settings of a deployment', () => {
  const whole = { ...env, PUBLIC_URL: 'https://comments.example/', MAIL_FROM: 'comments@news.example' };

  test('are read whole', () => {
    const { publicUrl, mailFrom } = readConfig(whole);
    expect([publicUrl, mailFrom]).toEqual(['https://comments.example', 'comments@news.example']);
    const least = readConfig({ ...env, EMAIL: undefined } as never);
    expect([least.publicUrl, least.mailFrom, least.email]).toEqual([null, null, null]);
  });

  test.each([
    ['SECRET', undefined],
    ['SECRET', ''],
    ['SECRET', 'x'.repeat(31)],
    ['OPERATOR_KEY', undefined],
    ['OPERATOR_KEY', 'hunter2-hunter2'],
    ['DB', undefined],
    ['KV', undefined],
    ['PUBLIC_URL', 'not-an-address'],
    ['PUBLIC_URL', 'localhost:8787'],
    ['PUBLIC_URL', 'ftp://comments.example'],
    ['PUBLIC_URL', 'https://news.example/comments'],
    ['PUBLIC_URL', 'https://comments.example/?a=b'],
    ['PUBLIC_URL', 'https://ann@comments.example'],
    ['MAIL_FROM', 'nobody'],
  ])('that lack a proper %s (%j) stop the start and say which and what to do, without the value', (name, value) => {
    const read = () => readConfig({ ...whole, [name]: value } as never);
    expect(read).toThrow(/^Belowline cannot start\. /);
    expect(read).toThrow(`${name}: `);
    expect(read).toThrow('npx wrangler secret put');
    expect(read).toThrow('openssl rand -hex 32');
    expect(read).not.toThrow(/Invalid|expected|received/);
    if (value) expect(read).not.toThrow(value);
  });

  test('have a public address as browsers write an origin', () => {
    const read = (PUBLIC_URL: string) => readConfig({ ...whole, PUBLIC_URL }).publicUrl;
    expect(read('HTTPS://Comments.Example:443/')).toBe('https://comments.example');
    expect(read('http://localhost:8787')).toBe('http://localhost:8787');
    expect(() => read('https://news.example/comments')).toThrow(
      'PUBLIC_URL: is not an address such as https://comments.example, without a path',
    );
  });

  test('may have a secret of 32 characters', () => {
    expect(() => readConfig({ ...whole, SECRET: 'x'.repeat(32) })).not.toThrow();
  });
});
