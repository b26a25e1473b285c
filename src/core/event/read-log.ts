import { ok, type Result, refuse } from '../result.ts';
import type { Context } from './context.ts';
import type { Event } from './event.ts';
import type { EventLog, LogPosition, Sites } from './event-log.ts';

/** A page of what was done at a site and by whom, oldest first. */
export async function readLog(
  deps: { log: EventLog; sites: Sites },
  { site }: Context,
  input: { since: number | null; by: string | null; limit: number; after: LogPosition | null },
): Promise<Result<{ events: Event[]; next: LogPosition | null }>> {
  if ((await deps.sites.find(site)) === null) return refuse({ reason: 'not-found', what: 'site' });
  return ok(await deps.log.list({ siteId: site, ...input }));
}
