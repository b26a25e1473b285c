import type { Article } from '../article/article.ts';
import type { ArticleStore } from '../article/article-store.ts';
import { readArticle } from '../article/read-article.ts';
import type { Context } from '../event/context.ts';
import { admitBurst } from '../rate-limit/admit.ts';
import type { UnderArticle } from '../rate-limit/read-under-article.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import { readPermalink } from '../thread/read-replies.ts';
import type { ShownComment } from '../thread/shown-comment.ts';
import type { ThreadStore } from '../thread/thread-store.ts';
import { MAX_DEPTH } from './comment.ts';
import { isVisible } from './comment-status.ts';

/** The place that a form writes to. */
export interface FormPlace {
  site: Site;
  article: Article;
  /** The comment that is answered. */
  parent: ShownComment | null;
}

type Deps = UnderArticle & { articles: ArticleStore; threads: ThreadStore };

const findParent = async (
  deps: Deps,
  context: Context,
  articleKey: string,
  commentId: string,
): Promise<Result<FormPlace>> => {
  const found = await readPermalink(deps, context, { articleKey, commentId, held: [] });
  if (!found.ok) return found;
  // Nothing is held, so nothing is unchanged.
  if ('unchanged' in found.value) return refuse({ reason: 'not-found', what: 'comment' });
  const { site, article, comment: parent } = found.value;
  if (!isVisible(parent.status)) return refuse({ reason: 'parent-gone' });
  if (parent.depth >= MAX_DEPTH) return refuse({ reason: 'thread-too-deep', maxDepth: MAX_DEPTH });
  return ok({ site, article, parent });
};

/**
 * The words that a form without script shows above its fields, or the reason why there is none. One round trip. It is
 * made for each reader anew, so a network gets as many as it gets previews.
 */
export async function readFormPlace(
  deps: Deps,
  context: Context,
  { articleKey, parentId }: { articleKey: string; parentId: string | null },
): Promise<Result<FormPlace>> {
  const admitted = await admitBurst(deps, context, 'preview');
  if (!admitted.ok) return admitted;
  const found = await (parentId === null
    ? readArticle(deps, context, { key: articleKey })
    : findParent(deps, context, articleKey, parentId));
  if (!found.ok) return found;
  if (found.value.article.commenting === 'closed') return refuse({ reason: 'commenting-closed' });
  return ok({ parent: null, ...found.value });
}
