import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { LIMITS, limitFor } from '../../src/core/rate-limit/limits.ts';
import { type Newsroom, ORIGIN, openNewsroom, type PostOptions, type Reader } from '../support/newsroom.ts';

const WINDOW = 60_000;

const openWith = async (...parts: Parameters<typeof openNewsroom>) => {
  const room = await openNewsroom(...parts);
  await room.publisher.putArticle();
  // In the middle of a minute, so that the counters by the minute do not turn over in between.
  room.clock.now = Math.ceil(room.clock.now / WINDOW) * WINDOW + 20_000;
  return room;
};

let spoken = 0;
const say = (reader: Reader, options: PostOptions = {}) => {
  spoken += 1;
  return reader.post(`Sentence number ${spoken}.`, options);
};

const retryAtOf = (answer: { body: unknown }): number => Date.parse((answer.body as { retryAt: string }).retryAt);

describe('a reader', () => {
  const { count } = LIMITS.commentByReader;

  test(`posts ${count} comments a minute; one more is told when, in the body and in every header`, async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count; i += 1) {
      expect((await say(ada)).status).toBe(201);
      room.clock.tick(1);
    }
    const refused = await say(ada);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: count });
    expect(retryAtOf(refused)).toBe(room.clock.now - count * 1_000 + WINDOW);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '55',
      ratelimit: '"comment";r=0;t=55',
      'ratelimit-policy': `"comment";q=${count};w=60`,
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
    });
    expect((await say(room.reader())).status).toBe(201);
  });

  test('may post in the very millisecond of retryAt, and not in the one before', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count; i += 1) {
      await say(ada);
      room.clock.tick(3);
    }
    const retryAt = retryAtOf(await say(ada));
    room.clock.now = retryAt - 1;
    expect((await say(ada)).status).toBe(429);
    room.clock.now = retryAt;
    expect((await say(ada)).status).toBe(201);
  });

  test('is held to the limit at every address', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const statuses = [];
    for (let i = 0; i <= count; i += 1) statuses.push((await say(ada.at(`198.51.100.${i}`))).status);
    expect(statuses).toEqual([...Array<number>(count).fill(201), 429]);
  });

  test('is not counted for what was refused', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count + 3; i += 1) expect((await ada.post('')).status).toBe(422);
    expect((await say(ada)).status).toBe(201);
  });
});

describe('a network', () => {
  const { count } = limitFor(LIMITS.commentByNetwork, true);

  const fill = async (room: Newsroom) => {
    for (let i = 0; i < count; i += 1) {
      expect((await say(room.reader())).status).toBe(201);
      room.clock.tick(0.5);
    }
  };

  test(`posts ${count} comments a minute, whoever writes them; another network is free`, async () => {
    const room = await openWith({ moderation: 'post' });
    await fill(room);
    const refused = await say(room.reader());
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ limit: count });
    expect((await say(room.reader().at('198.51.100.1'))).status).toBe(201);
    room.clock.now = retryAtOf(refused) - 1;
    expect((await say(room.reader())).status).toBe(429);
    room.clock.now += 1;
    expect((await say(room.reader())).status).toBe(201);
  });

  test('sends the same comment again with its Idempotency-Key as often as it must', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count + 5; i += 1) {
      expect((await ada.post('Did you get this?', { key: 'key-retried' })).status).toBe(201);
    }
  });
});

