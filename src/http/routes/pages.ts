import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import type { ThreadView } from '../../contract/thread.ts';
import type { ThreadPage } from '../../core/thread/read-thread.ts';
import { publicHtml, versionTag } from '../cache/cache.ts';
import type { AppEnv, Deps } from '../dependencies.ts';
import { serve } from '../gate/serve.ts';
import { commentsPage, conversationPage } from '../pages/comments-page.ts';
import { baseOf, linksOf, nested } from '../pages/links.ts';
import { type ThreadPart, threadHtml } from '../pages/thread-html.ts';
import { answerPermalink, answerReplies, answerThread } from './thread-answers.ts';

/** A length that is not the one by default, as the addresses of the next pages have it. */
const ownLimit = (limit: number): number | null => (limit === 20 ? null : limit);

const partOf = (deps: Deps, view: ThreadView, { site, article }: ThreadPage, limit: number): ThreadPart => ({
  view,
  article,
  siteName: site.name,
  links: linksOf(baseOf(deps.publicUrl, site.id, view.article.key), view.article.url),
  version: article === null ? '' : versionTag(article.version),
  limit: ownLimit(limit),
});

export function servePages(app: Hono<AppEnv>): void {
  serve(app, routes.getThreadHtml, (served) =>
    answerThread(served, (c, tag, view, isOfNothing, page) =>
      publicHtml(c, tag, threadHtml(partOf(served.deps, view, page, served.query.limit)), isOfNothing),
    ),
  );

  serve(app, routes.getCommentsPage, (served) =>
    answerThread(served, (c, tag, view, isOfNothing, page) =>
      publicHtml(c, tag, commentsPage(partOf(served.deps, view, page, served.query.limit)), isOfNothing),
    ),
  );

  serve(app, routes.getConversationPage, (served) => {
    const { deps, context, params, query } = served;
    const { id } = params;
    if (query.cursor === undefined)
      return answerPermalink(served, (c, tag, view, isOfNothing, { site }) => {
        const { ancestors, comment, replies, moreReplies, article } = view;
        const links = linksOf(baseOf(deps.publicUrl, context.site, article.key), article.url);
        const trees = nested([...ancestors, comment, ...replies]);
        const page = {
          siteName: site.name,
          headline: article.headline,
          links,
          id,
          trees,
          next: moreReplies,
          rules: view.rules,
          isBeginning: true,
        };
        return publicHtml(c, tag, conversationPage(page), isOfNothing);
      });
    return answerReplies({ ...served, query: { ...query, limit: 50 } }, (c, tag, view, isOfNothing) => {
      const links = linksOf(baseOf(deps.publicUrl, context.site, params.article));
      const page = {
        siteName: null,
        headline: null,
        links,
        id,
        trees: nested(view.replies),
        next: view.next,
        rules: null,
        isBeginning: false,
      };
      return publicHtml(c, tag, conversationPage(page), isOfNothing);
    });
  });
}
