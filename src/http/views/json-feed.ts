import type { JsonFeed } from '../../contract/feed.ts';
import { bytesOf, fitting } from '../../core/thread/shown-comment.ts';
import type { Feed, FeedEntry } from './feed.ts';

const itemOf = ({ id, url, inReplyTo, ...entry }: FeedEntry): JsonFeed['items'][number] => ({
  id,
  url,
  title: entry.title,
  content_html: entry.html,
  content_text: entry.text,
  date_published: entry.published,
  date_modified: entry.updated,
  authors: [{ name: entry.authorName }],
  _belowline: { in_reply_to: inReplyTo?.id ?? null },
});

/** https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed({ title, self, page, entries }: Feed): string {
  const feed: JsonFeed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    ...(page !== null && { home_page_url: page }),
    feed_url: self,
    items: fitting(entries.map(itemOf), bytesOf),
  };
  return JSON.stringify(feed);
}
