import type { ThreadScope } from '../reading/scopes.ts';

/** The fourth script is for readers who stay. */
export async function live(thread: ThreadScope): Promise<void> {
  if (thread.end.signal.aborted) return;
  const { startLiving } = await import('../living/living.ts');
  startLiving(thread);
}
