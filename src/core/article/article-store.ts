import type { Deed } from '../event/event.ts';
import type { Site } from '../site/site.ts';
import type { Article, ArticleDescription, ArticleFields } from './article.ts';

/** The state in which an article may be written: any, only where there is none, only one that is there, or as it was. */
export type WriteWhere = 'any' | 'absent' | 'present' | { versions: number[] };

/** `isWritten` false: the article is in another state, and stays as it is. */
export type Put = { isWritten: true; article: Article; created: boolean } | { isWritten: false; isThere: boolean };

export interface ArticleStore {
  find(siteId: string, key: string): Promise<{ site: Site | null; article: Article | null }>;
  put(deed: Deed, key: string, description: ArticleDescription, where?: WriteWhere): Promise<Put>;
  /** null: there is none. */
  update(deed: Deed, key: string, fields: Partial<ArticleFields>): Promise<Article | null>;
}
