import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { ModerationStore } from './moderation-store.ts';
import type { Dossier, QueueCounts, QueueEntry, QueueName } from './queue.ts';

/** A page of the queue with what a decision needs beside each comment. One round trip. */
export async function readQueue(
  deps: { moderation: ModerationStore },
  context: Context,
  input: { list: QueueName; order: 'oldest' | 'newest'; limit: number; after: string | null },
): Promise<Result<{ entries: QueueEntry[]; counts: QueueCounts; next: string | null }>> {
  return ok(await deps.moderation.findQueue({ ...input, siteId: context.site }));
}

export async function readDossier(
  deps: { moderation: ModerationStore },
  context: Context,
  input: { articleKey: string; commentId: string },
): Promise<Result<Dossier>> {
  const dossier = await deps.moderation.findDossier({
    siteId: context.site,
    articleKey: input.articleKey,
    id: input.commentId,
  });
  return dossier === null ? refuse({ reason: 'not-found', what: 'comment' }) : ok(dossier);
}
