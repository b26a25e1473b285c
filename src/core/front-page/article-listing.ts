/** The hours that "most commented" looks back: one ranking is kept for each. */
export const RECENT_HOURS = [1, 6, 24, 72, 168] as const;
export type RecentHours = (typeof RECENT_HOURS)[number];

/** One page of one list of articles: the site's own, a section's, a topic's or an author's. */
export interface ArticleListing {
  siteId: string;
  kind: 'site' | 'section' | 'topic' | 'author';
  /** As it was cleaned when its articles were put. */
  label: string;
  sort: 'newest' | 'most-commented';
  /** An article that is published later is not listed yet. Epoch milliseconds. */
  now: number;
  limit: number;
  after: { value: number; key: string } | null;
}

/** The list alone. */
export type ArticleList = Pick<ArticleListing, 'kind' | 'label'>;
