import type { Deed } from '../event/event.ts';
import type { Site } from '../site/site.ts';
import type { Article, ArticleDescription, ArticleFields } from './article.ts';

/** The state in which an article may be written: any, only where there is none, only one that is there, or as it was. */
export type WriteWhere = 'any' | 'absent' | 'present' | { versions: number[] };

/**
 * `isWritten` false: the article is in another state, and stays as it is; or the last one of this key has been removed,
 * and its rows are still being deleted.
 */
export type Put =
  | { isWritten: true; article: Article; created: boolean }
  | { isWritten: false; isThere: boolean }
  | { isWritten: false; isBeingRemoved: true };

export interface ArticleStore {
  find(siteId: string, key: string): Promise<{ site: Site | null; article: Article | null }>;
  put(deed: Deed, key: string, description: ArticleDescription, where?: WriteWhere): Promise<Put>;
  /** Answers the article, with its other key where that one was free. null: there is none. */
  rekey(deed: Deed, key: string, to: string): Promise<Article | null>;
  /** Answers what was removed. null: there is none. */
  remove(deed: Deed, key: string): Promise<Article | null>;
  /** null: there is none. */
  update(deed: Deed, key: string, fields: Partial<ArticleFields>): Promise<Article | null>;
}
