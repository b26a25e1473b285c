import type { JsonFeed } from '../contract/feed.ts';

const ID = 'tag:belowline,2026:demo/comments/1tq5p9k2v0c8m4x7';
const PAGE = 'https://news.example/strait-ferry-talks';

export const atomFeed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<id>tag:belowline,2026:demo/articles/strait-ferry-talks</id>
<title>Comments · The ferry talks set out again</title>
<updated>2026-11-23T10:02:11.000Z</updated>
<link rel="self" type="application/atom+xml" href="https://comments.example/v1/sites/demo/articles/strait-ferry-talks/feed.atom"/>
<link rel="alternate" type="text/html" href="${PAGE}"/>
<generator>Belowline</generator>
<entry>
<id>${ID}</id>
<title>Ada on The ferry talks set out again</title>
<link rel="alternate" type="text/html" href="${PAGE}#comment-1tq5p9k2v0c8m4x7"/>
<published>2026-11-23T10:02:11.000Z</published>
<updated>2026-11-23T10:02:11.000Z</updated>
<author><name>Ada</name></author>
<content type="html">&lt;p dir=&quot;auto&quot;&gt;The &lt;strong&gt;ferry&lt;/strong&gt; was late again.&lt;/p&gt;</content>
</entry>
</feed>
`;

export const jsonFeed: JsonFeed = {
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Comments · The ferry talks set out again',
  home_page_url: PAGE,
  feed_url: 'https://comments.example/v1/sites/demo/articles/strait-ferry-talks/feed.json',
  items: [
    {
      id: ID,
      url: `${PAGE}#comment-1tq5p9k2v0c8m4x7`,
      title: 'Ada on The ferry talks set out again',
      content_html: '<p dir="auto">The <strong>ferry</strong> was late again.</p>',
      content_text: 'The ferry was late again.',
      date_published: '2026-11-23T10:02:11.000Z',
      date_modified: '2026-11-23T10:02:11.000Z',
      authors: [{ name: 'Ada' }],
      _belowline: { in_reply_to: null },
    },
  ],
};
