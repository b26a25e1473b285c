import type { Clock } from '../platform/clock.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import type { Mailer } from '../platform/mailer.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { SiteStore } from '../site/site-store.ts';
import { cleanLine } from '../text/clean.ts';
import type { ModeratorRecord } from './moderator.ts';
import type { ModeratorStore } from './moderator-store.ts';
import { mailSignInLink, makeSignInLink } from './sign-in.ts';

interface Deps {
  clock: Clock;
  ids: Ids;
  hashing: Hashing;
  mailer: Mailer;
  moderators: ModeratorStore;
  sites: SiteStore;
  publicUrl: string;
}

export interface Invitation {
  moderator: ModeratorRecord;
  signInUrl: string;
  /** False: no mail is set up, or it was refused. The link may be handed over. */
  mailed: boolean;
}

export async function inviteModerator(
  deps: Deps,
  input: { siteId: string; email: string; name: string; role: 'moderator' | 'admin' },
): Promise<Result<Invitation>> {
  const now = deps.clock.now();
  const site = await deps.sites.find(input.siteId);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const moderator: ModeratorRecord = {
    siteId: input.siteId,
    id: deps.ids.sortable(now),
    email: input.email.toLowerCase(),
    name: cleanLine(input.name),
    role: input.role,
    createdAt: now,
  };
  if (!(await deps.moderators.insert(moderator))) return refuse({ reason: 'already-exists', what: 'moderator' });
  const { url } = await makeSignInLink(deps, moderator);
  // The moderator exists and the link is in the answer: a mail that fails is told, not thrown.
  const mailed = await mailSignInLink(deps, moderator, site, url).catch(() => false);
  return ok({ moderator, signInUrl: url, mailed });
}

export async function removeModerator(
  deps: { moderators: ModeratorStore },
  input: { siteId: string; moderatorId: string },
): Promise<Result<null>> {
  const outcome = await deps.moderators.remove(input.siteId, input.moderatorId);
  switch (outcome) {
    case 'removed':
      return ok(null);
    case 'last-admin':
      return refuse({ reason: 'last-admin' });
    case 'not-found':
      return refuse({ reason: 'not-found', what: 'moderator' });
  }
}