describe.each([
  ['article', 'UPDATE articles SET minute = ?, minute_count = ? WHERE site_id = ?', LIMITS.commentByArticle],
  ['site', 'UPDATE sites SET minute = ?, minute_count = ? WHERE id = ?', LIMITS.commentBySite],
] as const)('%s', (_, statement, limit) => {
  const strangers = limitFor(limit, true).count;

  test(`takes ${strangers} comments of strangers in a minute by the clock, ${limit.count} of readers with an approved one, and the next when the minute is over`, async () => {
    const room = await openWith({ moderation: 'post' });
    const known = room.reader();
    const { body: first } = await say(known);
    await room.desk().decide(first.id, 'approve', 'published');
    const fill = (count: number) =>
      env.DB.prepare(statement)
        .bind(Math.floor(room.clock.now / WINDOW), count, room.site)
        .run();
    await fill(strangers - 1);
    expect((await say(room.reader())).status).toBe(201);
    const refused = await say(room.reader());
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ limit: strangers });
    await fill(limit.count - 1);
    expect((await say(known)).status).toBe(201);
    expect((await say(known)).body).toMatchObject({ limit: limit.count });
    const nextMinute = (Math.floor(room.clock.now / WINDOW) + 1) * WINDOW;
    expect(retryAtOf(refused)).toBe(nextMinute);
    room.clock.now = nextMinute - 1;
    expect((await say(room.reader())).status).toBe(429);
    room.clock.now = nextMinute;
    expect((await say(room.reader())).status).toBe(201);
    expect((await room.public.thread()).body.article.commentCount).toBe(4);
  });
});

describe.each([
  ['report', (reader: Reader, comment: string) => reader.flag(comment, 'spam'), LIMITS.flagByNetwork, 204],
  ['vote', (reader: Reader, comment: string) => reader.vote(comment, 1), LIMITS.voteByNetwork, 200],
] as const)('%s', (_, act, limit, status) => {
  test(`is taken ${limit.count} times a minute from one network and then refused with 429`, async () => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room.reader());
    const send = () => act(room.reader(), comment.id);
    const statuses = [];
    for (let i = 0; i < limit.count; i += 1) {
      statuses.push((await send()).status);
      room.clock.now += 1;
    }
    expect(new Set(statuses)).toEqual(new Set([status]));
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('RateLimit-Policy')).toBe(`"${limit.operation}";q=${limit.count};w=60`);
  });
});

describe('votes on one comment', () => {
  const { count } = LIMITS.votesOnOneComment;

  const votesOf = async (room: Newsroom) => {
    const [item] = (await room.desk().queue('unmoderated')).body.items;
    return [item?.upVotes, item?.downVotes, item?.setAsideVotes];
  };

  test(`count for ${count} readers of one network; the others are set aside`, async () => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room.reader());
    for (let i = 0; i < count; i += 1) await room.reader().vote(comment, 1);
    expect(await votesOf(room)).toEqual([count, 0, 0]);
    await room.reader().vote(comment, 1);
    expect(await votesOf(room)).toEqual([count, 0, 1]);
  });
});

describe('edits and deletions', () => {
  const { count, operation } = LIMITS.editByNetwork;

  /** Null erases. */
  const change = (reader: Reader, comment: string, text: string | null) =>
    text === null ? reader.erase(comment) : reader.edit(comment, text);

  test(`are taken ${count} times a minute from one network; the next is told when, whichever of the two it is`, async () => {
    const room = await openWith({ moderation: 'post' });
    const [ada, ben] = [room.reader(), room.reader()];
    const [{ body: hers }, { body: his }] = [await say(ada), await say(ben)];
    const statuses = [(await ben.erase(his)).status];
    const first = room.clock.now;
    for (let i = 1; i < count; i += 1) {
      room.clock.tick(1);
      statuses.push((await ada.edit(hers, `Version ${i}.`)).status);
    }
    expect(statuses).toEqual([204, ...Array<number>(count - 1).fill(200)]);

    for (const body of ['One too many.', null]) {
      const refused = await change(ada, hers.id, body);
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: count });
      expect(refused.headers.get('RateLimit-Policy')).toBe(`"${operation}";q=${count};w=60`);
      expect(retryAtOf(refused)).toBe(first + WINDOW);
      expect(refused.headers.get('Retry-After')).toBe(String(60 - count + 1));
    }
    expect((await ada.mine()).body.comments[0]?.source).toBe(`Version ${count - 1}.`);
    expect((await ada.at('198.51.100.1').edit(hers, 'From elsewhere.')).status).toBe(200);
    room.clock.now = first + WINDOW;
    expect((await ada.edit(hers, 'Once more.')).status).toBe(200);
  });
});

