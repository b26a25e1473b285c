import * as z from 'zod';
import { ArticleKey, Cursor, limit, line, numeral, Timestamp, TimestampInput, WebAddress } from './scalars.ts';

const Commenting = z.enum(['open', 'closed']);
const ModerationMode = z.enum(['post', 'first-comment', 'pre']);
const Moderation = ModerationMode.nullable().meta({
  description: "null: the site's own mode. pre: each comment waits. post: each is seen immediately.",
});

const fields = {
  url: WebAddress,
  headline: line(300),
  section: line(100).nullable(),
  topics: z.array(line(80)).max(50, 'At most 50 topics.'),
  authors: z.array(line(120)).max(20, 'At most 20 authors.'),
  keyPoints: z.array(line(500)).max(10, 'At most 10 key points.'),
  image: WebAddress.nullable(),
  publishedAt: TimestampInput,
  commenting: Commenting,
  moderation: Moderation,
};

/** PUT: the whole article; what is left out takes the default. */
export const ArticleInput = z
  .strictObject({
    url: fields.url,
    headline: fields.headline,
    section: fields.section.default(null),
    topics: fields.topics.default([]),
    authors: fields.authors.default([]),
    keyPoints: fields.keyPoints.default([]),
    image: fields.image.default(null),
    publishedAt: fields.publishedAt,
    commenting: fields.commenting.default('open'),
    moderation: fields.moderation.default(null),
  })
  .meta({ id: 'ArticleInput' });
export type ArticleInput = z.infer<typeof ArticleInput>;

/** PATCH: what is left out stays as it is. */
export const ArticlePatch = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({ id: 'ArticlePatch' });
export type ArticlePatch = z.infer<typeof ArticlePatch>;

export const ArticleView = z
  .object({
    key: ArticleKey,
    url: z.string(),
    headline: z.string().nullable(),
    section: z.string().nullable(),
    topics: z.array(z.string()),
    authors: z.array(z.string()),
    keyPoints: z.array(z.string()),
    image: z.string().nullable(),
    publishedAt: Timestamp,
    commenting: Commenting,
    moderation: Moderation,
    moderationInForce: ModerationMode.meta({ description: "The article's own mode, or else the site's." }),
    commentCount: z.number().int(),
  })
  .meta({ id: 'Article' });
export type ArticleView = z.infer<typeof ArticleView>;

const listFields = {
  section: line(100).optional(),
  topic: line(80).optional(),
  author: line(120).optional(),
};

const namesOneList = (query: { section?: unknown; topic?: unknown; author?: unknown }): boolean =>
  [query.section, query.topic, query.author].filter((label) => label !== undefined).length <= 1;

const ONE_LIST = 'Ask for one of section, topic or author.';

/** The list that a query asks for; none of the three is the whole site's. */
export type ListQuery = { [Field in keyof typeof listFields]?: string | undefined };

export const ArticleListQuery = z
  .strictObject({
    ...listFields,
    sort: z.enum(['newest', 'most-commented']).default('newest'),
    limit: limit(20, 100),
    cursor: Cursor.optional(),
  })
  .refine(namesOneList, ONE_LIST);
export type ArticleListQuery = z.infer<typeof ArticleListQuery>;

const DEFAULT_HOURS = 24;

/** A ranking is kept for each of these (`RECENT_HOURS` in the core); the document does not see a default outside. */
const RecentHours = z
  .literal([1, 6, 24, 72, 168])
  .meta({ description: 'The last so many whole hours and the running one.', default: DEFAULT_HOURS });

/** Front pages: by comments posted in the last hours, not by all there are. No further pages. */
export const MostCommentedQuery = z
  .strictObject({
    ...listFields,
    hours: z.preprocess(numeral, RecentHours).default(DEFAULT_HOURS),
    limit: limit(10, 50),
  })
  .refine(namesOneList, ONE_LIST);

/** A front page's box of the latest comments. */
export const NewestCommentsQuery = z
  .strictObject({ ...listFields, limit: limit(10, 50) })
  .refine(namesOneList, ONE_LIST);

export const ArticleListView = z
  .object({ articles: z.array(ArticleView), next: Cursor.nullable() })
  .meta({ id: 'ArticleList' });
export type ArticleListView = z.infer<typeof ArticleListView>;

/** `?key=a&key=b`: up to 100. */
export const CountsQuery = z.strictObject({
  key: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(ArticleKey).min(1, 'Name at least one key.').max(100, 'At most 100 keys a call.'),
  ),
});

export const CountsView = z
  .object({ counts: z.record(z.string(), z.number().int()) })
  .meta({ id: 'Counts', description: 'The visible comments of each article. An unknown key counts 0.' });
export type CountsView = z.infer<typeof CountsView>;
