import type * as z from 'zod/mini';
import type { ArticleView } from '../../src/contract/article.ts';
import type { HealthCheckView } from '../../src/contract/health.ts';
import type { EventView, LogView, VerificationView } from '../../src/contract/log.ts';
import type {
  BanInput,
  CommentStatus,
  DecisionKind,
  DecisionResult,
  DecisionsView,
  DossierView,
  QueueCounts,
  QueueName,
  QueueView,
  VoteRuling,
  VoteRulingView,
} from '../../src/contract/moderation.ts';
import type {
  InvitationView,
  MeView,
  ModeratorList,
  ModeratorView,
  SignInLinkView,
} from '../../src/contract/moderator.ts';
import type {
  ApiKeyList,
  ApiKeyView,
  ForgottenAddressView,
  SiteListView,
  SiteView,
  WordsTestView,
} from '../../src/contract/site.ts';
import { type Addresses, type CommentRef, named } from './newsroom-addresses.ts';
import { type HeaderFields, type Send, withQuery } from './newsroom-answer.ts';

/** A comment as the moderator saw it, which a decision names. */
export interface Seen {
  comment: CommentRef;
  expectedStatus?: CommentStatus;
  revision?: number;
}

/**
 * The verbs of moderators, admins, publishers and the operator. All of them have the same, so that a test can let
 * anybody try anything.
 * @param credential called each time, because a session begins with the first thing that is done in it
 */
export function staffWith(send: Send, at: Addresses, credential: () => Promise<HeaderFields>) {
  const as = async <View>(method: string, path: string, body?: unknown) =>
    send<View>(method, path, { headers: await credential(), ...(body !== undefined && { body }) });

  return {
    headers: credential,

    queue: (list: QueueName = 'pending', query = '') =>
      as<QueueView>('GET', withQuery(at.queue, query === '' ? `list=${list}` : `list=${list}&${query}`)),
    dossier: (comment: CommentRef) => as<DossierView>('GET', at.dossier(comment)),
    decide: (
      comment: CommentRef,
      decision: DecisionKind,
      expectedStatus: CommentStatus = 'pending',
      more: { revision?: number; reason?: string } = {},
    ) =>
      as<{ result: DecisionResult; counts: QueueCounts }>('POST', at.decision(comment), {
        decision,
        expectedStatus,
        revision: 1,
        ...more,
      }),
    decideMany: (decision: DecisionKind, seen: Seen[], reason?: string) =>
      as<DecisionsView>('POST', at.decisions, {
        decision,
        ...(reason !== undefined && { reason }),
        comments: seen.map(({ comment, expectedStatus = 'pending', revision = 1 }) => ({
          ...named(comment),
          expectedStatus,
          revision,
        })),
      }),
    undo: (comments: CommentRef[]) => as<DecisionsView>('POST', at.undo, { comments: comments.map(named) }),
    ruleOnVotes: (comment: CommentRef, ruling: VoteRuling) =>
      as<VoteRulingView>('POST', at.voteRuling(comment), { ruling }),
    ban: (readerId: string, ban: BanInput['ban'], days: number | null = null, holdNetworkHours?: number) =>
      as('PUT', at.ban(readerId), { ban, days, ...(holdNetworkHours !== undefined && { holdNetworkHours }) }),

    putArticle: (key = 'ferry', fields: Record<string, unknown> = {}) =>
      as<ArticleView>('PUT', at.article(key), {
        url: `https://news.example/${key}`,
        headline: `About ${key}`,
        publishedAt: '2026-11-01T10:00:00Z',
        ...fields,
      }),
    patchArticle: (key: string, fields: Record<string, unknown>) => as<ArticleView>('PATCH', at.article(key), fields),

    rekeyArticle: (key: string, to: string) => as<ArticleView>('PUT', at.articleKey(key), { key: to }),
    removeArticle: (key = 'ferry') => as('DELETE', at.article(key)),

    settings: () => as<SiteView>('GET', at.settings),
    testWords: (body: Record<string, unknown>) => as<WordsTestView>('POST', at.wordsTest, body),
    changeSettings: (changes: Record<string, unknown>) => as<SiteView>('PATCH', at.settings, changes),
    checkHealth: () => as<HealthCheckView>('POST', at.healthChecks),
    createSite: (fields: Record<string, unknown>) => as<SiteView>('POST', at.sites, fields),

    sites: (query = '') => as<SiteListView>('GET', withQuery(at.sites, query)),
    removeSite: () => as('DELETE', at.base),

    forgetAddress: (email: string, after: string | null = null) =>
      as<z.infer<typeof ForgottenAddressView>>('POST', at.forgottenAddresses, { email, after }),

    team: () => as<z.infer<typeof ModeratorList>>('GET', at.team),
    invite: (fields: Record<string, unknown>) => as<z.infer<typeof InvitationView>>('POST', at.team, fields),
    changeRole: (id: string, role: string) => as<ModeratorView>('PATCH', at.member(id), { role }),
    removeMember: (id: string) => as('DELETE', at.member(id)),
    createSignInLink: (email: string) => as<z.infer<typeof SignInLinkView>>('POST', at.operatorSignInLinks, { email }),
    me: () => as<MeView>('GET', at.me),
    signOut: () => as('DELETE', at.ownSession),

    log: (query = '') => as<LogView>('GET', withQuery(at.log, query)),
    /** The whole log, from page to page. */
    wholeLog: async (query = ''): Promise<EventView[]> => {
      const events: EventView[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: string = cursor === '' ? query : `${query}&cursor=${cursor}`;
        const { body } = await as<LogView>('GET', withQuery(at.log, page));
        events.push(...body.events);
        cursor = body.next;
      }
      return events;
    },
    verify: (after: string | null = null) =>
      as<VerificationView>('GET', withQuery(at.verification, after === null ? '' : `after=${after}`)),

    keys: () => as<ApiKeyList>('GET', at.keys),
    createKey: (name: string) => as<z.infer<typeof ApiKeyView>>('POST', at.keys, { name }),
    revokeKey: (id: string) => as('DELETE', at.key(id)),
  };
}
export type Staff = ReturnType<typeof staffWith>;

/** The token of a sign-in link. */
export function tokenOf(signInUrl: string | null): string {
  if (signInUrl === null) throw new Error('the link was mailed');
  return new URL(signInUrl).hash.replace('#token=', '');
}
