import type { Article } from '../article/article.ts';
import type { Site } from '../site/site.ts';
import type { ThreadComment } from '../thread/thread.ts';
import type { ArticleList, ArticleListing, RecentHours } from './article-listing.ts';

export interface FrontPageStore {
  list(listing: ArticleListing): Promise<{ articles: Article[]; next: { value: number; key: string } | null }>;
  /** null: there is no such site. */
  counts(siteId: string, keys: string[]): Promise<Map<string, number> | null>;
  /** Lists articles by visible comments of the last whole hours and the running one, as of the last relisting. */
  findMostCommented(query: {
    siteId: string;
    list: ArticleList;
    hours: RecentHours;
    limit: number;
    now: number;
  }): Promise<{ site: Site | null; articles: Article[] }>;
  findNewestComments(query: { siteId: string; list: ArticleList; limit: number; now: number }): Promise<{
    site: Site | null;
    comments: { comment: ThreadComment; article: Pick<Article, 'key' | 'url' | 'headline'> }[];
  }>;
}
