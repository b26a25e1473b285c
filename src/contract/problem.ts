import * as z from 'zod';
import { Timestamp } from './scalars.ts';

/** RFC 9457. `type` is a stable address a reason; `detail` is a sentence a person can act on. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    reason: z.string().meta({ description: 'The last part of `type`, in kebab-case.' }),
    requestId: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    retryAt: Timestamp.optional().meta({ description: 'rate-limited: when the next try is allowed.' }),
    until: Timestamp.optional().meta({
      description: 'banned: when the reader may comment again; for good without it.',
    }),
    registrable: z.boolean().optional().meta({ description: 'article-unknown: a first comment would register it.' }),
    decidedBy: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'decided-already: the name of the other moderator.' }),
    currentStatus: z.string().optional().meta({
      description: 'decided-already, transition-not-allowed: what the comment is now, as the asker may know it.',
    }),
    limit: z.number().int().optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;
