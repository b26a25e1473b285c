import * as addresses from '../contract/addresses.ts';
import { type AnswerAt, type Request, requestTo, type Sending } from '../contract/client.ts';
import { faultInWords } from '../contract/field-words.ts';
import type { BanInput, NewDecision, NewDecisions, QueueItem, QueueName, VoteRuling } from '../contract/moderation.ts';
import type { NewModerator, Role } from '../contract/moderator.ts';
import type { ProblemDocument } from '../contract/problem.ts';
import type { Address } from '../contract/routes.ts';
import type { NewWordsTest, SettingsPatch } from '../contract/site.ts';
import type { Order } from './address.ts';

/** A refusal. `message` is a sentence for the moderator; `document` is the server's, if it sent one. */
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
    // The answer is a page of something between here and the server.
    return null;
  }
}

/** No answer should take this long; past it a decision is shown as not saved instead of hanging. */
const PATIENCE_MS = 20_000;

/** The one place that talks to the server. */
async function send<T>(
  { method, path, body }: Request,
  signal?: AbortSignal,
  more: Record<string, string> = {},
): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const init: RequestInit = {
    method,
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...more },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    body: JSON.stringify(body),
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
  // Some answers have no body: 202 and 204.
  if (response.ok && text === '') return undefined as T;
  const answer = readJson(text);
  if (response.ok && answer !== null) return answer as T;
  const problem = (answer ?? {}) as Partial<ProblemDocument>;
  throw new ProblemError(
    problem.reason ?? 'unknown',
    problem.errors?.map((fault) => faultInWords(fault)).join(' ') ??
      problem.detail ??
      `The server could not answer (${response.status}). Try again in a moment.`,
    { status: response.status, ...problem },
  );
}

export type Invitation = AnswerAt<typeof addresses.inviteModerator>;

/** A comment's place: its own id and its article's key. */
export function placeOf({ id, article }: Pick<QueueItem, 'id' | 'article'>) {
  return { article: article.key, id };
}

export type Place = ReturnType<typeof placeOf>;

/** Everything the console asks of one site. `onSignedOut` hears of every 401, wherever it happened. */
export function createApi(site: string, onSignedOut: () => void) {
  const askAtDoor = <At extends Address>(at: At, sending: Sending<At, 'site'>, signal?: AbortSignal) =>
    send<AnswerAt<At>>(requestTo(at, { site, ...sending } as Sending<At>), signal);
  const ask: typeof askAtDoor = async (at, sending, signal) => {
    try {
      return await askAtDoor(at, sending, signal);
    } catch (error) {
      if (error instanceof ProblemError && error.document.status === 401) onSignedOut();
      throw error;
    }
  };
  return {
    me: () => askAtDoor(addresses.getMe, {}),
    requestSignInLink: (email: string) => askAtDoor(addresses.requestSignInLink, { body: { email } }),
    /** @param key sent again with each try for one link: an answer that was lost has spent it */
    signIn: (token: string, key: string) => {
      const request = requestTo(addresses.signIn, { site, body: { token } });
      return send<AnswerAt<typeof addresses.signIn>>(request, undefined, { 'idempotency-key': key });
    },
    signOut: () => ask(addresses.signOut, {}),

    queue: (query: { list: QueueName; order: Order; limit?: number; cursor?: string }, signal?: AbortSignal) =>
      ask(addresses.readQueue, { query }, signal),
    decide: (place: Place, body: NewDecision) => ask(addresses.decideOne, { ...place, body }),
    decideMany: (body: NewDecisions) => ask(addresses.decide, { body }),
    undo: (comments: Place[]) => ask(addresses.undo, { body: { comments } }),
    dossier: (place: Place, signal?: AbortSignal) => ask(addresses.readDossier, place, signal),
    ruleOnVotes: (place: Place, ruling: VoteRuling) => ask(addresses.ruleOnVotes, { ...place, body: { ruling } }),
    ban: (id: string, body: BanInput) => ask(addresses.banReader, { id, body }),

    moderators: () => ask(addresses.listModerators, {}),
    invite: (body: NewModerator) => ask(addresses.inviteModerator, { body }),
    changeRole: (id: string, role: Role) => ask(addresses.changeRole, { id, body: { role } }),
    removeModerator: (id: string) => ask(addresses.removeModerator, { id }),
    settings: () => ask(addresses.getSettings, {}),
    testWords: (body: NewWordsTest) => ask(addresses.testWords, { body }),
    saveSettings: (body: SettingsPatch) => ask(addresses.changeSettings, { body }),
  };
}

export type Api = ReturnType<typeof createApi>;
