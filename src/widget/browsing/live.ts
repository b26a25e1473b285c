import type { ThreadScope } from '../reading/scopes.ts';

/** Readers who stay get the script that keeps their page up to date. */
export async function live(thread: ThreadScope): Promise<void> {
  if (thread.end.signal.aborted) return;
  const { startLiving } = await import('../living/living.ts');
  startLiving(thread);
}
