import * as z from 'zod';
import { BodyTree } from './body.ts';
import { FLAG_REASONS } from './comment.ts';
import { ArticleKey, CommentId, Cursor, limit, ReaderId, Timestamp } from './scalars.ts';

export const CommentStatus = z.enum(['pending', 'approved', 'published', 'rejected', 'spam', 'deleted']);
export type CommentStatus = z.infer<typeof CommentStatus>;

/** unmoderated = published, nobody has decided. */
export const QueueName = z.enum(['pending', 'reported', 'unmoderated', 'approved', 'rejected', 'spam', 'deleted']);
export type QueueName = z.infer<typeof QueueName>;

export const QueueQuery = z.strictObject({
  list: QueueName.default('pending'),
  order: z.enum(['oldest', 'newest']).default('oldest'),
  limit: limit(50, 50),
  cursor: Cursor.optional(),
});
export type QueueQuery = z.infer<typeof QueueQuery>;

export const SignalView = z
  .discriminatedUnion('phase', [
    z.object({
      phase: z.literal('repeated-text'),
      by: z.enum(['same-reader', 'others']),
      comments: z.number().int(),
    }),
    z.object({ phase: z.literal('ban'), because: z.enum(['shadow-ban', 'in-shadow']) }),
    z.object({ phase: z.literal('banned-words'), words: z.array(z.string()) }),
    z.object({ phase: z.literal('suspect-words'), words: z.array(z.string()) }),
    z.object({ phase: z.literal('links'), count: z.number().int(), limit: z.number().int() }),
    z.object({ phase: z.literal('first-comment') }),
    z.object({ phase: z.literal('pre-moderation') }),
  ])
  .meta({
    id: 'Signal',
    description:
      'Why a phase of the screening spoke: facts, and no sentence. Show one that you do not know by the name of its phase.',
  });
export type SignalView = z.infer<typeof SignalView>;

/** A comment as a moderator sees it, with what is needed to decide without opening anything else. */
export const QueueItem = z
  .object({
    id: CommentId,
    status: CommentStatus,
    revision: z.number().int().meta({ description: 'Send it back with the decision: an edit in between is noticed.' }),
    body: BodyTree,
    authorName: z.string(),
    authorEmail: z.string().nullable(),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable(),
    depth: z.number().int(),
    upVotes: z.number().int(),
    downVotes: z.number().int(),
    signals: z.array(SignalView),
    flagCount: z.number().int(),
    setAsideVotes: z
      .number()
      .int()
      .meta({ description: 'Votes set aside: kept, and not counted until a moderator rules on them.' }),
    article: z.object({
      key: ArticleKey,
      url: z.string(),
      headline: z.string().nullable(),
      section: z.string().nullable(),
    }),
    parent: z.object({ id: CommentId, authorName: z.string(), body: BodyTree, status: CommentStatus }).nullable(),
    reader: z.object({
      id: ReaderId,
      commentCount: z.number().int(),
      approvedCount: z.number().int(),
      rejectedCount: z.number().int(),
      firstSeenAt: Timestamp,
      ban: z.enum(['none', 'ban', 'shadow-ban']),
      banUntil: Timestamp.nullable(),
    }),
  })
  .meta({ id: 'QueueItem' });
export type QueueItem = z.infer<typeof QueueItem>;

export const QueueCounts = z
  .object({
    pending: z.number().int(),
    reported: z.number().int(),
    unmoderated: z.number().int(),
    approved: z.number().int(),
    rejected: z.number().int(),
    spam: z.number().int(),
    deleted: z.number().int(),
  })
  .meta({ id: 'QueueCounts' });
export type QueueCounts = z.infer<typeof QueueCounts>;

export const QueueView = z
  .object({ items: z.array(QueueItem), counts: QueueCounts, next: Cursor.nullable() })
  .meta({ id: 'Queue' });
export type QueueView = z.infer<typeof QueueView>;

export const DecisionKind = z.enum(['approve', 'reject', 'spam', 'restore']);
export type DecisionKind = z.infer<typeof DecisionKind>;

