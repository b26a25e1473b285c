import type { ModerationMode, Site } from '../site/site.ts';

/** schema.org NewsArticle, as far as a thread needs it. Times are epoch milliseconds. */
export interface Article {
  siteId: string;
  /** The first one: what its comments carry, and what everything inside calls it by. */
  key: string;
  /** The one by which the publisher calls it now. */
  publicKey: string;
  url: string;
  /** null: registered by a first comment, and the publisher has not described it yet. */
  headline: string | null;
  section: string | null;
  topics: string[];
  authors: string[];
  keyPoints: string[];
  image: string | null;
  publishedAt: number;
  commenting: 'open' | 'closed';
  /** null: the site's mode. */
  moderation: ModerationMode | null;
  commentCount: number;
  /** Grows with every change that a reader of the thread can see. */
  version: number;
  createdAt: number;
  updatedAt: number;
}

/** The rules under an article that nobody has registered, where its first comment may do that. */
export const UNREGISTERED = { commenting: 'open', moderation: null } as const;

export function moderationInForce(article: Pick<Article, 'moderation'>, site: Pick<Site, 'settings'>): ModerationMode {
  return article.moderation ?? site.settings.moderation;
}

export type ArticleFields = Pick<
  Article,
  | 'url'
  | 'headline'
  | 'section'
  | 'topics'
  | 'authors'
  | 'keyPoints'
  | 'image'
  | 'publishedAt'
  | 'commenting'
  | 'moderation'
>;

/** An article as a publisher puts it. Left out, commenting and mode stay; a new one is open, in its site’s mode. */
export type ArticleDescription = Omit<ArticleFields, 'commenting' | 'moderation'> &
  Partial<Pick<ArticleFields, 'commenting' | 'moderation'>>;
