import type { FormRules, ThreadSort } from '../../contract/thread.ts';
import { type Markup, markup } from '../../core/text/markup.ts';
import { listHtml } from './comment-html.ts';
import { type Links, type Nested, sortIn } from './links.ts';
import { pageHtml } from './page.ts';
import { replyLink, type ThreadPart, threadHtml } from './thread-html.ts';
import { words } from './words.ts';

const titleOf = (headline: string | null): string => (headline === null ? words.comments : words.commentsOn(headline));

const sortLinks = ({ view, links, limit }: ThreadPart): Markup =>
  markup`<nav aria-label="${words.sortBy}">${(Object.keys(words.sorts) as ThreadSort[]).map(
    (sort) =>
      markup`<a href="${links.comments({ sort: sortIn({ sort }), limit })}"${
        sort === view.sort && markup` aria-current="true"`
      }>${words.sorts[sort]}</a>`,
  )}</nav>`;

const articleLink = ({ article }: Links): Markup | null =>
  article === null ? null : markup`<p><a href="${article}">${words.toArticle}</a></p>`;

/** The thread as a page of its own. */
export function commentsPage(part: ThreadPart): Markup {
  const { view, links, siteName } = part;
  const title = titleOf(view.article.headline);
  return pageHtml({
    title,
    siteName,
    canonical: links.article,
    content: markup`<main><h1>${title}</h1>${articleLink(links)}
${view.comments.length > 0 && sortLinks(part)}
${threadHtml(part)}</main>`,
  });
}

export interface Conversation {
  siteName: string | null;
  headline: string | null;
  links: Links;
  /** The comment that the page is about. */
  id: string;
  trees: readonly Nested[];
  /** The place that the next page begins at; null: there is none. */
  next: string | null;
  /** null: nobody has asked whether the article takes answers. */
  rules: FormRules | null;
  /** False for a page that begins in the middle. */
  isBeginning: boolean;
}

/** One comment, whole, with what it answers and what answers it. */
export function conversationPage({
  siteName,
  headline,
  links,
  id,
  trees,
  next,
  rules,
  isBeginning,
}: Conversation): Markup {
  const after = rules === null ? () => null : replyLink(links, rules);
  const title = titleOf(headline);
  return pageHtml({
    title,
    siteName,
    canonical: links.article,
    content: markup`<main><h1>${title}</h1>
<nav>${links.article !== null && markup`<a href="${links.article}">${words.toArticle}</a>`}<a href="${links.comments()}">${words.toComments}</a>${
      !isBeginning && markup`<a href="${links.conversation(id)}">${words.toConversation}</a>`
    }</nav>
<section class="conversation"><h2>${isBeginning ? words.conversation : words.moreOfConversation}</h2>${listHtml(trees, { links, after })}</section>
${next && markup`<p class="more"><a href="${links.conversation(id, next)}">${words.moreReplies}</a></p>`}</main>`,
  });
}