test.each([
  ['edits', (reader: Reader, comment: string) => reader.edit(comment, 'Not mine.')],
  ['deletions', (reader: Reader, comment: string) => reader.erase(comment)],
] as const)('%s of what is not their own spend nobody’s limit and write nothing', async (_, tryInVain) => {
  const room = await openWith({ moderation: 'post' });
  const [ada, other] = [room.reader(), room.reader()];
  const { body: hers } = await say(ada);
  room.meter.take();
  for (let i = 0; i < LIMITS.editByNetwork.aDay; i += 1) {
    const answer = await tryInVain(other, i % 2 === 0 ? hers.id : '1m8n622hvrc3xnh7');
    expect(answer.status).toBe(404);
    const cost = room.meter.take();
    expect(cost).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
    expect(cost.rowsRead).toBeLessThanOrEqual(12);
  }
  expect((await ada.edit(hers, 'Mine.')).status).toBe(200);
  expect((await ada.erase(hers)).status).toBe(204);
});

/** An address in a /64 and, below 256, in a /56 of its own of one /48. */
const inRange = (i: number, range = 'db8') =>
  `2001:${range}:1:${((i % 256) * 256 + Math.floor(i / 256)).toString(16)}::1`;

describe('a network is one, whatever it is called and however the path is spelled', () => {
  test.each([
    [
      'an IPv6 address',
      ['2001:db8:0:1::1', '2001:DB8::1:0:0:0:2', '2001:0db8:0000:0001:ffff::', '2001:db8:0:1::10.0.0.1'],
    ],
    [
      'an IPv4 address',
      [
        '203.0.113.9',
        '::ffff:203.0.113.9',
        '::FFFF:cb00:7109',
        '64:ff9b::203.0.113.9',
        '64:ff9b::cb00:7109',
        '64:ff9b:1:2::cb00:7109',
        '2002:cb00:7109::1',
        '2001:0:c633:6407::34ff:8ef6',
      ],
    ],
  ])('%s', async (_, spellings) => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room.reader().at('198.51.100.1'));
    const { count } = LIMITS.flagByNetwork;
    const statuses = [];
    for (let i = 0; i <= count; i += 1) {
      const network = spellings[i % spellings.length] ?? '';
      const path = i % 2 === 0 ? room.at.flags(comment.id) : room.at.flags(comment.id).replace('ferry', '%66err%79');
      const reader = room.reader().at(network);
      const body = { reason: 'spam' };
      statuses.push(
        (
          await room.request('POST', path.replace(room.site, `%73${room.site.slice(1)}`), {
            headers: reader.headers,
            body,
          })
        ).status,
      );
    }
    expect(statuses).toEqual([...Array<number>(count).fill(204), 429]);
    expect((await room.reader().at('64:ff9b::198.51.100.2').flag(comment, 'spam')).status).toBe(204);
  });
});

/** A reader with an approved comment, which they wrote elsewhere. */
const befriend = async (room: Newsroom, i: number) => {
  const reader = room.reader();
  const { body } = await say(reader.at(`198.51.${i}.7`));
  await room.desk().decide(body.id, 'approve', 'published');
  return reader;
};

describe('400 posts with new keys from 400 /64s of one /48', () => {
  test('are as many as the range may post, and hold neither an article nor a known reader shut', async () => {
    const room = await openWith({ moderation: 'post' });
    const known = room.reader();
    const { body: first } = await say(known);
    await room.desk().decide(first.id, 'approve', 'published');
    const flood = (range: string) =>
      Promise.all(Array.from({ length: 400 }, (_, i) => say(room.reader().at(inRange(i, range)))));
    const taken = (await flood('db8')).filter(({ status }) => status === 201);
    expect(taken).toHaveLength(limitFor(LIMITS.commentByRange, true).count);
    expect((await say(room.reader().at('198.51.100.7'))).status).toBe(201);
    // As many ranges as it takes: strangers have to wait for the next minute, and those who are known do not.
    for (const range of ['db9', 'dba', 'dbb', 'dbc']) await flood(range);
    expect((await say(room.reader().at('198.51.100.8'))).body).toMatchObject({
      limit: limitFor(LIMITS.commentByArticle, true).count,
    });
    expect((await say(known)).status).toBe(201);
  });
});

