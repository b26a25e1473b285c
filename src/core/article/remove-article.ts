import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { SiteStore } from '../site/site-store.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';

interface Deps {
  ids: Ids;
  articles: ArticleStore;
  sites: SiteStore;
}

/** Takes an article and its comments from readers, for good. */
export async function removeArticle(
  deps: Deps,
  context: Context,
  input: { key: string },
): Promise<Result<{ article: Article }>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const article = await deps.articles.remove(deedOf(context, deps.ids), input.key);
  return article === null ? refuse({ reason: 'not-found', what: 'article' }) : ok({ article });
}
