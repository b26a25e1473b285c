import * as z from 'zod/mini';
import { BodyTree } from './body.ts';
import { FLAG_REASONS } from './comment.ts';
import { ArticleKey, CommentId, Cursor, limit, ReaderId, Timestamp, text } from './scalars.ts';

export const CommentStatus = z
  .enum(['pending', 'approved', 'published', 'rejected', 'spam', 'deleted'])
  .register(z.globalRegistry, { id: 'CommentStatus' });
export type CommentStatus = z.infer<typeof CommentStatus>;

/** unmoderated = published, nobody has decided. */
export const QueueName = z.enum(['pending', 'reported', 'unmoderated', 'approved', 'rejected', 'spam', 'deleted']);
export type QueueName = z.infer<typeof QueueName>;

export const QueueQuery = z.strictObject({
  list: z._default(QueueName, 'pending'),
  order: z._default(z.enum(['oldest', 'newest']), 'oldest'),
  limit: limit(50, 50),
  cursor: z.optional(Cursor),
});
export type QueueQuery = z.infer<typeof QueueQuery>;

const SpelledOtherwise = z
  .optional(z.array(z.string()))
  .check(z.meta({ description: 'Those of the words that are nowhere as written; absent when there are none.' }));

const MoreWords = z.optional(z.int()).register(z.globalRegistry, {
  description: 'How many more words there are than those that are kept; absent when there are none.',
});

export const SignalView = z
  .discriminatedUnion('phase', [
    z.object({
      phase: z.literal('repeated-text'),
      by: z.enum(['same-reader', 'others']),
      comments: z.int(),
    }),
    z.object({ phase: z.literal('ban'), because: z.enum(['shadow-ban', 'in-shadow', 'network']) }),
    z.object({
      phase: z.literal('banned-words'),
      words: z.array(z.string()),
      spelledOtherwise: SpelledOtherwise,
      more: MoreWords,
    }),
    z.object({
      phase: z.literal('suspect-words'),
      words: z.array(z.string()),
      spelledOtherwise: SpelledOtherwise,
      more: MoreWords,
    }),
    z.object({ phase: z.literal('links'), count: z.int(), limit: z.int() }),
    z.object({ phase: z.literal('first-comment') }),
    z.object({ phase: z.literal('pre-moderation') }),
  ])
  .register(z.globalRegistry, {
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
    revision: z.int().check(z.meta({ description: 'Send it back with the decision: an edit in between is noticed.' })),
    body: BodyTree,
    authorName: z.string(),
    authorEmail: z.nullable(z.string()),
    createdAt: Timestamp,
    editedAt: z.nullable(Timestamp),
    depth: z.int(),
    upVotes: z.int(),
    downVotes: z.int(),
    signals: z.array(SignalView),
    flagCount: z.int(),
    setAsideVotes: z
      .int()
      .check(z.meta({ description: 'Votes set aside: kept, and not counted until a moderator rules on them.' })),
    article: z.object({
      key: ArticleKey,
      url: z.string(),
      headline: z.nullable(z.string()),
      section: z.nullable(z.string()),
    }),
    parent: z.nullable(z.object({ id: CommentId, authorName: z.string(), body: BodyTree, status: CommentStatus })),
    reader: z.object({
      id: ReaderId,
      commentCount: z.int(),
      approvedCount: z.int(),
      rejectedCount: z.int(),
      firstSeenAt: Timestamp,
      ban: z.enum(['none', 'ban', 'shadow-ban']),
      banUntil: z.nullable(Timestamp),
    }),
  })
  .register(z.globalRegistry, { id: 'QueueItem' });
export type QueueItem = z.infer<typeof QueueItem>;

export const QueueCounts = z
  .object({
    pending: z.int(),
    reported: z.int(),
    unmoderated: z.int(),
    approved: z.int(),
    rejected: z.int(),
    spam: z.int(),
    deleted: z.int(),
  })
  .register(z.globalRegistry, { id: 'QueueCounts' });
export type QueueCounts = z.infer<typeof QueueCounts>;

export const QueueView = z
  .object({ items: z.array(QueueItem), counts: QueueCounts, next: z.nullable(Cursor) })
  .register(z.globalRegistry, { id: 'Queue' });
export type QueueView = z.infer<typeof QueueView>;

export const DecisionKind = z.enum(['approve', 'reject', 'spam', 'restore']);
export type DecisionKind = z.infer<typeof DecisionKind>;

