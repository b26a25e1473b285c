import type { Article } from '../article/article.ts';
import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import { bytesOf, fitting, type ShownComment, shortened, sizeOf } from '../thread/shown-comment.ts';
import type { ArticleList, RecentHours } from './article-listing.ts';
import type { FrontPageStore } from './front-page-store.ts';

/** Reads the most commented articles of the last hours, for a front page. */
export async function readMostCommented(
  deps: { frontPages: FrontPageStore },
  context: Context,
  input: { list: ArticleList; hours: RecentHours; limit: number },
): Promise<Result<{ site: Site; articles: Article[] }>> {
  const found = await deps.frontPages.findMostCommented({
    ...input,
    siteId: context.site,
    now: context.now,
  });
  return found.site === null
    ? refuse({ reason: 'not-found', what: 'site' })
    : ok({ site: found.site, articles: found.articles });
}

export interface RecentComment {
  comment: ShownComment;
  article: Pick<Article, 'key' | 'url' | 'headline'>;
}

/** Reads the latest comments of the site, or of one of its lists, for a front page. */
export async function readNewestComments(
  deps: { frontPages: FrontPageStore },
  context: Context,
  input: { list: ArticleList; limit: number },
): Promise<Result<{ site: Site; comments: RecentComment[] }>> {
  const query = { ...input, siteId: context.site, now: context.now };
  const { site, comments } = await deps.frontPages.findNewestComments(query);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const shown = comments.map(({ comment, article }) => ({ comment: shortened(comment), article }));
  return ok({ site, comments: fitting(shown, ({ comment, article }) => sizeOf(comment) + bytesOf(article)) });
}
