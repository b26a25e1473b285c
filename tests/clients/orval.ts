import { type Client, cookieOf } from './client.ts';
import * as api from './generated/orval.ts';

const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

/** Stops at an answer that is none of those expected. */
function refuse(answer: { status: number; data?: unknown }): never {
  throw new Error(`${answer.status} ${JSON.stringify(answer.data)}`);
}

/** A client of the functions that orval makes for `fetch`. They ask the server that the document names. */
export function clientOf(): Client {
  return {
    async createSite(operatorKey, site, origin) {
      return (await api.createSite({ id: site, name: 'A paper', origins: [origin] }, bearer(operatorKey))).status;
    },
    async invite(operatorKey, site) {
      const body = { email: 'mara@paper.example', name: 'Mara' };
      const answer = await api.inviteModerator(site, body, bearer(operatorKey));
      return (answer.status === 201 ? answer.data.signInUrl : null) ?? refuse(answer);
    },
    async createKey(operatorKey, site) {
      const answer = await api.createApiKey(site, { name: 'cms' }, bearer(operatorKey));
      return answer.status === 201 ? answer.data.key : refuse(answer);
    },
    async putArticle(apiKey, site, article) {
      const body = {
        url: 'https://paper.example/ferry',
        headline: 'The ferry sails',
        publishedAt: '2026-11-23T06:40:00Z',
      };
      const answer = await api.putArticle(site, article, body, bearer(apiKey));
      return answer.status === 201 ? answer.data.commenting : refuse(answer);
    },
    async post(guestKey, site, article, text) {
      const answer = await api.postComment(site, article, { body: text, authorName: 'Ada' }, bearer(guestKey));
      return answer.status === 201 || answer.status === 202 ? answer.data : refuse(answer);
    },
    async signIn(site, token) {
      return cookieOf((await api.signIn(site, { token })).headers);
    },
    async approve(cookie, origin, { site, article, id }) {
      const body = { decision: 'approve', expectedStatus: 'pending', revision: 1 } as const;
      const headers = { Cookie: cookie, Origin: origin };
      const answer = await api.decideOne(site, article, id, body, { headers });
      return answer.status === 200 ? answer.data.result.outcome : refuse(answer);
    },
    async read(site, article) {
      const answer = await api.getThread(site, article, { sort: 'top' });
      return answer.status === 200 ? answer.data.comments : refuse(answer);
    },
    async vote(guestKey, { site, article, id }) {
      return (await api.voteComment(site, article, id, { value: 1 }, bearer(guestKey))).status;
    },
    async report(guestKey, { site, article, id }) {
      return (await api.flagComment(site, article, id, { reason: 'off-topic' }, bearer(guestKey))).status;
    },
    async reasonOfRefusal(guestKey, site, article) {
      const answer = await api.postComment(site, article, { body: '', authorName: 'Ada' }, bearer(guestKey));
      return answer.status === 422 ? answer.data.reason : refuse(answer);
    },
  };
}
