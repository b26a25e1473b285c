import * as z from 'zod';
import { IdempotencyKey, line, Timestamp } from './scalars.ts';

export const Role = z.enum(['moderator', 'admin']);
export type Role = z.infer<typeof Role>;

export const SignInLinkInput = z
  .strictObject({ email: z.email('This is not an e-mail address.').max(254) })
  .meta({ id: 'SignInLinkInput' });
/** The same for every address: who moderates a site is nobody's business. */
export const SignInLinkRequestView = z
  .object({ sendsMail: z.boolean().meta({ description: 'False where no mail is set up: the operator makes links.' }) })
  .meta({ id: 'SignInLinkRequest' });
export type SignInLinkRequestView = z.infer<typeof SignInLinkRequestView>;

export const SignInLinkView = z.object({ url: z.string(), expiresAt: Timestamp }).meta({ id: 'SignInLink' });

/** The token out of the link's fragment; a button sends it, so that a mail scanner's GET signs nobody in. */
export const NewSession = z
  .strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This link is not complete.') })
  .meta({ id: 'NewSession' });

/** The headers by their names in lower case. */
export const SessionHeaders = z.object({ 'idempotency-key': IdempotencyKey.optional() });

export const ModeratorView = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: Role, createdAt: Timestamp })
  .meta({ id: 'Moderator' });
export type ModeratorView = z.infer<typeof ModeratorView>;

export const MeView = z
  .object({ moderator: ModeratorView, site: z.object({ id: z.string(), name: z.string() }) })
  .meta({ id: 'Me' });
export type MeView = z.infer<typeof MeView>;

export const ModeratorList = z.object({ moderators: z.array(ModeratorView) }).meta({ id: 'ModeratorList' });

export const NewModerator = z
  .strictObject({
    email: z.email('This is not an e-mail address.').max(254),
    name: line(80),
    role: Role.default('moderator'),
  })
  .meta({ id: 'NewModerator' });
export type NewModerator = z.infer<typeof NewModerator>;

/** The link is also mailed; the one who invites may hand it over. */
export const InvitationView = z
  .object({ moderator: ModeratorView, signInUrl: z.string(), mailed: z.boolean() })
  .meta({ id: 'Invitation' });
