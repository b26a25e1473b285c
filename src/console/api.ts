import type * as z from 'zod';
import type {
  BanInput,
  DecisionResult,
  DecisionsView,
  DossierView,
  NewDecision,
  NewDecisions,
  QueueCounts,
  QueueName,
  QueueView,
  VoteRuling,
  VoteRulingView,
} from '../contract/moderation.ts';
import type {
  InvitationView,
  MeView,
  ModeratorView,
  NewModerator,
  SignInLinkRequestView,
} from '../contract/moderator.ts';
import type { ProblemDocument } from '../contract/problem.ts';
import type { SettingsPatch, SiteView } from '../contract/site.ts';
import type { Order } from './address.ts';

/** A refusal. `message` is a sentence for the moderator; `document` is there when the server wrote one. */
export class ProblemError extends Error {
  readonly reason: string;
  readonly document: Partial<ProblemDocument>;

  constructor(reason: string, sentence: string, document: Partial<ProblemDocument> = {}) {
    super(sentence);
    this.reason = reason;
    this.document = document;
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof ProblemError ? error.message : 'Something went wrong in this page. Reload it and try again.';
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of something between here and the server.
    return null;
  }
}

interface Sending {
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Longer than any answer should take; past it a decision is shown as not saved instead of hanging. */
const PATIENCE_MS = 20_000;

/** The one place that talks to the server. */
async function send<T>(method: string, path: string, { body, signal }: Sending = {}): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const init: RequestInit = {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, init);
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ProblemError('unreachable', 'The server cannot be reached. Check your connection and try again.');
  }
  // Some answers have nothing to say: 202 and 204.
  if (response.ok && text === '') return undefined as T;
  const answer = readJson(text);
  if (response.ok && answer !== null) return answer as T;
  const problem = (answer ?? {}) as Partial<ProblemDocument>;
  throw new ProblemError(
    problem.reason ?? 'unknown',
    problem.detail ?? `The server could not answer (${response.status}). Try again in a moment.`,
    { status: response.status, ...problem },
  );
}

export type Invitation = z.infer<typeof InvitationView>;

/** Everything the console asks of one site. `onSignedOut` hears of every 401, wherever it happened. */
export function createApi(site: string, onSignedOut: () => void) {
  const base = `/v1/sites/${encodeURIComponent(site)}`;
  const ask = async <T>(method: string, path: string, sending?: Sending): Promise<T> => {
    try {
      return await send<T>(method, base + path, sending);
    } catch (error) {
      if (error instanceof ProblemError && error.document.status === 401) onSignedOut();
      throw error;
    }
  };
  return {
    me: () => send<MeView>('GET', `${base}/me`),
    requestSignInLink: (email: string) =>
      send<SignInLinkRequestView>('POST', `${base}/sign-in-links`, { body: { email } }),
    signIn: (token: string) => send<MeView>('POST', `${base}/sessions`, { body: { token } }),
    signOut: () => ask<void>('DELETE', '/sessions/current'),

    queue: (query: { list: QueueName; order: Order; limit?: number; cursor?: string }, signal?: AbortSignal) => {
      const search = new URLSearchParams({ list: query.list, order: query.order });
      if (query.limit) search.set('limit', String(query.limit));
      if (query.cursor) search.set('cursor', query.cursor);
      return ask<QueueView>('GET', `/queue?${search}`, { signal });
    },
    decide: (id: string, decision: NewDecision) =>
      ask<{ result: DecisionResult; counts: QueueCounts }>('POST', `/comments/${id}/decision`, { body: decision }),
    decideMany: (decisions: NewDecisions) => ask<DecisionsView>('POST', '/decisions', { body: decisions }),
    undo: (comments: string[]) => ask<DecisionsView>('POST', '/decisions/undo', { body: { comments } }),
    dossier: (id: string, signal?: AbortSignal) => ask<DossierView>('GET', `/comments/${id}/dossier`, { signal }),
    ruleOnVotes: (id: string, ruling: VoteRuling) =>
      ask<VoteRulingView>('POST', `/comments/${id}/vote-ruling`, { body: { ruling } }),
    ban: (readerId: string, ban: BanInput) => ask<void>('PUT', `/readers/${readerId}/ban`, { body: ban }),

    moderators: () => ask<{ moderators: ModeratorView[] }>('GET', '/moderators'),
    invite: (moderator: NewModerator) => ask<Invitation>('POST', '/moderators', { body: moderator }),
    removeModerator: (id: string) => ask<void>('DELETE', `/moderators/${encodeURIComponent(id)}`),
    settings: () => ask<SiteView>('GET', '/settings'),
    saveSettings: (patch: SettingsPatch) => ask<SiteView>('PATCH', '/settings', { body: patch }),
  };
}

export type Api = ReturnType<typeof createApi>;