export const NewDecision = z
  .strictObject({
    decision: DecisionKind,
    expectedStatus: CommentStatus.check(z.meta({ description: 'The status that the moderator saw.' })),
    revision: z.int().check(z.minimum(1)),
    reason: z._default(text(500), '').check(z.meta({ description: 'The author reads it.' })),
  })
  .register(z.globalRegistry, { id: 'NewDecision' });
export type NewDecision = z.infer<typeof NewDecision>;

export const NewDecisions = z
  .strictObject({
    decision: DecisionKind,
    reason: z._default(text(500), ''),
    comments: z
      .array(
        z.strictObject({
          article: ArticleKey,
          id: CommentId,
          expectedStatus: CommentStatus,
          revision: z.int().check(z.minimum(1)),
        }),
      )
      .check(z.minLength(1), z.maxLength(100, 'At most 100 decisions a call.')),
  })
  .register(z.globalRegistry, { id: 'NewDecisions' });
export type NewDecisions = z.infer<typeof NewDecisions>;

export const DecisionResult = z
  .object({
    id: CommentId,
    outcome: z.enum(['done', 'decided-already', 'edited-meanwhile', 'transition-not-allowed', 'not-found']),
    status: z.nullable(CommentStatus),
    decidedBy: z.nullable(z.string()),
  })
  .register(z.globalRegistry, { id: 'DecisionResult' });
export type DecisionResult = z.infer<typeof DecisionResult>;

export const DecisionsView = z
  .object({ results: z.array(DecisionResult), counts: QueueCounts })
  .register(z.globalRegistry, { id: 'Decisions' });
export type DecisionsView = z.infer<typeof DecisionsView>;

/** One decision is answered in the singular. */
export const DecisionView = z
  .object({ result: DecisionResult, counts: QueueCounts })
  .register(z.globalRegistry, { id: 'Decision' });
export type DecisionView = z.infer<typeof DecisionView>;

/** Takes back the last decision on each, when it is still the last. */
export const UndoInput = z
  .strictObject({
    comments: z
      .array(z.strictObject({ article: ArticleKey, id: CommentId }))
      .check(z.minLength(1), z.maxLength(100, 'At most 100 a call.')),
  })
  .register(z.globalRegistry, { id: 'UndoInput' });

export const VoteRuling = z.enum(['count-votes', 'discard-votes']);
export type VoteRuling = z.infer<typeof VoteRuling>;

export const NewVoteRuling = z.strictObject({ ruling: VoteRuling }).register(z.globalRegistry, { id: 'NewVoteRuling' });

export const VoteRulingView = z
  .object({
    votes: z.int().check(z.meta({ description: 'The number of votes that were ruled on; 0 when none were left.' })),
    setAsideVotes: z.int().check(z.meta({ description: 'Still set aside.' })),
    upVotes: z.int(),
    downVotes: z.int(),
  })
  .register(z.globalRegistry, { id: 'VoteRuling' });
export type VoteRulingView = z.infer<typeof VoteRulingView>;

/** All that is known of one comment: events newest first, flags, and the reader's latest comments. */
export const DossierView = z
  .object({
    item: QueueItem,
    source: z.string(),
    events: z.array(
      z.object({
        kind: z.enum(['approve', 'reject', 'spam', 'restore', 'undo', 'edit', 'delete', ...VoteRuling.options]),
        by: z.string().check(z.meta({ description: "A moderator's name, or `author`." })),
        from: z.nullable(CommentStatus).check(z.meta({ description: 'null: the status had no part in it.' })),
        to: z.nullable(CommentStatus),
        reason: z.string(),
        votes: z.nullable(z.int()).check(z.meta({ description: 'The number of votes in a ruling.' })),
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
        headline: z.nullable(z.string()),
        createdAt: Timestamp,
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'Dossier' });
export type DossierView = z.infer<typeof DossierView>;

export const BanInput = z
  .strictObject({
    ban: z.enum(['none', 'ban', 'shadow-ban']),
    days: z
      ._default(z.nullable(z.int().check(z.minimum(1), z.maximum(3650))), null)
      .check(z.meta({ description: 'null: for good.' })),
    holdNetworkHours: z._default(z.int().check(z.minimum(0), z.maximum(72)), 0).check(
      z.meta({
        description:
          'For so many hours, comments from the networks that the reader has posted from within the last day are held, but for those of readers with an approved comment. They go on when the ban is lifted.',
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'BanInput' });
export type BanInput = z.infer<typeof BanInput>;
