import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';

interface Deps {
  ids: Ids;
  articles: ArticleStore;
  sites: SiteStore;
}

/** Gives an article another key. Nothing of it moves, and every key that it ever had leads to it. */
export async function rekeyArticle(
  deps: Deps,
  context: Context,
  input: { key: string; to: string },
): Promise<Result<{ site: Site; article: Article }>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const article = await deps.articles.rekey(deedOf(context, deps.ids), input.key, input.to);
  if (article === null) return refuse({ reason: 'not-found', what: 'article' });
  return article.publicKey === input.to ? ok({ site, article }) : refuse({ reason: 'already-exists', what: 'article' });
}
