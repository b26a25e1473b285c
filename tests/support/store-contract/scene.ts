import { expect } from 'vitest';
import type { ArticleFields } from '../../../src/core/article/article.ts';
import { parseBody } from '../../../src/core/body/parse-body.ts';
import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { CommentToInsert, InsertOutcome } from '../../../src/core/comment/posting.ts';
import type { Deed } from '../../../src/core/event/event.ts';
import type { FlagReason } from '../../../src/core/flag/flag-reason.ts';
import type { Decision } from '../../../src/core/moderation/decision.ts';
import { statusAfter, VERB_OF } from '../../../src/core/moderation/decision.ts';
import type { StatusChange } from '../../../src/core/moderation/status-change.ts';
import type { Attempt } from '../../../src/core/rate-limit/attempt.ts';
import { LIMITS, type Operation } from '../../../src/core/rate-limit/limits.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/site/site.ts';
import type { Stores } from '../../../src/core/stores.ts';
import { createClock, createIds, networkNamed } from '../memory/platform.ts';

export type OpenStores = () => Stores;

export const ADA: Deed['actor'] = { kind: 'moderator', id: 'ada', name: 'Ada' };
export const BEN: Deed['actor'] = { kind: 'moderator', id: 'ben', name: 'Ben' };

/** A version that readers with the one before have not seen. By how much it is higher says nothing. */
export const newerThan = (version: number) =>
  expect.toSatisfy((later: number) => later > version, `newer than ${version}`);

export const FERRY: ArticleFields = {
  url: 'https://news.example/ferry',
  headline: 'The ferry sails again',
  section: 'harbour',
  topics: ['ferries', 'winter'],
  authors: ['Ida Holm'],
  keyPoints: ['It sails.'],
  image: null,
  publishedAt: Date.UTC(2026, 0, 1),
  commenting: 'open',
  moderation: null,
};

let made = 0;

