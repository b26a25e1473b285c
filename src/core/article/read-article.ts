import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';

export async function readArticle(
  deps: { articles: ArticleStore },
  context: Context,
  input: { key: string },
): Promise<Result<{ site: Site; article: Article }>> {
  const { site, article } = await deps.articles.find(context.site, input.key);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  return article === null ? refuse({ reason: 'not-found', what: 'article' }) : ok({ site, article });
}
