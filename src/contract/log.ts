import * as z from 'zod/mini';
import { ArticleKey, Cursor, limit, line, Timestamp, TimestampInput } from './scalars.ts';

const EventId = z
  .string()
  .check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}$/, 'This is not the id of an event.'))
  .register(z.globalRegistry, { id: 'EventId', description: 'Ids sort by time. The subjects of one deed share it.' });

export const LogQuery = z.strictObject({
  since: z.optional(TimestampInput),
  by: z
    .optional(line(200))
    .check(z.meta({ description: 'The name or id of who did it, or a kind of actor, such as `operator`.' })),
  limit: limit(100, 500),
  cursor: z.optional(Cursor),
});

export const EventView = z
  .object({
    id: EventId,
    at: Timestamp,
    verb: z.string().check(z.meta({ description: 'What was done, in the past tense.', example: 'comment.rejected' })),
    actor: z.object({
      kind: z.enum(['visitor', 'reader', 'moderator', 'publisher', 'operator', 'job']),
      id: z.nullable(z.string()),
      name: z.nullable(z.string()).check(z.meta({ description: 'As it was then. Readers are not named here.' })),
    }),
    subject: z.object({ kind: z.string(), id: z.string() }),
    article: z.nullable(ArticleKey),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .register(z.globalRegistry, { id: 'Event' });
export type EventView = z.infer<typeof EventView>;

/** A page may be empty and still have a next one: it looks at so many events for the name that was asked for. */
export const LogView = z
  .object({ events: z.array(EventView), next: z.nullable(Cursor) })
  .register(z.globalRegistry, { id: 'Log' });
export type LogView = z.infer<typeof LogView>;

export const VerificationQuery = z.strictObject({ after: z.optional(EventId) });

export const VerificationView = z
  .object({
    seals: z.int(),
    events: z.int(),
    broken: z.array(
      z.object({
        fault: z.enum(['changed', 'missing', 'inserted']),
        after: z.nullable(EventId).check(z.meta({ description: 'null: from the beginning of the log.' })),
        from: z.nullable(Timestamp),
        upTo: EventId,
        to: Timestamp,
      }),
    ),
    last: z
      .nullable(z.object({ upTo: EventId, hash: z.string(), sealedAt: Timestamp }))
      .check(z.meta({ description: 'Kept elsewhere, it shows later that nothing before it was sealed anew.' })),
    next: z.nullable(EventId).check(z.meta({ description: 'Ask again after this one; null at the end of the log.' })),
  })
  .register(z.globalRegistry, { id: 'Verification' });
export type VerificationView = z.infer<typeof VerificationView>;
