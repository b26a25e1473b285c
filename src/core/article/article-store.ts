import type { Site } from '../site/site.ts';
import type { Article, ArticleFields } from './article.ts';

export interface ArticleStore {
  find(siteId: string, key: string): Promise<{ site: Site | null; article: Article | null }>;
  put(siteId: string, key: string, fields: ArticleFields, now: number): Promise<{ article: Article; created: boolean }>;
  /** null: there is none. */
  update(siteId: string, key: string, fields: Partial<ArticleFields>, now: number): Promise<Article | null>;
}
