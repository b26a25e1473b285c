import * as z from 'zod/mini';
import { limit, Timestamp } from './scalars.ts';

export const ArticleFeedQuery = z.strictObject({ limit: limit(20, 50) });

export const AtomFeed = z
  .string()
  .register(z.globalRegistry, { id: 'AtomFeed', description: 'A document of RFC 4287, with the replies of RFC 4685.' });

const JsonFeedItem = z.object({
  id: z.string().check(z.meta({ description: 'The same for good, wherever the API stands.' })),
  url: z.string().check(z.meta({ description: 'The comment in its article’s page.' })),
  title: z.string(),
  content_html: z.string(),
  content_text: z.string(),
  date_published: Timestamp,
  date_modified: Timestamp,
  authors: z.array(z.object({ name: z.string() })),
  _belowline: z.object({
    in_reply_to: z
      .nullable(z.string())
      .check(z.meta({ description: 'The `id` of the comment that this one answers.' })),
  }),
});

/** https://www.jsonfeed.org/version/1.1/ */
export const JsonFeed = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    home_page_url: z.optional(z.string()),
    feed_url: z.string(),
    items: z.array(JsonFeedItem),
  })
  .register(z.globalRegistry, { id: 'JsonFeed' });
export type JsonFeed = z.infer<typeof JsonFeed>;
