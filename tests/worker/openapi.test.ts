import { expect, test } from 'vitest';
import type { AnswerAt } from '../../src/contract/client.ts';
import { ProblemDocument, type ProblemReason } from '../../src/contract/problem.ts';
import type { RouteName, routes } from '../../src/contract/routes.ts';
import { ROUTES } from '../../src/reference/described.ts';
import { answerHeaders } from '../../src/reference/headers.ts';
import { problemsOf } from '../../src/reference/problems.ts';
import { openNewsroom, tokenOf } from '../support/newsroom.ts';

interface Sent {
  path?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
  form?: object;
}

/** Sends a route's request and holds the answer to what the document says of it. */
const openApi = async () => {
  const room = await openNewsroom({ suspectWords: ['casino'], moderation: 'post' }, {}, { database: 'DB' });
  const answered = new Set<RouteName>();
  const call = async <Name extends RouteName>(name: Name, { path = {}, query = '', ...options }: Sent = {}) => {
    const described = ROUTES.find((one) => one.name === name);
    if (described === undefined) throw new Error(`no route ${name}`);
    const { method, route } = described;
    const address = described.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => path[part] ?? room.site);
    const answer = await room.request<AnswerAt<(typeof routes)[Name]['at']>>(method, `${address}${query}`, options);
    const place = `${name} ${answer.status} ${JSON.stringify(answer.body)}`;
    const said = answer.status === 304 && route.etag ? null : route.answers[answer.status];
    if (said === undefined) {
      const { reason } = ProblemDocument.parse(answer.body);
      expect(problemsOf(described), place).toContain(reason as ProblemReason);
      return answer;
    }
    // A schema drops what it does not know: nothing may be missing after it.
    if (said) expect(said.parse(answer.body), place).toEqual(answer.body);
    else expect(answer.body, place).toBeNull();
    const headers = answer.status === 304 ? ['ETag'] : answerHeaders(route);
    for (const header of headers) {
      if (header !== 'Belowline-Stale') expect(answer.headers.has(header), `${place}: ${header}`).toBe(true);
    }
    answered.add(name);
    return answer;
  };
  return { room, answered, call };
};

