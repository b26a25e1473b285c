import * as z from 'zod/mini';
import { CommentId, Cursor } from './scalars.ts';

/** An answer that is no JSON. */
export const Html = z.string().check(z.meta({ description: 'HTML in UTF-8.' }));

export const ConversationQuery = z.strictObject({ cursor: z.optional(Cursor) });

export const FormQuery = z.strictObject({ parent: z.optional(CommentId) });

/**
 * A comment as a form without script sends it. What a person types is held against `NewComment` by whoever shows the form
 * again, so that nothing typed is lost.
 */
export const CommentForm = z
  .strictObject({
    step: z._default(z.enum(['preview', 'post']), 'preview'),
    body: z.string(),
    authorName: z.string(),
    authorEmail: z.optional(z.string()),
    parentId: z.optional(CommentId),
    website: z
      .optional(z.string())
      .check(z.meta({ description: 'Not shown to people: whoever fills it in is a program.' })),
    stamp: z.string().check(z.meta({ description: 'From the form: its time and its key, signed.' })),
  })
  .register(z.globalRegistry, { id: 'CommentForm' });
export type CommentForm = z.infer<typeof CommentForm>;
