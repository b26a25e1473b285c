import type { Article } from '../article/article.ts';
import type { Site } from '../site/site.ts';
import type { Permalink, RepliesPage } from './permalink.ts';
import type { ThreadComment, ThreadPosition, TopLevelComment } from './thread.ts';

export interface ThreadStore {
  findVersion(siteId: string, articleKey: string): Promise<number | null>;
  findPage(page: {
    siteId: string;
    articleKey: string;
    sort: 'newest' | 'oldest' | 'top';
    limit: number;
    repliesEach: number;
    after: ThreadPosition | null;
  }): Promise<{
    site: Site | null;
    article: Article | null;
    comments: TopLevelComment[];
    next: ThreadPosition | null;
  }>;
  /** The newest visible comments under an article, of all depths. */
  findNewest(query: {
    siteId: string;
    articleKey: string;
    limit: number;
  }): Promise<{ article: Article | null; comments: ThreadComment[] }>;
  /** The version of the article that a comment stands under; null when it does not stand in its thread. */
  findVersionAt(address: { siteId: string; articleKey: string; id: string }): Promise<number | null>;
  /**
   * A comment with its surroundings: ancestors from the top, replies in the order of the tree, siblings in order of
   * time; null when it does not stand in a thread.
   */
  findPermalink(query: {
    siteId: string;
    articleKey: string;
    id: string;
    replies: number;
    siblingsEachSide: number;
  }): Promise<Permalink | null>;
  /** The replies below a comment, in the order of the tree; null when it does not stand in a thread itself. */
  findReplies(page: {
    siteId: string;
    articleKey: string;
    id: string;
    afterPath: string | null;
    limit: number;
  }): Promise<RepliesPage | null>;
}
