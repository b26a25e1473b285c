import type { CommentView, FormRules, ThreadView } from '../../contract/thread.ts';
import type { Article } from '../../core/article/article.ts';
import { jsonMarkup, type Markup, markup } from '../../core/text/markup.ts';
import { commentHtml } from './comment-html.ts';
import { discussionData } from './discussion-data.ts';
import { type Links, nested, sortIn } from './links.ts';
import { words } from './words.ts';

export interface ThreadPart {
  view: ThreadView;
  /** null: nobody has registered it. */
  article: Article | null;
  siteName: string;
  links: Links;
  /** The ETag of the thread; empty where there is no article. */
  version: string;
  limit: number | null;
}

const repliesLink = (links: Links, { comments }: ThreadView) => {
  const more = new Map(comments.map(({ id, moreReplies }) => [id, moreReplies]));
  return (id: string): Markup | null => {
    const cursor = more.get(id);
    return cursor ? markup`<p><a href="${links.conversation(id, cursor)}">${words.moreReplies}</a></p>` : null;
  };
};

/** The way to answer a comment, where it may be answered. */
export const replyLink =
  (links: Links, { commenting, maxDepth }: FormRules) =>
  ({ id, tombstone, depth, authorName }: CommentView): Markup | null =>
    commenting === 'open' && tombstone === null && depth < maxDepth
      ? markup`<p class="act"><a href="${links.write(id)}" rel="nofollow" aria-label="${words.replyTo(authorName ?? '')}">${words.reply}</a></p>`
      : null;

const conversationsHtml = ({ view, links }: ThreadPart): Markup => {
  const after = replyLink(links, view.rules);
  const moreReplies = repliesLink(links, view);
  const conversations = view.comments.map(({ replies, moreReplies: _, ...top }) => nested([top, ...replies]));
  return markup`<ol>${conversations.map(
    (trees) =>
      markup`<li>${trees.map((tree) => commentHtml(tree, { links, after }))}${moreReplies(trees[0]?.comment.id ?? '')}</li>`,
  )}</ol>`;
};

/** Under an article that nobody has registered no form can vouch for its page. */
const writeLink = ({ view, links, article }: ThreadPart): Markup | null => {
  if (view.rules.commenting === 'closed') return markup`<p class="closed">${words.closed}</p>`;
  return article && markup`<p class="act"><a href="${links.write()}" rel="nofollow">${words.write}</a></p>`;
};

/**
 * The thread as a part of a page: by itself it is complete, for a reader without script and for a search engine. The
 * widget knows it by its class and by what it says of itself.
 */
export function threadHtml(part: ThreadPart): Markup {
  const { view, links, version, limit, article, siteName } = part;
  const next = view.next && links.comments({ sort: sortIn(view), limit, cursor: view.next });
  const data = article && discussionData(article, siteName, view, links);
  return markup`<section class="belowline-thread" data-version="${version}" data-sort="${view.sort}">
<h2>${words.commentCount(view.article.commentCount)}</h2>
${writeLink(part)}
${view.comments.length > 0 && conversationsHtml(part)}
${next && markup`<p class="more"><a href="${next}">${words.moreComments}</a></p>`}
${data && markup`<script type="application/ld+json">${jsonMarkup(data)}</script>`}
</section>
`;
}
