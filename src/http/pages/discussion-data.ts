import type { ThreadView } from '../../contract/thread.ts';
import type { Article } from '../../core/article/article.ts';
import { bodyText } from '../../core/body/body-text.ts';
import { isoTime } from '../views/article.ts';
import { type Links, type Nested, nested } from './links.ts';

const person = (name: string) => ({ '@type': 'Person', name });

/** A comment that does not show is not there, and what answers it stands in its place. */
const commentData = ({ comment, replies }: Nested, links: Links): object[] => {
  const below = replies.flatMap((reply) => commentData(reply, links));
  if (comment.tombstone !== null) return below;
  const url = links.permalink(comment.id);
  return [
    {
      '@type': 'Comment',
      '@id': url,
      url,
      author: person(comment.authorName ?? ''),
      text: bodyText(comment.body ?? []),
      dateCreated: comment.createdAt,
      ...(comment.editedAt !== null && { dateModified: comment.editedAt }),
      upvoteCount: comment.upVotes,
      downvoteCount: comment.downVotes,
      ...(below.length > 0 && { comment: below }),
    },
  ];
};

/** The thread in the words of schema.org, for search engines: what everybody sees, as plain text. */
export function discussionData(article: Article, siteName: string, { comments }: ThreadView, links: Links): object {
  const { url, headline, authors, section, topics, image, keyPoints } = article;
  const trees = comments.flatMap(({ replies, moreReplies: _, ...top }) => nested([top, ...replies]));
  return {
    '@context': 'https://schema.org',
    '@type': 'DiscussionForumPosting',
    '@id': url,
    url,
    ...(headline !== null && { headline, text: keyPoints.join('\n') || headline }),
    author: authors.length > 0 ? authors.map(person) : { '@type': 'Organization', name: siteName },
    datePublished: isoTime(article.publishedAt),
    ...(section !== null && { articleSection: section }),
    ...(topics.length > 0 && { keywords: topics }),
    ...(image !== null && { image }),
    commentCount: article.commentCount,
    comment: trees.flatMap((tree) => commentData(tree, links)),
  };
}
