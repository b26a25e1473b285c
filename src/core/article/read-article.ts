import type { Context } from '../event/context.ts';
import { readUnderArticle, type UnderArticle } from '../rate-limit/read-under-article.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';

export async function readArticle(
  deps: UnderArticle & { articles: ArticleStore },
  context: Context,
  { key }: { key: string },
): Promise<Result<{ site: Site; article: Article }>> {
  return readUnderArticle(deps, context, key, async () => {
    const { site, article } = await deps.articles.find(context.site, key);
    if (site === null) return refuse({ reason: 'not-found', what: 'site' });
    return article === null ? refuse({ reason: 'not-found', what: 'article' }) : ok({ site, article });
  });
}
