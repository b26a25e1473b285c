import * as z from 'zod/mini';
import { CommentStatus } from './moderation.ts';
import { CommentId, Timestamp } from './scalars.ts';
import { SiteView } from './site.ts';

/** Every `reason` there is; reference/ says what each means. */
export const ProblemReason = z
  .enum([
    'invalid-input',
    'not-found',
    'article-unknown',
    'commenting-closed',
    'parent-gone',
    'thread-too-deep',
    'comment-too-long',
    'comment-empty',
    'repeated-text',
    'banned',
    'rate-limited',
    'unauthenticated',
    'forbidden',
    'origin-not-registered',
    'edit-window-over',
    'own-comment',
    'decided-already',
    'edited-meanwhile',
    'edit-not-accepted',
    'transition-not-allowed',
    'idempotency-key-reused',
    'link-not-valid',
    'last-admin',
    'settings-changed',
    'already-exists',
    'being-removed',
    'precondition-failed',
    'payload-too-large',
    'unsupported-media-type',
    'method-not-allowed',
    'unavailable',
    'overloaded',
    'storage-full',
    'quota-spent',
    'internal',
  ])
  .register(z.globalRegistry, { id: 'ProblemReason' });
export type ProblemReason = z.infer<typeof ProblemReason>;

/**
 * RFC 9457. `type` is the address of the reason in the deployment's own reference; `detail` is a sentence a person can
 * act on.
 */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    reason: ProblemReason.check(z.meta({ description: 'The last part of `type`, in kebab-case.' })),
    requestId: z.string(),
    errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
    retryAt: z.optional(Timestamp).check(z.meta({ description: 'rate-limited: when the next try is allowed.' })),
    until: z.optional(Timestamp).check(
      z.meta({
        description: 'banned: when the reader may comment again; for good without it.',
      }),
    ),
    registrable: z
      .optional(z.boolean())
      .check(z.meta({ description: 'article-unknown: a first comment would register it.' })),
    decidedBy: z
      .optional(z.nullable(z.string()))
      .check(z.meta({ description: 'decided-already: the name of the other moderator.' })),
    currentStatus: z.optional(CommentStatus).check(
      z.meta({
        description: 'decided-already, transition-not-allowed: the comment’s status now, as the caller may know it.',
      }),
    ),
    limit: z.optional(z.int()),
    commentId: z
      .optional(CommentId)
      .check(z.meta({ description: 'idempotency-key-reused: the comment that the key has made, in the same place.' })),
    currentSite: z
      .optional(SiteView)
      .check(z.meta({ description: 'settings-changed: the site and its settings as they are now.' })),
  })
  .register(z.globalRegistry, { id: 'Problem' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;