test.each([
  ['network', LIMITS.commentByNetwork, () => '2001:db8:1:1::1'],
  ['block', LIMITS.commentByBlock, (i: number) => `2001:db8:1:1${i.toString(16).padStart(2, '0')}::1`],
  ['range', LIMITS.commentByRange, inRange],
] as const)(
  'strangers fill four fifths of what a %s may post, and readers with an approved comment all of it',
  async (_, limit, address) => {
    const room = await openWith({ moderation: 'post' });
    const strangers = (limit.count * 4) / 5;
    const known = await Promise.all(Array.from({ length: limit.count - strangers + 1 }, (_, i) => befriend(room, i)));
    room.clock.tick(60);
    const taken = await Promise.all(Array.from({ length: 100 }, (_, i) => say(room.reader().at(address(i)))));
    expect(taken.filter(({ status }) => status === 201)).toHaveLength(strangers);
    const answers = [];
    for (const [i, reader] of known.entries()) answers.push(await say(reader.at(address(i))));
    expect(answers.map(({ status }) => status)).toEqual([...Array(limit.count - strangers).fill(201), 429]);
    expect(answers.at(-1)?.body).toMatchObject({ limit: limit.count });
    expect((await say(room.reader().at(address(0)))).body).toMatchObject({ limit: limit.count });
  },
);

