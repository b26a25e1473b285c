import { type Client, cookieOf, must } from './client.ts';
import { createClient } from './generated/hey-api/client';
import * as api from './generated/hey-api/sdk.gen';
import type { ProblemReason } from './generated/hey-api/types.gen';

/** A client of the functions that @hey-api/openapi-ts makes. */
export function clientOf(baseUrl: string): Client {
  const client = createClient({ baseUrl });
  const bearer = (key: string) => ({
    client,
    auth: ({ scheme }: { scheme?: string }) => (scheme === 'bearer' ? key : undefined),
  });
  const session = (cookie: string) => ({
    client,
    auth: ({ name }: { name?: string }) => (name === 'Cookie' ? cookie : undefined),
  });
  return {
    async createSite(operatorKey, site, origin) {
      const body = { id: site, name: 'A paper', origins: [origin] };
      return (await api.createSite({ ...bearer(operatorKey), body })).response?.status ?? 0;
    },
    async invite(operatorKey, site) {
      const body = { email: 'mara@paper.example', name: 'Mara' };
      const { data, error } = await api.inviteModerator({ ...bearer(operatorKey), path: { site }, body });
      return must(must(data, error).signInUrl ?? undefined, error);
    },
    async createKey(operatorKey, site) {
      const { data, error } = await api.createApiKey({ ...bearer(operatorKey), path: { site }, body: { name: 'cms' } });
      return must(data, error).key;
    },
    async putArticle(apiKey, site, article) {
      const { data, error } = await api.putArticle({
        ...bearer(apiKey),
        path: { site, article },
        body: { url: 'https://paper.example/ferry', headline: 'The ferry sails', publishedAt: '2026-11-23T06:40:00Z' },
      });
      return must(data, error).commenting;
    },
    async post(guestKey, site, article, text) {
      const { data, error } = await api.postComment({
        ...bearer(guestKey),
        path: { site, article },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        body: { body: text, authorName: 'Ada' },
      });
      return must(data, error);
    },
    async signIn(site, token) {
      const { response, error } = await api.signIn({ client, path: { site }, body: { token } });
      return cookieOf(must(response, error).headers);
    },
    async approve(cookie, origin, path) {
      const { data, error } = await api.decideOne({
        ...session(cookie),
        headers: { Origin: origin },
        path,
        body: { decision: 'approve', expectedStatus: 'pending', revision: 1 },
      });
      return must(data, error).result.outcome;
    },
    async read(site, article) {
      const { data, error } = await api.getThread({ client, path: { site, article }, query: { sort: 'top' } });
      return must(data, error).comments;
    },
    async vote(guestKey, path) {
      return (await api.voteComment({ ...bearer(guestKey), path, body: { value: 1 } })).response?.status ?? 0;
    },
    async report(guestKey, path) {
      const body = { reason: 'off-topic' } as const;
      return (await api.flagComment({ ...bearer(guestKey), path, body })).response?.status ?? 0;
    },
    async reasonOfRefusal(guestKey, site, article) {
      const body = { body: '', authorName: 'Ada' };
      const { error } = await api.postComment({ ...bearer(guestKey), path: { site, article }, body });
      const reason: ProblemReason | undefined = error?.reason;
      return reason ?? 'none';
    },
  };
}
