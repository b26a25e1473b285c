import * as z from 'zod/mini';
import { BodyTree } from './body.ts';
import { CommentId, EmailAddress, IdempotencyKey, PageAddress, Timestamp, text } from './scalars.ts';
import { SOURCE_BYTES } from './source-bytes.ts';
import { commentFields } from './thread.ts';

/** The site's own limit is counted by the screening, in characters alone. */
const Source = text(10_000, SOURCE_BYTES);

/**
 * A request with a comment whose every letter a client escapes: JSON writes a byte of UTF-8 as six at most. 4,000 bytes
 * are for what stands beside the text.
 */
export const COMMENT_BYTES = 6 * (SOURCE_BYTES + 4_000);

/** A key that a browser makes once and keeps: 32 random bytes in base64url. It is the whole identity of a guest. */
export const GuestKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** The headers by their names in lower case. */
export const PostHeaders = z.object({ 'idempotency-key': z.optional(IdempotencyKey) });

export const NewComment = z
  .strictObject({
    body: Source.check(z.meta({ description: 'Markdown: paragraphs, emphasis, links, quotes, lists, code.' })),
    authorName: text(400, 480),
    authorEmail: z.nullish(EmailAddress),
    parentId: z.nullish(CommentId),
    pageUrl: z.nullish(PageAddress).check(
      z.meta({
        description:
          'Where the form stands. Only used to register an unknown article, and only from a registered origin.',
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'NewComment' });
export type NewComment = z.infer<typeof NewComment>;

export const CommentEdit = z.strictObject({ body: Source }).register(z.globalRegistry, { id: 'CommentEdit' });
export type CommentEdit = z.infer<typeof CommentEdit>;

/** A comment as its own author sees it. */
export const OwnCommentView = z
  .object({
    ...commentFields,
    status: z.enum(['published', 'pending', 'rejected', 'deleted']),
    reason: z
      .nullable(z.string())
      .check(z.meta({ description: 'rejected: what the moderator wrote, or why it was not accepted.' })),
    source: z.string().check(z.meta({ description: 'The Markdown, for editing.' })),
    editableUntil: z.nullable(Timestamp),
  })
  .register(z.globalRegistry, { id: 'OwnComment' });
export type OwnCommentView = z.infer<typeof OwnCommentView>;

/** One reader's part under one article: own recent comments in any state, own votes. Never cached. */
export const MineView = z
  .object({
    comments: z.array(OwnCommentView),
    votes: z.record(z.string(), z.literal([1, -1])),
  })
  .register(z.globalRegistry, { id: 'Mine' });
export type MineView = z.infer<typeof MineView>;

export const PreviewInput = z.strictObject({ body: Source }).register(z.globalRegistry, { id: 'PreviewInput' });
export const PreviewView = z
  .object({ body: BodyTree, graphemes: z.int() })
  .register(z.globalRegistry, { id: 'Preview' });
export type PreviewView = z.infer<typeof PreviewView>;

export const FLAG_REASONS = ['offensive', 'spam', 'personal-information', 'off-topic', 'other'] as const;
export const NewFlag = z
  .strictObject({
    reason: z.enum(FLAG_REASONS),
    note: z._default(text(500), ''),
  })
  .register(z.globalRegistry, { id: 'NewFlag' });
export type NewFlag = z.infer<typeof NewFlag>;

const VoteValue = z.literal([1, 0, -1]);

export const NewVote = z
  .strictObject({ value: VoteValue })
  .register(z.globalRegistry, { id: 'NewVote', description: '0 withdraws.' });
export const VoteView = z
  .object({
    upVotes: z.int(),
    downVotes: z.int(),
    value: VoteValue,
  })
  .register(z.globalRegistry, { id: 'Vote' });
export type VoteView = z.infer<typeof VoteView>;
