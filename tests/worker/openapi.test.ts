import { expect, test } from 'vitest';
import { ProblemDocument } from '../../src/contract/problem.ts';
import { OPERATIONS, type ProblemReason, problemsOf } from '../../src/reference/operations.ts';
import { guestKey, openNewsroom } from '../support/newsroom.ts';

interface Sent {
  path?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Sends an operation's request and holds the answer to what the operation says of it. */
const openApi = async () => {
  const room = await openNewsroom({ suspectWords: ['casino'], moderation: 'post' });
  const answered = new Set<string>();
  const call = async (operationId: string, { path = {}, query = '', ...options }: Sent = {}) => {
    const operation = OPERATIONS.find((one) => one.operationId === operationId);
    if (operation === undefined) throw new Error(`no operation ${operationId}`);
    const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? room.site);
    const answer = await room.request(operation.method.toUpperCase(), `${address}${query}`, options);
    const said = operation.responses[answer.status];
    const place = `${operationId} ${answer.status} ${JSON.stringify(answer.body)}`;
    if (said === undefined) {
      const { reason } = ProblemDocument.parse(answer.body);
      expect(problemsOf(operation), place).toContain(reason as ProblemReason);
      return answer;
    }
    // A schema drops what it does not know: nothing may be missing after it.
    if (said.schema) expect(said.schema.parse(answer.body), place).toEqual(answer.body);
    else expect(answer.body, place).toBeNull();
    for (const name of said.headers ?? []) {
      if (name !== 'Belowline-Stale') expect(answer.headers.has(name), `${place}: ${name}`).toBe(true);
    }
    answered.add(operationId);
    return answer;
  };
  return { room, answered, call };
};

test('every operation answers as the document says', async () => {
  const { room, answered, call } = await openApi();
  const { asOperator, asPublisher } = room;
  const mara = await room.signIn('Mara', 'admin');
  const asAdmin = { headers: mara.headers };
  const reader = { headers: { Authorization: `Bearer ${guestKey()}` } };
  const other = { headers: { Authorization: `Bearer ${guestKey()}` } };
  const key = { key: 'ferry' };
  const article = { url: 'https://news.example/ferry', headline: 'Ferry', publishedAt: '2026-11-01T10:00:00Z' };

  await call('getHealth');
  await call('createSite', { headers: asOperator, body: { id: `${room.site}-b`, name: 'B' } });
  await call('createSite', { headers: asOperator, body: { id: `${room.site}-b`, name: 'B' } });
  await call('getSettings', asAdmin);
  await call('changeSettings', { ...asAdmin, body: { maxLinks: 3 } });
  await call('createApiKey', { ...asAdmin, body: { name: 'Content system' } });
  const { body: listed } = await call('listApiKeys', asAdmin);
  const spare = listed.keys.find((apiKey: { name: string }) => apiKey.name === 'Content system');
  await call('revokeApiKey', { ...asAdmin, path: { id: spare.id } });
  await call('revokeApiKey', { ...asAdmin, path: { id: spare.id } });

  await call('putArticle', { path: key, headers: asPublisher, body: { ...article, topics: ['Ferries'] } });
  await call('putArticle', { path: key, headers: asPublisher, body: { ...article, section: 'World' } });
  await call('updateArticle', { path: key, headers: asPublisher, body: { image: 'https://news.example/a.jpg' } });
  await call('updateArticle', { path: { key: 'none' }, headers: asPublisher, body: { section: null } });
  const read = await call('getArticle', { path: key });
  await call('getArticle', { path: key, headers: { 'If-None-Match': read.headers.get('ETag') ?? '' } });
  await call('listArticles', { query: '?section=World&limit=1' });
  await call('countComments', { query: '?key=ferry&key=none' });

  const post = (body: string, by = reader, more: Record<string, unknown> = {}) =>
    call('postComment', {
      path: key,
      ...by,
      body: { body, authorName: 'Ada', authorEmail: 'ada@post.example', ...more },
    });
  const { body: top } = await post('The **ferry** was late.\n\n> Again!\n\n1. one\n2. `two`');
  const at = { id: top.id as string };
  const { body: reply } = await post('Not [on](https://a.example) Tuesday.', other, { parentId: top.id });
  const held = await post('The casino on board was open.', other);
  expect([held.status, held.body.status]).toEqual([202, 'pending']);
  await post('', reader);

  await call('voteComment', { path: at, ...other, body: { value: 1 } });
  await call('voteComment', { path: at, ...reader, body: { value: 1 } });
  await call('flagComment', { path: at, ...other, body: { reason: 'other', note: 'Look.' } });
  await call('findMine', { path: key, ...other });
  await call('editComment', { path: at, ...reader, body: { body: 'The ferry was late on Monday.' } });
  await call('previewComment', { body: { body: '*a*\n\n- b' } });

  const thread = await call('getThread', { path: key, query: '?sort=top' });
  await call('getThread', { path: key, headers: { 'If-None-Match': thread.headers.get('ETag') ?? '' } });
  await call('getThread', { path: { key: 'none' } });
  await call('listReplies', { path: at });
  await call('getComment', { path: { id: reply.id } });
  await call('listNewestComments', { query: '?section=World' });
  await call('listMostCommented', { query: '?hours=6' });

  const { body: queue } = await call('readQueue', { ...asAdmin, query: '?list=pending' });
  const waiting = { id: held.body.id as string };
  const seen = { expectedStatus: 'pending', revision: queue.items[0].revision };
  const decision = { ...asAdmin, path: waiting, body: { decision: 'reject', reason: 'No adverts.', ...seen } };
  await call('decideOne', decision);
  expect((await call('decideOne', decision)).body.reason).toBe('decided-already');
  await call('undo', { ...asAdmin, body: { comments: [waiting.id] } });
  await call('decide', { ...asAdmin, body: { decision: 'approve', comments: [{ ...waiting, ...seen }] } });
  const { body: dossier } = await call('readDossier', { ...asAdmin, path: at });
  await call('readDossier', { ...asAdmin, path: { id: reply.id } });
  await call('ruleOnVotes', { ...asAdmin, path: at, body: { ruling: 'count-votes' } });
  await call('banReader', { ...asAdmin, path: { id: dossier.item.reader.id }, body: { ban: 'ban', days: 1 } });
  await post('Am I still here?', reader);
  await call('deleteComment', { path: { id: reply.id }, ...other });
  await call('getThread', { path: key });
  await call('readQueue', { ...asAdmin, query: '?list=deleted&order=newest' });

  await call('requestSignInLink', { body: { email: 'mara@news.example' } });
  await call('createSignInLink', { headers: asOperator, body: { email: 'mara@news.example' } });
  const { body: invited } = await call('inviteModerator', { ...asAdmin, body: { email: 'b@news.example', name: 'B' } });
  await call('listModerators', asAdmin);
  await call('getMe', asAdmin);
  const token = new URL(invited.signInUrl).hash.replace('#token=', '');
  await call('signIn', { body: { token } });
  expect((await call('signIn', { body: { token } })).body.reason).toBe('link-not-valid');
  await call('removeModerator', { ...asAdmin, path: { id: invited.moderator.id } });
  await call('removeModerator', { ...asAdmin, path: { id: mara.id } });
  await call('signOut', asAdmin);

  expect(OPERATIONS.map(({ operationId }) => operationId).filter((id) => !answered.has(id))).toEqual([]);
});
