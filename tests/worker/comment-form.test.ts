import { expect, test } from 'vitest';
import { NEWS, type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';
import { encodedForm } from '../support/newsroom-answer.ts';

const openThread = async (settings: Record<string, unknown> = {}) => {
  const room = await openNewsroom({ moderation: 'post', ...settings });
  await room.publisher.putArticle('ferry', { headline: 'The ferry sails' });
  return room;
};

const stampIn = (html: string): string => / name="stamp" value="(.*?)"/.exec(html)?.[1] ?? '';

/** The fields that a reader sends of a form that they opened `seconds` ago. */
const fill = async (room: Newsroom, more: Record<string, string> = {}, seconds = 10) => {
  const stamp = stampIn((await room.public.form()).body);
  room.clock.tick(seconds);
  return { step: 'post', authorName: 'Ada', body: 'The ferry was late.', stamp, website: '', authorEmail: '', ...more };
};

/** The page that a browser gets, refusals too. */
const submit = async (room: Newsroom, form: object, headers: Record<string, string> = {}) => {
  const response = await room.app.fetch(
    new Request(`${ORIGIN}${room.at.write()}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'CF-Connecting-IP': '203.0.113.7',
        Origin: ORIGIN,
        ...headers,
      },
      body: encodedForm(form),
    }),
    room.dependencies,
  );
  return { status: response.status, html: await response.text() };
};

const textsOf = async (room: Newsroom) =>
  (await room.public.thread()).body.comments.map(({ body }) => JSON.stringify(body));

test('a comment is posted by a form, once however often the form is sent, and is in the thread', async () => {
  const room = await openThread();
  const form = await fill(room, { body: 'Two\r\n\r\nparagraphs.', authorEmail: 'ada@post.example' });
  const first = await submit(room, form);
  expect([first.status, /<h1>Your comment is published/.test(first.html)]).toEqual([201, true]);
  const again = await submit(room, form);
  expect(again.status).toBe(201);
  expect(await textsOf(room)).toEqual(['[{"t":"p","c":["Two"]},{"t":"p","c":["paragraphs."]}]']);
});

test('a form is for one comment: with another text it comes back with a new key, which posts that one', async () => {
  const room = await openThread();
  const form = await fill(room);
  await submit(room, form);
  const refused = await submit(room, { ...form, body: 'Another text.' });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('Another text.');
  room.clock.tick(4);
  const stamp = stampIn(refused.html);
  expect(stamp).not.toBe(form.stamp);
  expect((await submit(room, { ...form, body: 'Another text.', stamp })).status).toBe(201);
  expect(await textsOf(room)).toHaveLength(2);
});

test('a preview shows the comment as it will be, with the form filled in, and stores nothing', async () => {
  const room = await openThread();
  const form = await fill(room, { step: 'preview', body: 'The **ferry** & <b>.' }, 0);
  room.meter.take();
  const { status, html } = await submit(room, form);
  expect(room.meter.take()).toMatchObject({ rowsWritten: 0, roundTrips: 1 });
  expect([status, html]).toEqual([200, expect.stringContaining('The <strong>ferry</strong> &amp; &lt;b&gt;.')]);
  expect(html).toContain('>\nThe **ferry** &amp; &lt;b&gt;.</textarea>');
  expect(stampIn(html)).toBe(form.stamp);
  expect(await textsOf(room)).toEqual([]);
});

test.each([
  ['in less than three seconds', 2.999, 400],
  ['after three seconds', 3, 201],
  ['after a day', 86_400, 201],
  ['after more than a day', 86_400.001, 400],
])('a form that is sent %s', async (_, seconds, status) => {
  const room = await openThread();
  const form = await fill(room, {}, seconds);
  const answer = await submit(room, form);
  expect(answer.status).toBe(status);
  if (status === 201) return;
  expect(answer.html).toContain('The ferry was late.</textarea>');
  room.clock.tick(3);
  expect((await submit(room, { ...form, stamp: stampIn(answer.html) })).status).toBe(201);
});

test.each<[string, (stamp: string) => string]>([
  ['nothing', () => ''],
  ['another time', (stamp) => stamp.replace(/^\w+/, (at) => (Number.parseInt(at, 36) - 1_000).toString(36))],
  ['another key', (stamp) => stamp.replace(/\.[\w-]{43}\./, `.${'A'.repeat(43)}.`)],
  ['another signature', (stamp) => stamp.replace(/[\w-]{22}$/, 'A'.repeat(22))],
  ['no form of stamp', () => '<script>'],
])('a stamp of %s is none, and the text is kept', async (_, spoil) => {
  const room = await openThread();
  const form = await fill(room);
  const { status, html } = await submit(room, { ...form, stamp: spoil(form.stamp) });
  expect([status, /data-reason="(.*?)"/.exec(html)?.[1]]).toEqual([400, 'invalid-input']);
  expect(html).toContain('The ferry was late.</textarea>');
  expect(await textsOf(room)).toEqual([]);
});

test('a stamp is of its own site', async () => {
  const [room, other] = [await openThread(), await openThread()];
  const { stamp } = await fill(other);
  const { status } = await submit(room, { ...(await fill(room)), stamp });
  expect(status).toBe(400);
});

test('whoever fills in what people do not see posts nothing', async () => {
  const room = await openThread();
  const { status, html } = await submit(room, await fill(room, { website: 'https://spam.example' }));
  expect([status, html.includes('The ferry was late.</textarea>')]).toEqual([400, true]);
  expect(await textsOf(room)).toEqual([]);
});

test.each([
  [{ authorName: '...' }, 'authorName', 400],
  [{ authorEmail: 'nobody' }, 'authorEmail', 400],
  [{ body: '' }, 'body', 422],
  [{ body: 'x'.repeat(5_001) }, 'body', 422],
])('a fault stands beside its field, and all that was typed stays: %o', async (wrong, field, status) => {
  const room = await openThread();
  const form = await fill(room, { authorEmail: 'ada@post.example', ...wrong });
  const answer = await submit(room, form);
  expect(answer.status).toBe(status);
  expect(answer.html).toMatch(new RegExp(`id="${field}"[^>]* aria-invalid="true"`));
  expect(answer.html).toContain(`id="${field}-fault"`);
  expect(answer.html).toContain(`>\n${form.body}</textarea>`);
  expect(answer.html).toContain(`value="${form.authorName}"`);
  expect(answer.html).toContain(`value="${form.authorEmail}"`);
});

test('an answer stands below the comment that the form names and shows', async () => {
  const room = await openThread();
  const top = await room.reader().say('Why *so* late?', { name: 'Bo <b>' });
  const { body } = await room.public.form(`parent=${top.id}`);
  expect(body).toContain('Bo &lt;b&gt;');
  expect(body).toContain('Why <em>so</em> late?');
  expect(body).toContain(`name="parentId" value="${top.id}"`);
  expect((await submit(room, await fill(room, { parentId: top.id }))).status).toBe(201);
  expect((await room.public.thread()).body.comments[0]?.replies).toHaveLength(1);
  await room.desk().decide(top.id, 'reject', 'published');
  const gone = await room.public.form(`parent=${top.id}`);
  expect([gone.status, gone.body.reason]).toEqual([409, 'parent-gone']);
  const late = await submit(room, await fill(room, { parentId: top.id, body: 'A late answer.' }));
  expect([late.status, late.html.includes('A late answer.</textarea>')]).toEqual([409, true]);
});

test('a comment that is not published says why: a moderator is to read it, or it was not taken', async () => {
  const room = await openThread({ moderation: 'first-comment', bannedWords: ['hogwash'] });
  const held = await submit(room, await fill(room));
  expect([held.status, held.html]).toEqual([202, expect.stringContaining('waits for a moderator')]);
  const rejected = await submit(room, await fill(room, { body: 'What hogwash.' }));
  expect([rejected.status, rejected.html]).toEqual([202, expect.stringContaining('was not published')]);
  expect(await textsOf(room)).toEqual([]);
});

test('a closed article has no form, and takes none', async () => {
  const room = await openThread();
  const form = await fill(room);
  await room.publisher.putArticle('ferry', { commenting: 'closed' });
  expect((await room.public.commentsPage()).body).not.toContain('write.html');
  const closed = await room.public.form();
  expect([closed.status, closed.body.reason]).toEqual([403, 'commenting-closed']);
  expect((await submit(room, form)).status).toBe(403);
});

test('forms are limited by the network as all other comments are', async () => {
  const room = await openThread();
  const statuses: number[] = [];
  for (let n = 0; n < 20; n += 1)
    statuses.push((await submit(room, await fill(room, { body: `Text ${n}.` }, 3))).status);
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(201));
  expect(statuses.at(-1)).toBe(429);
});

test('a form is taken from our own page alone, as a form, within its bytes', async () => {
  const room = await openThread();
  const form = await fill(room);
  for (const origin of [NEWS, 'null', 'https://evil.example']) {
    expect((await submit(room, form, { Origin: origin })).status).toBe(403);
  }
  expect((await submit(room, form, { 'Content-Type': 'application/json' })).status).toBe(415);
  expect((await submit(room, form, { 'Content-Type': 'text/plain' })).status).toBe(415);
  // A text that is far too long, in a script whose letters are nine signs each in a form, is the form again.
  const long = await submit(room, { ...form, body: '長'.repeat(20_000) });
  expect(long.status).toBe(400);
  expect(long.html).toContain('長長長</textarea>');
  expect((await submit(room, { ...form, body: 'x'.repeat(370_000) })).status).toBe(413);
  expect((await submit(room, { ...form, more: 'x' })).status).toBe(400);
  expect((await submit(room, { ...form, parentId: '<b>' })).status).toBe(400);
  const twice = await room.request('POST', room.at.write(), {
    rawBody: `${encodedForm(form)}&body=again`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect(twice.status).toBe(400);
  const broken = await room.request('POST', room.at.write(), {
    rawBody: 'body=%ff',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect([broken.status, broken.body.detail]).toEqual([400, 'This is not a well-formed form.']);
  expect(await textsOf(room)).toEqual([]);
  const json = await room.request('POST', room.at.comments(), {
    rawBody: encodedForm(form),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect(json.status).toBe(415);
});

test('nobody keeps a form, and it costs one round trip', async () => {
  const room = await openThread();
  const top = await room.reader().say();
  for (const query of ['', `parent=${top.id}`]) {
    room.meter.take();
    const { headers } = await room.public.form(query);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(room.meter.take()).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
  }
});