export const NewDecision = z
  .strictObject({
    decision: DecisionKind,
    expectedStatus: CommentStatus.meta({ description: 'The status that the moderator saw.' }),
    revision: z.number().int().min(1),
    reason: z.string().max(500, 'At most 500 characters.').default('').meta({ description: 'The author reads it.' }),
  })
  .meta({ id: 'NewDecision' });
export type NewDecision = z.infer<typeof NewDecision>;

export const NewDecisions = z
  .strictObject({
    decision: DecisionKind,
    reason: z.string().max(500, 'At most 500 characters.').default(''),
    comments: z
      .array(
        z.strictObject({
          article: ArticleKey,
          id: CommentId,
          expectedStatus: CommentStatus,
          revision: z.number().int().min(1),
        }),
      )
      .min(1)
      .max(100, 'At most 100 decisions a call.'),
  })
  .meta({ id: 'NewDecisions' });
export type NewDecisions = z.infer<typeof NewDecisions>;

export const DecisionResult = z
  .object({
    id: CommentId,
    outcome: z.enum(['done', 'decided-already', 'edited-meanwhile', 'transition-not-allowed', 'not-found']),
    status: CommentStatus.nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'DecisionResult' });
export type DecisionResult = z.infer<typeof DecisionResult>;

export const DecisionsView = z
  .object({ results: z.array(DecisionResult), counts: QueueCounts })
  .meta({ id: 'Decisions' });
export type DecisionsView = z.infer<typeof DecisionsView>;

/** One decision is answered in the singular. */
export const DecisionView = z.object({ result: DecisionResult, counts: QueueCounts }).meta({ id: 'Decision' });
export type DecisionView = z.infer<typeof DecisionView>;

/** Takes back the last decision on each, when it is still the last. */
export const UndoInput = z
  .strictObject({
    comments: z
      .array(z.strictObject({ article: ArticleKey, id: CommentId }))
      .min(1)
      .max(100, 'At most 100 a call.'),
  })
  .meta({ id: 'UndoInput' });

export const VoteRuling = z.enum(['count-votes', 'discard-votes']);
export type VoteRuling = z.infer<typeof VoteRuling>;

export const NewVoteRuling = z.strictObject({ ruling: VoteRuling }).meta({ id: 'NewVoteRuling' });

export const VoteRulingView = z
  .object({
    votes: z.number().int().meta({ description: 'The number of votes that were ruled on; 0 when none were left.' }),
    setAsideVotes: z.number().int().meta({ description: 'Still set aside.' }),
    upVotes: z.number().int(),
    downVotes: z.number().int(),
  })
  .meta({ id: 'VoteRuling' });
export type VoteRulingView = z.infer<typeof VoteRulingView>;

/** All that is known of one comment: events newest first, flags, and the reader's latest comments. */
export const DossierView = z
  .object({
    item: QueueItem,
    source: z.string(),
    events: z.array(
      z.object({
        kind: z.enum(['approve', 'reject', 'spam', 'restore', 'undo', 'edit', 'delete', ...VoteRuling.options]),
        by: z.string().meta({ description: "A moderator's name, or `author`." }),
        from: CommentStatus.nullable().meta({ description: 'null: the status had no part in it.' }),
        to: CommentStatus.nullable(),
        reason: z.string(),
        votes: z.number().int().nullable().meta({ description: 'The number of votes in a ruling.' }),
        at: Timestamp,
      }),
    ),
    flags: z.array(z.object({ reason: z.enum(FLAG_REASONS), note: z.string(), at: Timestamp })),
    history: z.array(
      z.object({
        id: CommentId,
        body: BodyTree,
        status: CommentStatus,
        articleKey: ArticleKey,
        headline: z.string().nullable(),
        createdAt: Timestamp,
      }),
    ),
  })
  .meta({ id: 'Dossier' });
export type DossierView = z.infer<typeof DossierView>;

export const BanInput = z
  .strictObject({
    ban: z.enum(['none', 'ban', 'shadow-ban']),
    days: z.number().int().min(1).max(3650).nullable().default(null).meta({ description: 'null: for good.' }),
  })
  .meta({ id: 'BanInput' });
export type BanInput = z.infer<typeof BanInput>;
