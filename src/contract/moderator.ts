import * as z from 'zod/mini';
import { EmailAddress, IdempotencyKey, line, Timestamp } from './scalars.ts';

export const Role = z.enum(['moderator', 'admin']);
export type Role = z.infer<typeof Role>;

export const SignInLinkInput = z
  .strictObject({ email: EmailAddress })
  .register(z.globalRegistry, { id: 'SignInLinkInput' });
/** The same for every address: who moderates a site is nobody's business. */
export const SignInLinkRequestView = z
  .object({
    sendsMail: z.boolean().check(z.meta({ description: 'False where no mail is set up: the operator makes links.' })),
  })
  .register(z.globalRegistry, { id: 'SignInLinkRequest' });
export type SignInLinkRequestView = z.infer<typeof SignInLinkRequestView>;

export const SignInLinkView = z
  .object({ url: z.string(), expiresAt: Timestamp })
  .register(z.globalRegistry, { id: 'SignInLink' });

/** The token out of the link's fragment; a button sends it, so that a mail scanner's GET signs nobody in. */
export const NewSession = z
  .strictObject({ token: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'This link is not complete.')) })
  .register(z.globalRegistry, { id: 'NewSession' });

/** The headers by their names in lower case. */
export const SessionHeaders = z.object({ 'idempotency-key': z.optional(IdempotencyKey) });

export const ModeratorView = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: Role, createdAt: Timestamp })
  .register(z.globalRegistry, { id: 'Moderator' });
export type ModeratorView = z.infer<typeof ModeratorView>;

export const MeView = z
  .object({ moderator: ModeratorView, site: z.object({ id: z.string(), name: z.string() }) })
  .register(z.globalRegistry, { id: 'Me' });
export type MeView = z.infer<typeof MeView>;

export const ModeratorList = z
  .object({ moderators: z.array(ModeratorView) })
  .register(z.globalRegistry, { id: 'ModeratorList' });

export const NewModerator = z
  .strictObject({
    email: EmailAddress,
    name: line(80),
    role: z._default(Role, 'moderator'),
  })
  .register(z.globalRegistry, { id: 'NewModerator' });
export type NewModerator = z.infer<typeof NewModerator>;

export const NewRole = z.strictObject({ role: Role }).register(z.globalRegistry, { id: 'NewRole' });

/** The link is mailed, and null here; where no mail was sent, the one who invites may hand it over. */
export const InvitationView = z
  .object({ moderator: ModeratorView, signInUrl: z.nullable(z.string()), mailed: z.boolean() })
  .register(z.globalRegistry, { id: 'Invitation' });
