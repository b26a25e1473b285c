import * as z from 'zod/mini';
import { BodyFormat } from './body.ts';
import {
  ArticleKey,
  Cursor,
  limit,
  line,
  lines,
  numeral,
  patch,
  Timestamp,
  TimestampInput,
  WebAddress,
} from './scalars.ts';

const Commenting = z.enum(['open', 'closed']);
const ModerationMode = z.enum(['post', 'first-comment', 'pre']);
const Moderation = z.nullable(ModerationMode).check(
  z.meta({
    description: "null: the site's own mode. pre: each comment waits. post: each is seen immediately.",
  }),
);

/** A field of the answer that a sender may leave in. */
const readOnly = z.optional(z.unknown()).check(z.meta({ readOnly: true, description: 'Not looked at.' }));

const fields = {
  url: WebAddress,
  headline: line(300),
  section: z.nullable(line(100)),
  topics: lines(80, 50, 'topics'),
  authors: lines(120, 20, 'authors'),
  keyPoints: lines(500, 10, 'key points'),
  image: z.nullable(WebAddress),
  publishedAt: TimestampInput,
  commenting: Commenting,
  moderation: Moderation,
};

/** RFC 9110, 13.1: an article is written only in the state that its writer has seen, or only where there is none. */
export const ArticlePreconditions = z.object({
  'if-match': z
    .optional(
      z
        .string()
        .check(
          z.regex(
            /^(?:\*|(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*)$/,
            'Write * or ETags as they were sent, quotation marks and all.',
          ),
        ),
    )
    .check(
      z.meta({ description: 'The `ETag` of the article as it was read: if it has changed since, the answer is 412.' }),
    ),
  'if-none-match': z
    .optional(z.literal('*', 'Write *: the article is then registered, and 412 where it is there already.'))
    .check(z.meta({ description: '`*`: only if there is no such article yet; otherwise the answer is 412.' })),
});

/**
 * PUT: the whole article. What is left out takes the default, but for the two that moderators and floods decide: they
 * stay as they are. The fields that only answers know are taken and not looked at, so that an article as it was read can
 * be put back.
 */
export const ArticleInput = z
  .strictObject({
    ...fields,
    section: z._default(fields.section, null),
    topics: z._default(fields.topics, []),
    authors: z._default(fields.authors, []),
    keyPoints: z._default(fields.keyPoints, []),
    image: z._default(fields.image, null),
    commenting: z
      .optional(fields.commenting)
      .check(z.meta({ description: 'Left out: as it is; open for a new article.' })),
    moderation: z
      .optional(fields.moderation)
      .check(z.meta({ description: 'Left out: as it is. null: the site’s own mode, as for a new article.' })),
    key: readOnly,
    moderationInForce: readOnly,
    commentCount: readOnly,
  })
  .register(z.globalRegistry, { id: 'ArticleInput' });
export type ArticleInput = z.infer<typeof ArticleInput>;

/** PATCH: what is left out stays as it is. */
export const ArticlePatch = patch(fields)
  .check(z.refine((sent) => Object.keys(sent).length > 0, 'Name at least one field to change.'))
  .register(z.globalRegistry, { id: 'ArticlePatch' });
export type ArticlePatch = z.infer<typeof ArticlePatch>;

export const NewKey = z.strictObject({ key: ArticleKey }).register(z.globalRegistry, { id: 'NewKey' });

export const ArticleView = z
  .object({
    key: ArticleKey,
    url: z.string(),
    headline: z.nullable(z.string()),
    section: z.nullable(z.string()),
    topics: z.array(z.string()),
    authors: z.array(z.string()),
    keyPoints: z.array(z.string()),
    image: z.nullable(z.string()),
    publishedAt: Timestamp,
    commenting: Commenting,
    moderation: Moderation,
    moderationInForce: ModerationMode.check(z.meta({ description: "The article's own mode, or else the site's." })),
    commentCount: z.int(),
  })
  .register(z.globalRegistry, { id: 'Article' });
export type ArticleView = z.infer<typeof ArticleView>;

/** The parameters that name a list, each by the label that it is of. */
export const listFields = {
  section: z.optional(line(100)),
  topic: z.optional(line(80)),
  author: z.optional(line(120)),
};

const namesOneList = (query: { section?: unknown; topic?: unknown; author?: unknown }): boolean =>
  [query.section, query.topic, query.author].filter((label) => label !== undefined).length <= 1;

const ONE_LIST = 'Ask for one of section, topic or author.';

/** The list that a query asks for; none of the three is the whole site's. */
export type ListQuery = { [Field in keyof typeof listFields]?: string | undefined };

export const ArticleListQuery = z
  .strictObject({
    ...listFields,
    sort: z._default(z.enum(['newest', 'most-commented']), 'newest'),
    limit: limit(20, 100),
    cursor: z.optional(Cursor),
  })
  .check(z.refine(namesOneList, ONE_LIST));
export type ArticleListQuery = z.infer<typeof ArticleListQuery>;

const DEFAULT_HOURS = 24;

/** A ranking is kept for each of these (`RECENT_HOURS` in the core); the document does not see a default outside. */
const RecentHours = z
  .literal([1, 6, 24, 72, 168])
  .check(z.meta({ description: 'The last so many whole hours and the running one.', default: DEFAULT_HOURS }));

/** Front pages: by comments posted in the last hours, not by all there are. No further pages. */
export const MostCommentedQuery = z
  .strictObject({
    ...listFields,
    hours: z._default(z.pipe(z.transform(numeral), RecentHours), DEFAULT_HOURS),
    limit: limit(10, 50),
  })
  .check(z.refine(namesOneList, ONE_LIST));

/** A front page's box of the latest comments. */
export const NewestCommentsQuery = z
  .strictObject({ ...listFields, limit: limit(10, 50), format: BodyFormat })
  .check(z.refine(namesOneList, ONE_LIST));

/** The site's newest comments, or those of one of its lists. */
export const FeedQuery = z
  .strictObject({ ...listFields, limit: limit(20, 50) })
  .check(z.refine(namesOneList, ONE_LIST));

export const ArticleListView = z
  .object({ articles: z.array(ArticleView), next: z.nullable(Cursor) })
  .register(z.globalRegistry, { id: 'ArticleList' });
export type ArticleListView = z.infer<typeof ArticleListView>;

/** `?key=a&key=b`: up to 100. */
export const CountsQuery = z.strictObject({
  key: z.pipe(
    z.transform((value) => (typeof value === 'string' ? [value] : value)),
    z.array(ArticleKey).check(z.minLength(1, 'Name at least one key.'), z.maxLength(100, 'At most 100 keys a call.')),
  ),
});

export const CountsView = z.object({ counts: z.record(z.string(), z.int()) }).register(z.globalRegistry, {
  id: 'Counts',
  description: 'The visible comments of each article. An unknown key counts 0.',
});
export type CountsView = z.infer<typeof CountsView>;
