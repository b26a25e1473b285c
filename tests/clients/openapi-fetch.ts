import createClient from 'openapi-fetch';
import { type Client, cookieOf, must } from './client.ts';
import type { paths } from './generated/openapi-typescript.ts';

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

/** A client of openapi-typescript's types and openapi-fetch. */
export function clientOf(baseUrl: string): Client {
  const api = createClient<paths>({ baseUrl });
  const comment = '/v1/sites/{site}/articles/{article}/comments/{id}';
  return {
    async createSite(operatorKey, site, origin) {
      const body = { id: site, name: 'A paper', origins: [origin] };
      const { response } = await api.POST('/v1/sites', { headers: bearer(operatorKey), body });
      return response.status;
    },
    async invite(operatorKey, site) {
      const { data, error } = await api.POST('/v1/sites/{site}/moderators', {
        headers: bearer(operatorKey),
        params: { path: { site } },
        body: { email: 'mara@paper.example', name: 'Mara' },
      });
      return must(must(data, error).signInUrl ?? undefined, error);
    },
    async createKey(operatorKey, site) {
      const params = { path: { site } };
      const { data, error } = await api.POST('/v1/sites/{site}/keys', {
        headers: bearer(operatorKey),
        params,
        body: { name: 'cms' },
      });
      return must(data, error).key;
    },
    async putArticle(apiKey, site, article) {
      const { data, error } = await api.PUT('/v1/sites/{site}/articles/{article}', {
        headers: bearer(apiKey),
        params: { path: { site, article } },
        body: { url: 'https://paper.example/ferry', headline: 'The ferry sails', publishedAt: '2026-11-23T06:40:00Z' },
      });
      return must(data, error).commenting;
    },
    async post(guestKey, site, article, text) {
      const { data, error } = await api.POST('/v1/sites/{site}/articles/{article}/comments', {
        headers: bearer(guestKey),
        params: { path: { site, article }, header: { 'Idempotency-Key': crypto.randomUUID() } },
        body: { body: text, authorName: 'Ada' },
      });
      return must(data, error);
    },
    async signIn(site, token) {
      const { response } = await api.POST('/v1/sites/{site}/sessions', { params: { path: { site } }, body: { token } });
      return cookieOf(response.headers);
    },
    async approve(cookie, origin, path) {
      const { data, error } = await api.POST(`${comment}/decision`, {
        headers: { Cookie: cookie, Origin: origin },
        params: { path },
        body: { decision: 'approve', expectedStatus: 'pending', revision: 1 },
      });
      return must(data, error).result.outcome;
    },
    async read(site, article) {
      const { data, error } = await api.GET('/v1/sites/{site}/articles/{article}/thread', {
        params: { path: { site, article }, query: { sort: 'top' } },
      });
      return must(data, error).comments;
    },
    async vote(guestKey, path) {
      const { response } = await api.PUT(`${comment}/vote`, {
        headers: bearer(guestKey),
        params: { path },
        body: { value: 1 },
      });
      return response.status;
    },
    async report(guestKey, path) {
      const { response } = await api.POST(`${comment}/flags`, {
        headers: bearer(guestKey),
        params: { path },
        body: { reason: 'off-topic' },
      });
      return response.status;
    },
    async reasonOfRefusal(guestKey, site, article) {
      const { error } = await api.POST('/v1/sites/{site}/articles/{article}/comments', {
        headers: bearer(guestKey),
        params: { path: { site, article } },
        body: { body: '', authorName: 'Ada' },
      });
      return error?.reason ?? 'none';
    },
  };
}