test('120 votes by new keys from 120 /64s of one /48 do not all count, and each is answered as if it did', async () => {
  const room = await openWith({ moderation: 'post' });
  const { body: comment } = await say(room.reader());
  const answers = await Promise.all(
    Array.from({ length: 120 }, (_, i) => room.reader().at(inRange(i)).vote(comment, 1)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const [shown] = (await room.public.thread()).body.comments;
  expect(shown?.upVotes).toBe(LIMITS.votesOnOneByRange.count);
  expect((await room.desk().dossier(comment.id)).body.item.setAsideVotes).toBe(120 - LIMITS.votesOnOneByRange.count);
});

test('a vote from a /48 with 300 networks that voted earlier in the day reads four rows for each of them', async () => {
  const room = await openWith({ moderation: 'post' });
  const { body: comment } = await say(room.reader());
  const { now } = room.clock;
  const { today } = await room.loadDayKeys();
  const [range] = (await room.dependencies.hashing.network(room.site, inRange(0), today)).split('.');
  const earlier = [[now - 3_600_000, comment.id, 'somebody']];
  await env.DB.prepare(`INSERT INTO limit_windows (day, site_id, operation, network, hours, recent, last)
    WITH RECURSIVE other (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM other WHERE i < 299)
    SELECT ?1, ?2, 'vote', ?3 || '.b' || i || '.n' || i, '{"0":1}', ?4, '0' FROM other`)
    .bind(Math.floor(now / 86_400_000), room.site, range, JSON.stringify(earlier))
    .run();
  room.meter.take();
  expect((await room.reader().at(inRange(1)).vote(comment, 1)).status).toBe(200);
  const { rowsRead } = room.meter.take();
  expect(rowsRead).toBeLessThanOrEqual(1_250);
});

test('120 reports from 120 /64s of one /48 are as many as the range may send', async () => {
  const room = await openWith({ moderation: 'post' });
  const { body: comment } = await say(room.reader());
  const answers = await Promise.all(
    Array.from({ length: 120 }, (_, i) => room.reader().at(inRange(i)).flag(comment, 'spam')),
  );
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(LIMITS.flagByRange.count);
});

test.each([undefined, 'key-00000001'])(
  'refused posts reach the screening as often as attempts are taken, with one key (%s) or none',
  async (key) => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    const answers = [];
    for (let i = 0; i < 60; i += 1)
      answers.push((await ada.post('x'.repeat(9_000), key === undefined ? {} : { key })).status);
    expect(answers.filter((status) => status === 422)).toHaveLength(LIMITS.attemptByNetwork.count);
    expect(answers.slice(LIMITS.attemptByNetwork.count)).toEqual(Array(60 - LIMITS.attemptByNetwork.count).fill(429));
  },
);

describe('posts that strangers try in vain', () => {
  const { attemptByNetwork, attemptByRange } = LIMITS;

  const tryInVain = (room: Newsroom, count: number, address: (i: number) => string) =>
    Promise.all(Array.from({ length: count }, (_, i) => room.reader().at(address(i)).post('')));

  test.each([
    ['network', attemptByNetwork, () => '203.0.113.9'],
    ['range', attemptByRange, inRange],
  ] as const)(
    'keep nobody with an approved comment out of their %s, and others until the minute is over',
    async (_, limit, address) => {
      const room = await openWith({ moderation: 'post' });
      const known = (await befriend(room, 1)).at(address(0));
      const stranger = room.reader().at(address(0));
      room.clock.tick(60);
      await tryInVain(room, limit.count, address);
      const refused = await say(stranger);
      expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: limit.count });
      expect((await say(known)).status).toBe(201);
      for (let i = 0; i < attemptByNetwork.count; i += 1) expect((await known.post('')).status).toBe(422);
      expect((await say(known)).body).toMatchObject({ reason: 'rate-limited', limit: attemptByNetwork.count });
      room.clock.now = retryAtOf(refused);
      expect((await say(stranger)).status).toBe(201);
    },
  );

  test('cost a round trip and the row of their reader from then on, and a post of a known reader that much more', async () => {
    const here = '203.0.113.9';
    const costOf = async (room: Newsroom, reader: Reader) => {
      room.meter.take();
      const { status } = await say(reader.at(here));
      return { status, ...room.meter.take() };
    };
    const openWithTries = async (count: number) => {
      const room = await openWith({ moderation: 'post' });
      const known = await befriend(room, 1);
      const pending = room.reader();
      await say(pending.at('198.51.100.1'));
      room.clock.tick(60);
      await tryInVain(room, count, () => here);
      return { room, pending, posted: await costOf(room, known) };
    };
    const { posted } = await openWithTries(attemptByNetwork.count - 1);
    const full = await openWithTries(attemptByNetwork.count);
    const { roundTrips, rowsRead } = posted;
    expect(posted).toMatchObject({ status: 201, roundTrips: 2 });
    expect(full.posted).toEqual({ ...posted, roundTrips: roundTrips + 1, rowsRead: rowsRead + 1 });
    const refused = { status: 429, roundTrips: 1, rowsWritten: 0, kvOperations: 0 };
    expect(await costOf(full.room, full.room.reader())).toEqual({ ...refused, rowsRead: 0 });
    expect(await costOf(full.room, full.pending)).toEqual({ ...refused, rowsRead: 1 });
  });
});

test('what is asked of sites that are not there leaves no row', async () => {
  const room = await openWith({ moderation: 'post' });
  const { body: comment } = await say(room.reader());
  const dump = async () => (await env.DB.prepare('SELECT * FROM limit_windows').all()).results;
  const before = await dump();
  const { headers } = room.reader();
  const { at } = room;
  const asks: [method: string, path: string, body: unknown, status: number][] = [
    ['POST', at.signInLinks, { email: 'nils@news.example' }, 202],
    ['POST', at.sessions, { token: 'A'.repeat(43) }, 401],
    ['PUT', at.vote(comment), { value: 1 }, 404],
    ['POST', at.flags(comment), { reason: 'spam' }, 404],
    ['PATCH', at.comment(comment), { body: 'The ferry was early.' }, 404],
    ['DELETE', at.comment(comment), undefined, 404],
    ['POST', at.comments(), { body: 'The ferry was late.', authorName: 'Ada' }, 404],
  ];
  for (const [n, [method, path, body, status]] of asks.entries()) {
    const invented = path.replace(`/${room.site}/`, `/invented-${n}/`);
    const sent = { headers, ...(body !== undefined && { body }) };
    expect((await room.request(method, invented, sent)).status, path).toBe(status);
  }
  expect(await dump()).toEqual(before);
});

