import type { Deed } from '../event/event.ts';
import type { Site } from '../site/site.ts';
import type { Article, ArticleFields } from './article.ts';

export interface ArticleStore {
  find(siteId: string, key: string): Promise<{ site: Site | null; article: Article | null }>;
  put(deed: Deed, key: string, fields: ArticleFields): Promise<{ article: Article; created: boolean }>;
  /** null: there is none. */
  update(deed: Deed, key: string, fields: Partial<ArticleFields>): Promise<Article | null>;
}
