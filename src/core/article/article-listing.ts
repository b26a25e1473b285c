/** One page of one list of articles: the site's own, a section's, a topic's or an author's. */
export interface ArticleListing {
  siteId: string;
  kind: 'site' | 'section' | 'topic' | 'author';
  label: string;
  sort: 'newest' | 'most-commented';
  limit: number;
  after: { value: number; key: string } | null;
}
