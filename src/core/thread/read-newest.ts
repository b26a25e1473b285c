import type { Article } from '../article/article.ts';
import type { Context } from '../event/context.ts';
import { readUnderArticle, type UnderArticle } from '../rate-limit/read-under-article.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Unchanged } from './read-thread.ts';
import { type ShownComment, shortened } from './shown-comment.ts';
import type { ThreadStore } from './thread-store.ts';

export interface NewestUnder {
  article: Article;
  comments: ShownComment[];
}

interface NewestAsked {
  articleKey: string;
  limit: number;
  /** The versions that whoever asks has a copy of. */
  held: readonly number[];
}

async function findNewest(
  deps: { threads: ThreadStore },
  { site }: Context,
  { articleKey, limit, held }: NewestAsked,
): Promise<Result<NewestUnder | Unchanged>> {
  if (held.length > 0) {
    const version = await deps.threads.findVersion(site, articleKey);
    if (version !== null && held.includes(version)) return ok({ unchanged: version });
  }
  const { article, comments } = await deps.threads.findNewest({ siteId: site, articleKey, limit });
  return article === null
    ? refuse({ reason: 'not-found', what: 'article' })
    : ok({ article, comments: comments.map(shortened) });
}

/** The newest visible comments under an article, replies among them. One round trip; two where `held` has other versions only. */
export async function readNewestUnder(
  deps: UnderArticle & { threads: ThreadStore },
  context: Context,
  input: NewestAsked,
): Promise<Result<NewestUnder | Unchanged>> {
  return readUnderArticle(deps, context, input.articleKey, () => findNewest(deps, context, input));
}
