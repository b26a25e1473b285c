import type { Article } from '../article/article.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { ThreadPosition, TopLevelComment } from './thread.ts';
import type { ThreadStore } from './thread-store.ts';

/** Enough of each conversation to know whether it is worth unfolding. */
export const REPLIES_SHOWN = 5;

export interface ThreadPage {
  site: Site;
  /** null: nobody has registered it, and its first comment will. */
  article: Article | null;
  comments: TopLevelComment[];
  next: ThreadPosition | null;
}

/** One page of top-level comments with the first replies below each. One round trip. */
export async function readThread(
  deps: { threads: ThreadStore },
  input: {
    siteId: string;
    articleKey: string;
    sort: 'newest' | 'oldest' | 'top';
    limit: number;
    after: ThreadPosition | null;
  },
): Promise<Result<ThreadPage>> {
  const { site, article, comments, next } = await deps.threads.findPage({ ...input, repliesEach: REPLIES_SHOWN });
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  if (article === null && site.settings.unknownArticles === 'refuse') {
    return refuse({ reason: 'article-unknown', registrable: false });
  }
  return ok({ site, article, comments, next });
}
