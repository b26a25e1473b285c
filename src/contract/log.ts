import * as z from 'zod';
import { ArticleKey, Cursor, limit, line, Timestamp, TimestampInput } from './scalars.ts';

const EventId = z
  .string()
  .regex(/^[0-9a-hjkmnp-tv-z]{16}$/, 'This is not the id of an event.')
  .meta({ id: 'EventId', description: 'Ids sort by time. The subjects of one deed share it.' });

export const LogQuery = z.strictObject({
  since: TimestampInput.optional(),
  by: line(200)
    .optional()
    .meta({ description: 'The name or id of who did it, or a kind of actor, such as `operator`.' }),
  limit: limit(100, 500),
  cursor: Cursor.optional(),
});

export const EventView = z
  .object({
    id: EventId,
    at: Timestamp,
    verb: z.string().meta({ description: 'What was done, in the past tense.', example: 'comment.rejected' }),
    actor: z.object({
      kind: z.enum(['visitor', 'reader', 'moderator', 'publisher', 'operator', 'job']),
      id: z.string().nullable(),
      name: z.string().nullable().meta({ description: 'As it was then. Readers are not named here.' }),
    }),
    subject: z.object({ kind: z.string(), id: z.string() }),
    article: ArticleKey.nullable(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'Event' });
export type EventView = z.infer<typeof EventView>;

/** A page may be empty and still have a next one: it looks at so many events for the name that was asked for. */
export const LogView = z.object({ events: z.array(EventView), next: Cursor.nullable() }).meta({ id: 'Log' });
export type LogView = z.infer<typeof LogView>;

export const VerificationQuery = z.strictObject({ after: EventId.optional() });

export const VerificationView = z
  .object({
    seals: z.number().int(),
    events: z.number().int(),
    broken: z.array(
      z.object({
        fault: z.enum(['changed', 'missing', 'inserted']),
        after: EventId.nullable().meta({ description: 'null: from the beginning of the log.' }),
        from: Timestamp.nullable(),
        upTo: EventId,
        to: Timestamp,
      }),
    ),
    last: z
      .object({ upTo: EventId, hash: z.string(), sealedAt: Timestamp })
      .nullable()
      .meta({ description: 'Kept elsewhere, it shows later that nothing before it was sealed anew.' }),
    next: EventId.nullable().meta({ description: 'Ask again after this one; null at the end of the log.' }),
  })
  .meta({ id: 'Verification' });
export type VerificationView = z.infer<typeof VerificationView>;
