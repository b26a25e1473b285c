import { countBytes } from '../../core/text/bytes.ts';
import { type Markup, markup } from '../../core/text/markup.ts';
import { fitting } from '../../core/thread/shown-comment.ts';
import type { Feed, FeedEntry } from './feed.ts';

const entryMarkup = ({ id, url, inReplyTo, ...entry }: FeedEntry): Markup => markup`
<entry>
<id>${id}</id>
<title>${entry.title}</title>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${entry.published}</published>
<updated>${entry.updated}</updated>
<author><name>${entry.authorName}</name></author>
${
  inReplyTo &&
  markup`<thr:in-reply-to ref="${inReplyTo.id}" type="text/html" href="${inReplyTo.url}"/>
`
}<content type="html">${entry.html}</content>
</entry>`;

/** RFC 4287, with the replies of RFC 4685. */
export function atomFeed({ id, title, self, page, updated, entries }: Feed): string {
  return String(markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<id>${id}</id>
<title>${title}</title>
<updated>${updated}</updated>
<link rel="self" type="application/atom+xml" href="${self}"/>${
    page &&
    markup`
<link rel="alternate" type="text/html" href="${page}"/>`
  }
<generator>Belowline</generator>${fitting(entries.map(entryMarkup), (entry) => countBytes(String(entry)))}
</feed>
`);
}
