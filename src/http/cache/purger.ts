import type { Clock } from '../../core/platform/clock.ts';
import { faultOf } from '../../core/platform/fault.ts';

type Cache = NonNullable<ExecutionContext['cache']>;

/** Asks the cache in front of the Worker to forget what has these tags, a little later. */
export type Purger = (context: Pick<ExecutionContext, 'cache' | 'waitUntil'> | null, tags: readonly string[]) => void;

/** Cloudflare takes so many tags in a purge. */
const TAGS_A_CALL = 100;

/** One purge for what is written at about the same time. */
const GATHER_MILLIS = 2_000;

/** Cloudflare takes five purges a minute. What waits for so long is still purged before it would have been too old. */
const SPACING_MILLIS = 12_000;

/** A request that was to purge and has not done so by then has been ended by the runtime. */
const LOST_MILLIS = 5_000;

/**
 * Tags are gathered in the isolate's memory. The request that comes first sees to the purge after its answer, with its
 * own cache, since no request may use what belongs to another; those that come meanwhile leave their tags with it. What
 * is refused is tried again once, by the next purge; beyond that copies grow old by themselves.
 */
export function createPurger(
  { clock, log }: { clock: Clock; log(event: string, facts: Record<string, string | number | null>): void },
  wait: (millis: number) => Promise<unknown> = (millis) => scheduler.wait(millis),
): Purger {
  const waiting = new Set<string>();
  const refused = new Set<string>();
  let dueAt: number | null = null;
  let freeAt = 0;

  const isPurged = async (cache: Cache, tags: string[]): Promise<boolean> => {
    try {
      const { success, errors } = await cache.purge({ tags });
      if (!success) log('purge-failed', { tags: tags.length, code: errors[0]?.code ?? null });
      return success;
    } catch (error) {
      log('purge-failed', { tags: tags.length, ...faultOf(error) });
      return false;
    }
  };

  const purge = async (cache: Cache): Promise<void> => {
    const fresh = new Set(waiting);
    const tags = [...new Set([...waiting, ...refused])];
    waiting.clear();
    refused.clear();
    dueAt = null;
    freeAt = clock.now() + Math.ceil(tags.length / TAGS_A_CALL) * SPACING_MILLIS;
    for (let from = 0; from < tags.length; from += TAGS_A_CALL) {
      const some = tags.slice(from, from + TAGS_A_CALL);
      if (await isPurged(cache, some)) continue;
      for (const tag of some) if (fresh.has(tag)) refused.add(tag);
    }
  };

  return (context, tags) => {
    const cache = context?.cache;
    if (context === null || cache === undefined) return;
    for (const tag of tags) waiting.add(tag);
    const now = clock.now();
    if (dueAt !== null && now < dueAt + LOST_MILLIS) return;
    dueAt = Math.max(now + GATHER_MILLIS, freeAt);
    context.waitUntil(wait(dueAt - now).then(() => purge(cache)));
  };
}
