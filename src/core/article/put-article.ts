import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import { cleanLine } from '../text/clean.ts';
import type { Article, ArticleDescription, ArticleFields } from './article.ts';
import type { ArticleStore, WriteWhere } from './article-store.ts';

interface Deps {
  ids: Ids;
  articles: ArticleStore;
  sites: SiteStore;
}

/** The same topic twice is one topic. */
const cleanLines = (lines: string[]): string[] => [...new Set(lines.map(cleanLine).filter((line) => line !== ''))];

/** Every text of a publisher is shown somewhere, so every one is cleaned; what was not sent stays out. */
const cleanFields = <Fields extends Partial<ArticleFields>>(fields: Fields): Fields => ({
  ...fields,
  ...(fields.headline != null && { headline: cleanLine(fields.headline) }),
  ...(fields.section != null && { section: cleanLine(fields.section) }),
  ...(fields.topics && { topics: cleanLines(fields.topics) }),
  ...(fields.authors && { authors: cleanLines(fields.authors) }),
  ...(fields.keyPoints && { keyPoints: cleanLines(fields.keyPoints) }),
});

export async function putArticle(
  deps: Deps,
  context: Context,
  input: { key: string; fields: ArticleDescription; where?: WriteWhere },
): Promise<Result<{ site: Site; article: Article; created: boolean }>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const fields = cleanFields(input.fields);
  const put = await deps.articles.put(deedOf(context, deps.ids), input.key, fields, input.where);
  if (put.isWritten) return ok({ site, article: put.article, created: put.created });
  return 'isThere' in put
    ? refuse({ reason: 'precondition-failed', isThere: put.isThere })
    : refuse({ reason: 'being-removed', what: 'article' });
}

export async function updateArticle(
  deps: Deps,
  context: Context,
  input: { key: string; fields: Partial<ArticleFields> },
): Promise<Result<{ site: Site; article: Article }>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const article = await deps.articles.update(deedOf(context, deps.ids), input.key, cleanFields(input.fields));
  return article === null ? refuse({ reason: 'not-found', what: 'article' }) : ok({ site, article });
}