describe('previews', () => {
  test('are those of one network, whichever sites it names', async () => {
    const room = await openWith({ moderation: 'post' });
    const preview = (n: number) =>
      room.request('POST', room.at.preview.replace(room.site, `invented-${n}`), { body: { body: 'Text.' } });
    const statuses: number[] = [];
    for (let n = 0; n < 60; n += 1) statuses.push((await preview(n)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(LIMITS.previewByNetwork.count);
    expect((await room.public.preview('Text.')).status).toBe(429);
  });

  test('are limited by the network and by its range, and cost neither D1 nor KV', async () => {
    const room = await openWith({ moderation: 'post' });
    room.meter.take();
    const preview = (i: number, network: string) =>
      room.public.with({ 'CF-Connecting-IP': network }).preview(`Text ${i}.`);
    const { previewByNetwork, previewByRange } = LIMITS;
    for (let i = 0; i < previewByNetwork.count; i += 1) expect((await preview(i, inRange(0))).status).toBe(200);
    const refused = await preview(0, inRange(0));
    expect([refused.status, retryAtOf(refused)]).toEqual([429, room.clock.now + WINDOW]);
    for (let i = previewByNetwork.count; i < previewByRange.count; i += 1) {
      expect((await preview(i, inRange(i))).status).toBe(200);
    }
    expect((await preview(0, inRange(999))).status).toBe(429);
    expect(room.meter.take()).toEqual({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 });
    room.clock.now = retryAtOf(refused);
    expect((await preview(0, inRange(0))).status).toBe(200);
  });

  test('are counted by the binding, too, where one isolate sees but a part of them', async () => {
    const room = await openWith(
      { moderation: 'post' },
      { rateLimiters: { preview: { network: env.BURSTS, range: env.BURSTS_OF_RANGES } } },
    );
    const statuses: number[] = [];
    // An hour passes by this isolate's clock alone, so that nothing but the binding refuses; it may begin one new minute.
    for (let round = 0; round < 5; round += 1) {
      for (let i = 0; i < 20; i += 1) statuses.push((await room.public.preview('Text.')).status);
      room.clock.tick(3_600);
    }
    const admitted = statuses.filter((status) => status === 200).length;
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200));
    expect(admitted).toBeGreaterThanOrEqual(LIMITS.previewByNetwork.count);
    expect(admitted).toBeLessThanOrEqual(2 * LIMITS.previewByNetwork.count);
  });
});

describe('a desk of thirty behind one address', () => {
  test('signs in on Monday morning: everybody asks twice, and opens a link that is over before the one that works', async () => {
    const sent: { raw: string }[] = [];
    const email = {
      send: async (message: unknown) => void sent.push(message as { raw: string }),
    } as unknown as SendEmail;
    const room = await openWith({}, { email, mailFrom: 'comments@news.example' });
    const names = Array.from({ length: 30 }, (_, i) => `Editor${i}`);
    for (const name of names)
      await room.operator.invite({ email: `${name.toLowerCase()}@news.example`, name, role: 'moderator' });
    room.clock.tick(86_400);
    sent.length = 0;
    for (const round of [1, 2]) {
      for (const name of names) {
        room.clock.tick(1);
        expect((await room.public.askForLink(`${name}@news.example`)).status, `${name}, ${round}`).toBe(202);
      }
    }
    expect(sent).toHaveLength(60);
    for (const { raw } of sent.slice(30)) {
      const text = atob((raw.split('\r\n\r\n')[1] ?? '').replaceAll('\r\n', ''));
      const token = /#token=(\S+)/.exec(text)?.[1] ?? '';
      expect((await room.public.with({ Origin: ORIGIN }).redeem(`${token.slice(1)}x`)).status).toBe(401);
      expect((await room.public.with({ Origin: ORIGIN }).redeem(token)).status).toBe(201);
    }
  });
});