/** Sites have names of their own, because all tests of a file may share one database. */
export function siteName(): string {
  made += 1;
  return `scene-${made}`;
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** A site with one article, and comments put straight into the stores. */
export async function openScene(open: OpenStores) {
  const site = siteName();
  const stores = open();
  const clock = createClock();
  const ids = createIds();
  const deed = (actor = ADA): Deed => ({ site, id: ids.sortable(clock.now()), actor, now: clock.now() });
  const byReader = (id: string): Deed => deed({ kind: 'reader', id, name: null });
  let posts = 0;

  await stores.sites.insert(deed(), { id: site, name: 'News', origins: [], settings: DEFAULT_SETTINGS });
  await stores.articles.put(deed(), 'ferry', FERRY);

  /** A comment by a reader and from a network of its own, unless the fields say otherwise. */
  const draft = (fields: Partial<CommentToInsert> = {}, under: CommentToInsert | null = null): CommentToInsert => {
    posts += 1;
    const id = ids.sortable(clock.now());
    const source = `Comment ${posts}.`;
    return {
      siteId: site,
      id,
      articleKey: 'ferry',
      parentId: under?.id ?? null,
      rootId: under?.rootId ?? id,
      depth: under === null ? 0 : under.depth + 1,
      path: under === null ? '' : under.path + id,
      readerId: `reader-${posts}`,
      authorName: 'Cleo',
      authorEmail: 'cleo@mail.example',
      body: parseBody(source).body,
      source,
      textHash: `hash-${posts}`,
      status: 'published',
      shadowed: false,
      signals: [],
      network: networkNamed(`network-${posts}`, clock.now()),
      isNetworkHeld: false,
      isStranger: true,
      idempotencyKey: null,
      requestHash: null,
      createdAt: clock.now(),
      registerUrl: null,
      ...fields,
    };
  };

  const insert = (
    fields: Partial<CommentToInsert> = {},
    under: CommentToInsert | null = null,
  ): Promise<InsertOutcome> => stores.postings.insert(draft(fields, under));

  /** Posts a comment that has to go in. */
  const post = async (
    fields: Partial<CommentToInsert> = {},
    under: CommentToInsert | null = null,
  ): Promise<CommentToInsert> => {
    const comment = draft(fields, under);
    const { outcome } = await stores.postings.insert(comment);
    if (outcome !== 'inserted') throw new Error(`a comment was ${outcome}`);
    return comment;
  };

  const decide = (
    decision: Decision,
    comments: (Pick<CommentToInsert, 'id' | 'articleKey' | 'status'> & { revision?: number })[],
    { actor = ADA, reason = '' } = {},
  ) => {
    const changes = comments.map(({ id, articleKey, status: from, revision = 1 }): StatusChange => {
      const to = statusAfter(decision, from);
      if (to === null) throw new Error(`no ${decision} of what is ${from}`);
      return { id, articleKey, from, to, revision };
    });
    return stores.moderation.decide(deed(actor), { verb: VERB_OF[decision], reason, changes });
  };

  let tries = 0;
  /** From a network of its own, unless it is named. */
  const attempt = (operation: Operation, network?: string): Attempt => {
    tries += 1;
    const now = clock.now();
    const from = networkNamed(network ?? `a network at its try ${tries}`, now);
    return { siteId: site, operation, network: from, id: ids.sortable(now), now, isStranger: false };
  };

  const voteFrom = (
    network: string | undefined,
    { id: commentId, articleKey }: CommentToInsert,
    readerId: string,
    value: 1 | 0 | -1,
  ) => stores.votes.vote(attempt('vote', network), { articleKey, commentId, readerId, value });

  const crowded = new Set<string>();
  /** The network from which so many have voted on the comment, and taken it back, that the next vote is set aside. */
  const crowdAt = async (comment: CommentToInsert): Promise<string> => {
    const network = `the crowd at ${comment.id}`;
    if (crowded.has(comment.id)) return network;
    crowded.add(comment.id);
    for (let i = 0; i < LIMITS.votesOnOneComment.count; i += 1) {
      for (const value of [1, 0] as const) await voteFrom(network, comment, `in the crowd ${i}`, value);
    }
    return network;
  };
  /** A vote from a network of its own; one that is set aside comes from the crowd's. */
  const vote = async (comment: CommentToInsert, readerId: string, value: 1 | 0 | -1, isSetAside = false) =>
    voteFrom(isSetAside ? await crowdAt(comment) : undefined, comment, readerId, value);

  const flag = (
    { id: commentId, articleKey }: Pick<CommentToInsert, 'id' | 'articleKey'>,
    readerId: string,
    words: { reason?: FlagReason; note?: string } = {},
  ) => stores.flags.flag(attempt('flag'), { articleKey, commentId, readerId, reason: 'spam', note: '', ...words });

  const place = ({ id, articleKey }: CommentToInsert) => ({ siteId: site, articleKey, id });
  const dossierOf = async (comment: CommentToInsert) => {
    const dossier = await stores.moderation.findDossier(place(comment));
    if (dossier === null) throw new Error('a comment has no dossier');
    return dossier;
  };
  const article = async (key = 'ferry') => {
    const found = await stores.articles.find(site, key);
    if (found.article === null) throw new Error('an article is not there');
    return found.article;
  };
  const page = (query: Partial<Parameters<Stores['threads']['findPage']>[0]> = {}) =>
    stores.threads.findPage({
      ...{ siteId: site, articleKey: 'ferry', sort: 'oldest', limit: 10, repliesEach: 5, after: null },
      ...query,
    });
  /** Ids of the thread as it stands, replies after their parents. */
  const shown = async () => {
    const { comments } = await page();
    return comments.flatMap(({ comment, replies }) => [comment.id, ...replies.map(({ id }) => id)]);
  };
  const visibleIds = async () => {
    const { comments } = await page();
    const all = comments.flatMap(({ comment, replies }) => [comment, ...replies]);
    return all.filter(({ status }) => isVisible(status)).map(({ id }) => id);
  };

  return {
    ...{ site, stores, clock, ids, deed, byReader, draft, insert, post, decide, attempt, crowdAt, vote, flag },
    ...{ place, dossierOf, article, page, shown, visibleIds },
  };
}
