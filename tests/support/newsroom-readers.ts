import type * as z from 'zod/mini';
import type { ArticleListView, ArticleView, CountsView } from '../../src/contract/article.ts';
import type { FLAG_REASONS, MineView, OwnCommentView, PreviewView, VoteView } from '../../src/contract/comment.ts';
import type { MeView, SignInLinkRequestView } from '../../src/contract/moderator.ts';
import type { NewestCommentsView, PermalinkView, RepliesView, ThreadView } from '../../src/contract/thread.ts';
import type { Addresses, CommentRef } from './newsroom-addresses.ts';
import { type HeaderFields, type Send, withQuery } from './newsroom-answer.ts';

/** A guest key as a browser makes it. */
export function guestKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export interface PostOptions {
  article?: string;
  parentId?: string;
  name?: string;
  email?: string;
  /** The Idempotency-Key. */
  key?: string;
  pageUrl?: string;
}

export interface ReaderDeps {
  send: Send;
  at: Addresses;
  clock: { tick: (seconds: number) => number };
  readerIdOf: (key: string) => Promise<string>;
}

let spoken = 0;

/** The verbs of a reader with a guest key of their own. */
export function readerWith(deps: ReaderDeps, key = guestKey(), more: HeaderFields = {}) {
  const { send, at, clock } = deps;
  const headers: HeaderFields = { Authorization: `Bearer ${key}`, ...more };

  const post = (text: string, options: PostOptions = {}) =>
    send<OwnCommentView>('POST', at.comments(options.article), {
      headers: { ...headers, ...(options.key !== undefined && { 'Idempotency-Key': options.key }) },
      body: {
        body: text,
        authorName: options.name ?? 'Ada',
        ...(options.parentId !== undefined && { parentId: options.parentId }),
        ...(options.email !== undefined && { authorEmail: options.email }),
        ...(options.pageUrl !== undefined && { pageUrl: options.pageUrl }),
      },
    });

  return {
    key,
    headers,
    id: () => deps.readerIdOf(key),
    /** The same reader with other headers beside the key, such as those of another network. */
    with: (others: HeaderFields) => readerWith(deps, key, { ...more, ...others }),
    at: (network: string) => readerWith(deps, key, { ...more, 'CF-Connecting-IP': network }),
    post,
    /** Posts a comment that must be accepted, after a pause that keeps every limit and tells the times apart. */
    say: async (text?: string, options: PostOptions = {}) => {
      spoken += 1;
      clock.tick(4);
      const { status, body } = await post(text ?? `Sentence number ${spoken}.`, options);
      if (status > 202) throw new Error(JSON.stringify(body));
      return { ...body, article: options.article ?? 'ferry' };
    },
    edit: (comment: CommentRef, body: string) =>
      send<OwnCommentView>('PATCH', at.comment(comment), { headers, body: { body } }),
    erase: (comment: CommentRef) => send('DELETE', at.comment(comment), { headers }),
    /** Votes follow one another: within one millisecond nobody is first. */
    vote: (comment: CommentRef, value: 1 | 0 | -1) => {
      clock.tick(0.001);
      return send<VoteView>('PUT', at.vote(comment), { headers, body: { value } });
    },
    flag: (comment: CommentRef, reason: (typeof FLAG_REASONS)[number] = 'offensive', note = '') =>
      send('POST', at.flags(comment), { headers, body: { reason, note } }),
    mine: (article = 'ferry') => send<MineView>('GET', at.mine(article), { headers }),
  };
}
export type Reader = ReturnType<typeof readerWith>;

/** The verbs of everybody. A query is written as in an address, without its question mark. */
export function publicWith(send: Send, at: Addresses, headers: HeaderFields = {}) {
  const get = <View>(path: string, query = '') => send<View>('GET', withQuery(path, query), { headers });
  return {
    with: (others: HeaderFields) => publicWith(send, at, { ...headers, ...others }),
    thread: (query = '', article = 'ferry') => get<ThreadView>(at.thread(article), query),
    replies: (comment: CommentRef, query = '') => get<RepliesView>(at.replies(comment), query),
    permalink: (comment: CommentRef) => get<PermalinkView>(at.comment(comment)),
    threadHtml: (query = '', article = 'ferry') => get<string>(at.threadHtml(article), query),
    commentsPage: (query = '', article = 'ferry') => get<string>(at.commentsPage(article), query),
    conversationPage: (comment: CommentRef, query = '') => get<string>(at.conversationPage(comment), query),
    form: (query = '', article = 'ferry') => get<string>(at.write(article), query),
    /** The fields that a browser sends of a form: the fields of people, and the hidden ones as the form has them. */
    submit: (form: object, article = 'ferry') => send<string>('POST', at.write(article), { headers, form }),
    article: (key = 'ferry') => get<ArticleView>(at.article(key)),
    articles: (query = '') => get<ArticleListView>(at.articles, query),
    counts: (keys: string[]) =>
      get<CountsView>(at.counts, keys.map((key) => `key=${encodeURIComponent(key)}`).join('&')),
    mostCommented: (query = '') => get<ArticleListView>(at.mostCommented, query),
    newestComments: (query = '') => get<NewestCommentsView>(at.newestComments, query),
    preview: (body: string) => send<PreviewView>('POST', at.preview, { headers, body: { body } }),
    askForLink: (email: string) =>
      send<z.infer<typeof SignInLinkRequestView>>('POST', at.signInLinks, { headers, body: { email } }),
    redeem: (token: string) => send<MeView>('POST', at.sessions, { headers, body: { token } }),
  };
}
