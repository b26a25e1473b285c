import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { OwnComment } from './own-comment.ts';
import type { OwnCommentStore } from './own-comment-store.ts';

/** One reader's own comments and votes under one article: the second, uncached half of a page view. */
export async function findMine(
  deps: { ownComments: OwnCommentStore },
  context: Context<ReaderActor>,
  input: { articleKey: string },
): Promise<Result<{ site: Site; comments: OwnComment[]; votes: Map<string, 1 | -1> }>> {
  const { site, comments, votes } = await deps.ownComments.findMine(context.site, input.articleKey, context.actor.id);
  return site === null ? refuse({ reason: 'not-found', what: 'site' }) : ok({ site, comments, votes });
}
