import type { ModeratorActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { deedAfter, deedOf } from '../event/event.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import type { Mailer } from '../platform/mailer.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import { cleanLine } from '../text/clean.ts';
import type { ModeratorRecord } from './moderator.ts';
import { type ModeratorStore, REPEATED_WITHIN_MS } from './moderator-store.ts';
import { mailSignInLink, makeSignInLink, newSignInLink } from './sign-in.ts';

interface Deps {
  ids: Ids;
  hashing: Hashing;
  mailer: Mailer;
  moderators: ModeratorStore;
  sites: SiteStore;
  publicUrl: string;
}

export interface Invitation {
  moderator: ModeratorRecord;
  /** To hand over where no mail is set up, or it was refused; null where the link was mailed to them alone. */
  signInUrl: string | null;
}

export async function inviteModerator(
  deps: Deps,
  context: Context,
  input: { email: string; name: string; role: 'moderator' | 'admin' },
): Promise<Result<Invitation>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const deed = deedOf(context, deps.ids);
  const moderator: ModeratorRecord = {
    siteId: deed.site,
    id: deed.id,
    email: input.email.toLowerCase(),
    name: cleanLine(input.name),
    role: input.role,
    createdAt: deed.now,
  };
  const { url, link } = await newSignInLink(deps, context);
  const { isSetUp } = deps.mailer;
  const handOut = async (invited: ModeratorRecord): Promise<Result<Invitation>> => {
    const handedOut = await makeSignInLink(deps, context, invited, deedAfter(deed.id, context, deps.ids));
    return ok({ moderator: invited, signInUrl: handedOut.url });
  };
  // The moderator exists: a mail that fails is no fault of the invitation. Whoever then gets a link to hand over could
  // sign in by it themselves, so it is another one, and the log says who has it.
  const mail = async (invited: ModeratorRecord, mailedUrl: string): Promise<Result<Invitation>> =>
    (await mailSignInLink(deps, invited, site, mailedUrl).catch(() => false))
      ? ok({ moderator: invited, signInUrl: null })
      : handOut(invited);
  if (await deps.moderators.insert(deed, moderator, { ...link, isHandedOut: !isSetUp })) {
    return isSetUp ? mail(moderator, url) : ok({ moderator, signInUrl: url });
  }
  const invited = await findJustInvited(deps, moderator);
  if (invited === null) return refuse({ reason: 'already-exists', what: 'moderator' });
  return isSetUp ? mail(invited, (await makeSignInLink(deps, context, invited)).url) : handOut(invited);
}

/** The moderator whom the same invitation has just made, where its answer, and the link in it, was lost. */
async function findJustInvited(deps: Deps, asked: ModeratorRecord): Promise<ModeratorRecord | null> {
  const found = await deps.moderators.findByEmail(asked.siteId, asked.email);
  if (found === null || found.name !== asked.name || found.role !== asked.role) return null;
  return found.createdAt > asked.createdAt - REPEATED_WITHIN_MS ? found : null;
}

/** "There is no such site" where that is what is missing. */
const missing = async (deps: { sites: SiteStore }, { site }: Context): Promise<Result<never>> =>
  refuse({ reason: 'not-found', what: (await deps.sites.find(site)) === null ? 'site' : 'moderator' });

/** From their next request on, they may do what the role may. */
export async function changeRole(
  deps: { ids: Ids; moderators: ModeratorStore; sites: SiteStore },
  context: Context,
  input: { moderatorId: string; role: ModeratorRecord['role'] },
): Promise<Result<ModeratorRecord>> {
  const outcome = await deps.moderators.changeRole(deedOf(context, deps.ids), input.moderatorId, input.role);
  if (outcome === 'not-found') return missing(deps, context);
  return outcome === 'last-admin' ? refuse({ reason: 'last-admin' }) : ok(outcome);
}

export async function removeModerator(
  deps: { ids: Ids; moderators: ModeratorStore; sites: SiteStore },
  context: Context,
  input: { moderatorId: string },
): Promise<Result<null>> {
  const outcome = await deps.moderators.remove(deedOf(context, deps.ids), input.moderatorId);
  switch (outcome) {
    case 'removed':
      return ok(null);
    case 'last-admin':
      return refuse({ reason: 'last-admin' });
    case 'not-found':
      return missing(deps, context);
  }
}

export async function listModerators(
  deps: { moderators: ModeratorStore; sites: SiteStore },
  context: Context,
): Promise<Result<ModeratorRecord[]>> {
  const team = await deps.moderators.list(context.site);
  return team.length === 0 && (await deps.sites.find(context.site)) === null ? missing(deps, context) : ok(team);
}

/** The moderator who is signed in, and their site. */
export async function readMe(
  deps: { moderators: ModeratorStore; sites: SiteStore },
  context: Context<ModeratorActor>,
): Promise<Result<{ moderator: ModeratorRecord; site: Site }>> {
  const [site, moderator] = await Promise.all([
    deps.sites.find(context.site),
    deps.moderators.findById(context.site, context.actor.id),
  ]);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  return moderator === null ? refuse({ reason: 'not-found', what: 'moderator' }) : ok({ moderator, site });
}
