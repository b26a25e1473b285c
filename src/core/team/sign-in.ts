import type { ModeratorActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { type Deed, deedOf } from '../event/event.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import type { Mailer } from '../platform/mailer.ts';
import { attemptOf, refuseAttempt } from '../rate-limit/admit.ts';
import type { CoolDowns } from '../rate-limit/cool-downs.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import type { ModeratorRecord } from './moderator.ts';
import type { ModeratorStore, NewLink } from './moderator-store.ts';

/** Long enough to open a mail, short enough that an old mailbox opens nothing. */
export const LINK_MINUTES = 30;

/** A working week: a desk signs in on Monday. */
const SESSION_DAYS = 7;

export const SESSION_SECONDS = SESSION_DAYS * 86_400;

interface Deps {
  ids: Ids;
  hashing: Hashing;
  mailer: Mailer;
  moderators: ModeratorStore;
  /** The address under which moderators work, such as `https://comments.news.example`. */
  publicUrl: string;
}

/** A one-time link, not yet stored. The token is in the fragment, which no server and no log sees. */
export async function newSignInLink(
  deps: Pick<Deps, 'ids' | 'hashing' | 'publicUrl'>,
  { site, now }: Context,
): Promise<{ url: string; link: NewLink }> {
  const token = deps.ids.token();
  const expiresAt = now + LINK_MINUTES * 60_000;
  const tokenHash = await deps.hashing.token(token);
  return { url: `${deps.publicUrl}/console/?site=${site}#token=${token}`, link: { tokenHash, expiresAt } };
}

/** Makes and stores one. */
export async function makeSignInLink(
  deps: Omit<Deps, 'mailer'>,
  context: Context,
  moderator: Pick<ModeratorRecord, 'id'>,
  deed: Deed | null = null,
): Promise<{ url: string; expiresAt: number }> {
  const { url, link } = await newSignInLink(deps, context);
  await deps.moderators.insertLink(deed, { siteId: context.site, moderatorId: moderator.id, ...link });
  return { url, expiresAt: link.expiresAt };
}

export async function mailSignInLink(
  deps: Deps,
  moderator: ModeratorRecord,
  site: Site,
  url: string,
): Promise<boolean> {
  return deps.mailer.send({
    to: moderator.email,
    subject: `Sign in to moderate ${site.name}`,
    text: [
      `Hello ${moderator.name},`,
      `open this link and press the button to sign in to the comments of ${site.name}:`,
      url,
      `It works once, and for ${LINK_MINUTES} minutes. If you did not ask for it, you need do nothing.`,
    ].join('\n\n'),
  });
}

/**
 * Answers the same, and after the same steps, whether or not the address belongs to a moderator: whether mail is sent
 * here at all. `sending` is what goes on meanwhile, for whoever answers to see through. A mailbox that is full of links
 * gets no other; nobody is told, because it would tell a stranger that the address is known. From a network that has
 * asked too often a mailbox takes one link in that time: nobody is kept out by their neighbours.
 */
export async function requestSignInLink(
  deps: Deps & { coolDowns: CoolDowns },
  context: Context,
  input: { email: string },
): Promise<Result<{ sendsMail: boolean; sending: Promise<unknown> }>> {
  const { attempt, known } = await attemptOf(deps, context, 'sign-in-link');
  const { site, moderator, refusal } = await deps.moderators.findForLink(attempt, input.email.toLowerCase(), known);
  if (refusal !== null) await deps.coolDowns.start(attempt, refusal);
  const { isSetUp: sendsMail } = deps.mailer;
  const send = async (): Promise<unknown> => {
    if (!sendsMail || site === null || moderator === null) return;
    const { link, url } = await newSignInLink(deps, context);
    const { count, windowSeconds } = LIMITS.linkByAddress;
    const full = { count: refusal === null ? count : 1, endAfter: link.expiresAt - windowSeconds * 1_000 };
    const mailed = { siteId: context.site, moderatorId: moderator.id, ...link };
    if (!(await deps.moderators.insertMailedLink(mailed, full))) return;
    // A refused mail is logged by the mailer; here it would tell a stranger that the address is known. Its link fills no
    // mailbox.
    return mailSignInLink(deps, moderator, site, url).catch(() =>
      deps.moderators.deleteLink(context.site, link.tokenHash),
    );
  };
  return ok({ sendsMail, sending: send() });
}

/** Makes a link for the operator, who may hand it over: `npm start` prints it. The log says so. */
export async function createSignInLink(
  deps: Omit<Deps, 'mailer'> & { sites: SiteStore },
  context: Context,
  input: { email: string },
): Promise<Result<{ url: string; expiresAt: number }>> {
  const moderator = await deps.moderators.findByEmail(context.site, input.email.toLowerCase());
  if (moderator !== null) return ok(await makeSignInLink(deps, context, moderator, deedOf(context, deps.ids)));
  const site = await deps.sites.find(context.site);
  return refuse({ reason: 'not-found', what: site === null ? 'site' : 'moderator' });
}

/**
 * Spends a link and opens a session. The same token with the same Idempotency-Key within a minute opens the same one
 * again: the answer that had its token may have been lost, and with it the link. A valid token is let in, however many
 * wrong ones its network has tried; so a cool-down spares the counting alone.
 */
export async function signIn(
  deps: Pick<Deps, 'ids' | 'hashing' | 'moderators'> & { sites: SiteStore; coolDowns: CoolDowns },
  context: Context,
  input: { token: string; idempotencyKey: string | null },
): Promise<Result<{ moderator: ModeratorRecord; site: Site; sessionToken: string }>> {
  const { attempt, known } = await attemptOf(deps, context, 'session');
  const { site: siteId, now } = context;
  const { token, idempotencyKey } = input;
  const sessionToken =
    idempotencyKey === null ? deps.ids.token() : await deps.hashing.session(siteId, token, idempotencyKey);
  const [linkHashes, sessionHash] = await Promise.all([deps.hashing.tokens(token), deps.hashing.token(sessionToken)]);
  const sessionExpiresAt = now + SESSION_SECONDS * 1_000;
  const redeem = { linkHashes, sessionHash, sessionExpiresAt };
  const { moderator, refusal } = await deps.moderators.redeemLink(attempt, redeem, known);
  const site = moderator && (await deps.sites.find(siteId));
  if (moderator !== null && site !== null) return ok({ moderator, site, sessionToken });
  return refusal === null ? refuse({ reason: 'link-not-valid' }) : refuseAttempt(deps, attempt, refusal);
}

/** The session is over on the server too, not only forgotten by the browser. */
export async function signOut(
  deps: Pick<Deps, 'hashing' | 'moderators'>,
  context: Context<ModeratorActor>,
  input: { sessionToken: string },
): Promise<void> {
  for (const hash of await deps.hashing.tokens(input.sessionToken))
    await deps.moderators.endSession(context.site, hash);
}
