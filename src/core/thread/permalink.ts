import type { Article } from '../article/article.ts';
import type { Site } from '../site/site.ts';
import type { ThreadComment } from './thread.ts';

/** One comment in its surroundings. */
export interface Permalink {
  site: Site;
  article: Article;
  /** The comments above it, top-level first. */
  ancestors: ThreadComment[];
  comment: ThreadComment;
  /** The first replies below it. */
  replies: ThreadComment[];
  hasMore: boolean;
  /**
   * The nearest other replies to the same parent, or the nearest other top-level comments, oldest first; `earlier` were
   * posted before it.
   */
  siblings: { earlier: ThreadComment[]; later: ThreadComment[] };
}

/** Some of what stands below a comment, and the version of the article it stands under. */
export interface RepliesPage {
  version: number;
  replies: ThreadComment[];
  hasMore: boolean;
}
