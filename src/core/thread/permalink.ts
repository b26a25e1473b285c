import type { Article } from '../article/article.ts';
import type { Site } from '../site/site.ts';
import type { ThreadComment } from './thread.ts';

/** One comment in its surroundings. */
export interface Permalink<Of extends ThreadComment = ThreadComment> {
  site: Site;
  article: Article;
  /** The comments above it, top-level first. */
  ancestors: Of[];
  comment: Of;
  /** The first replies below it. */
  replies: Of[];
  hasMore: boolean;
  /**
   * The nearest other replies to the same parent, or the nearest other top-level comments, oldest first; `earlier` were
   * posted before it.
   */
  siblings: { earlier: Of[]; later: Of[] };
}

/** Some of what stands below a comment; the first key and the version of the article that it stands under. */
export interface RepliesPage<Of extends ThreadComment = ThreadComment> {
  articleKey: string;
  version: number;
  replies: Of[];
  hasMore: boolean;
}
