import { commentLink } from '../../contract/comment-link.ts';
import type { Article } from '../../core/article/article.ts';
import type { Block } from '../../core/body/body.ts';
import { bodyText } from '../../core/body/body-text.ts';
import type { ArticleList } from '../../core/front-page/article-listing.ts';
import type { RecentComment } from '../../core/front-page/read-recent.ts';
import type { Site } from '../../core/site/site.ts';
import { inXml } from '../../core/text/markup.ts';
import type { ShownComment } from '../../core/thread/shown-comment.ts';
import { isoTime } from './article.ts';
import { bodyHtml } from './body-html.ts';
import { commentView } from './thread.ts';

interface Reference {
  id: string;
  url: string;
}

export interface FeedEntry extends Reference {
  title: string;
  authorName: string;
  html: string;
  text: string;
  published: string;
  updated: string;
  inReplyTo: Reference | null;
}

/** The newest comments of something, as every format of feeds tells them. */
export interface Feed {
  id: string;
  title: string;
  /** The address of the feed itself. */
  self: string;
  /** The page that the feed goes with. */
  page: string | null;
  updated: string;
  entries: FeedEntry[];
}

/** RFC 4151: the same wherever the API stands. */
const tagUri = (...parts: string[]): string =>
  `tag:belowline,2026:${parts.map((part) => encodeURIComponent(inXml(part))).join('/')}`;

type Under = Pick<Article, 'url' | 'headline'>;

const referenceTo = (siteId: string, { url }: Under, commentId: string): Reference => ({
  id: tagUri(siteId, 'comments', commentId),
  url: commentLink(commentId, url),
});

const restAt = ({ url }: Reference): Block => ({ t: 'p', c: [{ t: 'a', href: url, c: ['…'] }] });

/** Nothing where the comment has no name and text for everybody. */
const entryOf = (siteId: string, comment: ShownComment, article: Under): FeedEntry[] => {
  const { body } = comment;
  const { parentId, authorName, tombstone, createdAt, editedAt } = commentView(comment);
  if (tombstone !== null || authorName === null) return [];
  const reference = referenceTo(siteId, article, comment.id);
  const name = inXml(authorName);
  const about = inXml(article.headline ?? article.url);
  return [
    {
      ...reference,
      title: parentId === null ? `${name} on ${about}` : `Reply by ${name} on ${about}`,
      authorName: name,
      html: String(bodyHtml(comment.isCut ? [...body, restAt(reference)] : body)),
      text: inXml(bodyText(body)) + (comment.isCut ? ' …' : ''),
      published: createdAt,
      updated: editedAt ?? createdAt,
      inReplyTo: parentId === null ? null : referenceTo(siteId, article, parentId),
    },
  ];
};

/** A feed without entries has not changed since the time that is given. */
const newest = (entries: FeedEntry[], otherwise: number): string =>
  entries.reduce((latest, { updated }) => (updated > latest ? updated : latest), isoTime(otherwise));

const FEED_OF = { site: '', section: 'section', topic: 'topic', author: 'author' } as const;

export function siteFeed(site: Site, { kind, label }: ArticleList, comments: RecentComment[], self: string): Feed {
  const entries = comments.flatMap(({ comment, article }) => entryOf(site.id, comment, article));
  const list = kind === 'site' ? [] : [FEED_OF[kind], label];
  return {
    id: tagUri(site.id, ...list),
    title: inXml(['Comments', site.name, ...list.slice(1)].join(' · ')),
    self,
    page: site.origins[0] ?? null,
    updated: newest(entries, 0),
    entries,
  };
}

export function articleFeed(article: Article, comments: ShownComment[], self: string): Feed {
  const entries = comments.flatMap((comment) => entryOf(article.siteId, comment, article));
  return {
    id: tagUri(article.siteId, 'articles', article.key),
    title: inXml(`Comments · ${article.headline ?? article.url}`),
    self,
    page: article.url,
    updated: newest(entries, article.publishedAt),
    entries,
  };
}