test('every operation answers as the document says', async () => {
  const { room, answered, call } = await openApi();
  const { asOperator, asPublisher } = room;
  const mara = await room.desk('Mara', 'admin').session();
  const asAdmin = { headers: mara.headers };
  const reader = { headers: room.reader().headers };
  const other = { headers: room.reader().headers };
  const ferry = { article: 'ferry' };
  const article = { url: 'https://news.example/ferry', headline: 'Ferry', publishedAt: '2026-11-01T10:00:00Z' };

  await call('getHealth');
  await call('checkHealth', { headers: asOperator });
  await call('createSite', { headers: asOperator, body: { id: `${room.site}-b`, name: 'B' } });
  await call('createSite', { headers: asOperator, body: { id: `${room.site}-b`, name: 'B' } });
  await call('listSites', { headers: asOperator });
  await call('removeSite', { headers: asOperator, path: { site: `${room.site}-b` } });
  await call('createSite', { headers: asOperator, body: { id: `${room.site}-b`, name: 'B' } });
  await call('getSettings', asAdmin);
  await call('testWords', { ...asAdmin, body: { text: 'c4sino', bannedWords: ['casino'] } });
  await call('changeSettings', { ...asAdmin, body: { maxLinks: 3 } });
  await call('createApiKey', { ...asAdmin, body: { name: 'Content system' } });
  await call('readLog', asAdmin);
  await call('verifyLog', asAdmin);
  const { body: listed } = await call('listApiKeys', asAdmin);
  const spare = listed.keys.find((apiKey) => apiKey.name === 'Content system');
  await call('revokeApiKey', { ...asAdmin, path: { id: spare?.id ?? '' } });
  await call('revokeApiKey', { ...asAdmin, path: { id: spare?.id ?? '' } });

  await call('putArticle', { path: ferry, headers: asPublisher, body: { ...article, topics: ['Ferries'] } });
  await call('putArticle', { path: ferry, headers: asPublisher, body: { ...article, section: 'World' } });
  await call('updateArticle', { path: ferry, headers: asPublisher, body: { image: 'https://news.example/a.jpg' } });
  await call('updateArticle', { path: { article: 'none' }, headers: asPublisher, body: { section: null } });
  const bridge = { path: { article: 'bridge' }, headers: asPublisher };
  await call('putArticle', { ...bridge, body: article });
  await call('rekeyArticle', { ...bridge, body: { key: 'ferry' } });
  await call('rekeyArticle', { ...bridge, body: { key: 'bridge-2' } });
  await call('removeArticle', bridge);
  await call('removeArticle', bridge);
  await call('putArticle', { ...bridge, body: article });
  const read = await call('getArticle', { path: ferry });
  await call('getArticle', { path: ferry, headers: { 'If-None-Match': read.headers.get('ETag') ?? '' } });
  await call('listArticles', { query: '?section=World&limit=1' });
  await call('countComments', { query: '?key=ferry&key=none' });

  const post = (body: string, by = reader, more: Record<string, unknown> = {}) =>
    call('postComment', {
      path: ferry,
      ...by,
      body: { body, authorName: 'Ada', authorEmail: 'ada@post.example', ...more },
    });
  const { body: top } = await post('The **ferry** was late.\n\n> Again!\n\n1. one\n2. `two`');
  const at = { ...ferry, id: top.id as string };
  const { body: reply } = await post('Not [on](https://a.example) Tuesday.', other, { parentId: top.id });
  const held = await post('The casino on board was open.', other);
  expect([held.status, held.body.status]).toEqual([202, 'pending']);
  await post('', reader);

  await call('voteComment', { path: at, ...other, body: { value: 1 } });
  await call('voteComment', { path: at, ...reader, body: { value: 1 } });
  await call('flagComment', { path: at, ...other, body: { reason: 'other', note: 'Look.' } });
  await call('findMine', { path: ferry, ...other });
  await call('editComment', { path: at, ...reader, body: { body: 'The ferry was late on Monday.' } });
  await call('previewComment', { body: { body: '*a*\n\n- b' } });

  const thread = await call('getThread', { path: ferry, query: '?sort=top' });
  await call('getThread', { path: ferry, headers: { 'If-None-Match': thread.headers.get('ETag') ?? '' } });
  await call('getThread', { path: { article: 'none' } });
  await call('getThread', { path: ferry, query: '?format=text' });
  await call('listReplies', { path: at });
  await call('getPermalink', { path: { ...ferry, id: reply.id }, query: '?format=html' });
  await call('getThreadHtml', { path: ferry, query: '?sort=top' });
  await call('getThreadHtml', { path: ferry, headers: { 'If-None-Match': thread.headers.get('ETag') ?? '' } });
  await call('getCommentsPage', { path: ferry });
  await call('getCommentsPage', { path: ferry, query: '?limit=0' });
  await call('getConversationPage', { path: { ...ferry, id: reply.id } });
  const { body: form } = await call('getCommentForm', { path: ferry, query: `?parent=${top.id}` });
  await call('getCommentForm', { path: { article: 'none' } });
  const fields = { stamp: / name="stamp" value="(.*?)"/.exec(form)?.[1], authorName: 'Ada', body: 'By a **form**.' };
  const asForm = (more: object) => ({ path: ferry, form: { ...fields, ...more } });
  await call('submitCommentForm', asForm({ step: 'preview' }));
  await call('submitCommentForm', asForm({ step: 'post' }));
  room.clock.tick(4);
  await call('submitCommentForm', asForm({ step: 'post', parentId: top.id }));
  await call('listNewestComments', { query: '?section=World' });
  await call('getAtomFeed', { query: '?section=World' });
  await call('getJsonFeed', { query: '?section=World' });
  await call('getArticleAtomFeed', { path: ferry });
  const feed = await call('getArticleJsonFeed', { path: ferry });
  await call('getArticleJsonFeed', { path: ferry, headers: { 'If-None-Match': feed.headers.get('ETag') ?? '' } });
  await call('getArticleJsonFeed', { path: { article: 'none' } });
  await call('listMostCommented', { query: '?hours=6' });

  const { body: queue } = await call('readQueue', { ...asAdmin, query: '?list=pending' });
  const waiting = { ...ferry, id: held.body.id as string };
  const seen = { expectedStatus: 'pending', revision: queue.items[0]?.revision };
  const decision = { ...asAdmin, path: waiting, body: { decision: 'reject', reason: 'No adverts.', ...seen } };
  await call('decideOne', decision);
  expect((await call('decideOne', decision)).body.reason).toBe('decided-already');
  await call('undo', { ...asAdmin, body: { comments: [waiting] } });
  await call('decide', { ...asAdmin, body: { decision: 'approve', comments: [{ ...waiting, ...seen }] } });
  const { body: dossier } = await call('readDossier', { ...asAdmin, path: at });
  await call('readDossier', { ...asAdmin, path: { ...ferry, id: reply.id } });
  await call('ruleOnVotes', { ...asAdmin, path: at, body: { ruling: 'count-votes' } });
  await call('banReader', { ...asAdmin, path: { id: dossier.item.reader.id }, body: { ban: 'ban', days: 1 } });
  await post('Am I still here?', reader);
  await call('deleteComment', { path: { ...ferry, id: reply.id }, ...other });
  await call('getThread', { path: ferry });
  await call('readQueue', { ...asAdmin, query: '?list=deleted&order=newest' });

  const toForget = { headers: asOperator, body: { email: 'ada@post.example' } };
  await call('forgetAddress', toForget);
  await call('forgetAddress', { ...toForget, path: { site: 'none' } });

  const keys = { path: { database: 'DB', table: 'api_keys' }, headers: asOperator };
  const { body: database } = await call('describeDatabase', keys);
  await call('describeDatabase', { ...keys, path: { database: 'DB_9' } });
  const { body: page } = await call('readRows', { ...keys, query: `?after=${encodeURIComponent('["",""]')}` });
  const { columns = [] } = database.tables.find(({ name }) => name === 'api_keys') ?? {};
  const restored = { columns, after: null, rows: page.rows };
  await call('restoreRows', { ...keys, body: restored });
  await call('restoreRows', { ...keys, path: { database: 'DB_1', table: 'api_keys' }, body: restored });

  await call('requestSignInLink', { body: { email: 'mara@news.example' } });
  await call('createSignInLink', { headers: asOperator, body: { email: 'mara@news.example' } });
  const { body: invited } = await call('inviteModerator', { ...asAdmin, body: { email: 'b@news.example', name: 'B' } });
  await call('listModerators', asAdmin);
  await call('getMe', asAdmin);
  const token = tokenOf(invited.signInUrl);
  await call('signIn', { body: { token } });
  expect((await call('signIn', { body: { token } })).body.reason).toBe('link-not-valid');
  await call('changeRole', { ...asAdmin, path: { id: invited.moderator.id }, body: { role: 'moderator' } });
  await call('changeRole', { ...asAdmin, path: { id: 'nobody' }, body: { role: 'moderator' } });
  await call('removeModerator', { ...asAdmin, path: { id: invited.moderator.id } });
  await call('removeModerator', { ...asAdmin, path: { id: mara.id } });
  await call('signOut', asAdmin);

  expect(ROUTES.map(({ name }) => name).filter((name) => !answered.has(name))).toEqual([]);
});
