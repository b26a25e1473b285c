import { ok, type Result, refuse } from '../result.ts';
import type { ModerationStore } from './moderation-store.ts';
import type { Dossier, QueueCounts, QueueEntry, QueueName } from './queue.ts';

/** A page of the queue with what a decision needs beside each comment. One round trip. */
export async function readQueue(
  deps: { moderation: ModerationStore },
  input: { siteId: string; list: QueueName; order: 'oldest' | 'newest'; limit: number; after: string | null },
): Promise<Result<{ entries: QueueEntry[]; counts: QueueCounts; next: string | null }>> {
  return ok(await deps.moderation.findQueue(input));
}

export async function readDossier(
  deps: { moderation: ModerationStore },
  input: { siteId: string; commentId: string },
): Promise<Result<Dossier>> {
  const dossier = await deps.moderation.findDossier(input.siteId, input.commentId);
  return dossier === null ? refuse({ reason: 'not-found', what: 'comment' }) : ok(dossier);
}
