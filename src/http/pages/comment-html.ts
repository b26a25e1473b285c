import type { CommentView } from '../../contract/thread.ts';
import { type Markup, markup } from '../../core/text/markup.ts';
import { bodyHtml } from '../views/body-html.ts';
import { anchorOf, type Links, type Nested } from './links.ts';
import { words } from './words.ts';

/** A time for people and for programs. */
export function timeHtml(at: string): Markup {
  return markup`<time datetime="${at}">${words.time(at)}</time>`;
}

const votesHtml = ({ upVotes, downVotes }: CommentView): Markup | null =>
  upVotes + downVotes === 0 ? null : markup`<p class="votes">${words.votes(upVotes, downVotes)}</p>`;

/** A name may run from right to left, whatever stands around it. */
const byline = ({ id, authorName, createdAt, editedAt }: CommentView, links: Links): Markup =>
  markup`<header><h3><bdi>${authorName}</bdi></h3> <a href="${links.permalink(id)}">${timeHtml(createdAt)}</a>${
    editedAt !== null && markup` <span class="quiet">${words.edited}</span>`
  }</header>`;

const shownHtml = (comment: CommentView, links: Links): Markup =>
  markup`${byline(comment, links)}<div class="body">${bodyHtml(comment.body ?? [])}</div>${
    comment.isCut && markup`<p><a href="${links.conversation(comment.id)}">${words.readMore}</a></p>`
  }${votesHtml(comment)}`;

/** A comment that does not show has its word, and neither name nor text: the serializer has left both out. */
const tombstoneHtml = ({ tombstone, createdAt }: CommentView): Markup =>
  markup`<p class="gone">${tombstone && words.tombstones[tombstone]}, ${timeHtml(createdAt)}</p>`;

export interface CommentParts {
  links: Links;
  /** The links at the end of a comment, before its replies. */
  after?: (comment: CommentView) => Markup | null;
}

export function commentHtml({ comment, replies }: Nested, parts: CommentParts): Markup {
  const shown = comment.tombstone === null ? shownHtml(comment, parts.links) : tombstoneHtml(comment);
  return markup`<article id="${anchorOf(comment.id)}">${shown}${parts.after?.(comment)}${listHtml(replies, parts)}</article>`;
}

/** Comments as a list; nothing where there are none. */
export function listHtml(comments: readonly Nested[], parts: CommentParts): Markup | null {
  if (comments.length === 0) return null;
  return markup`<ol>${comments.map((one) => markup`<li>${commentHtml(one, parts)}</li>`)}</ol>`;
}
