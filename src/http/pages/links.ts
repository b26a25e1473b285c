import { commentLink } from '../../contract/comment-link.ts';
import type { CommentView, ThreadView } from '../../contract/thread.ts';

/** The addresses that a page about an article leads to. Those of a part of a page are whole: it stands on somebody else's host. */
export interface Links {
  comments(query?: Partial<Record<'sort' | 'limit' | 'cursor', string | number | null>>): string;
  conversation(id: string, cursor?: string | null): string;
  write(parent?: string): string;
  /** The page's address at the publisher's, and the comment there; null for an article without one. */
  article: string | null;
  permalink(id: string): string;
}

const withQuery = (address: string, query: object): string => {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0
    ? address
    : `${address}?${new URLSearchParams(given.map(([name, value]) => [name, `${value}`]))}`;
};

/** The beginning of all addresses about an article. */
export function baseOf(publicUrl: string, site: string, key: string): string {
  return `${publicUrl}/v1/sites/${site}/articles/${encodeURIComponent(key)}/`;
}

/**
 * @param base empty on a page that stands beside those that it leads to
 * @param url the article's own address
 */
export function linksOf(base: string, url: string | null = null): Links {
  const comments = `${base}comments.html`;
  return {
    comments: (query = {}) => withQuery(comments, query),
    conversation: (id, cursor) => withQuery(`${base}comments/${id}/page.html`, { cursor }),
    write: (parent) => withQuery(`${base}write.html`, { parent }),
    article: url,
    permalink: (id) => commentLink(id, url ?? comments),
  };
}

export function anchorOf(id: string): string {
  return `comment-${id}`;
}

/** A sort that is not the one by default, as an address has it. */
export function sortIn({ sort }: Pick<ThreadView, 'sort'>): string | null {
  return sort === 'newest' ? null : sort;
}

/** Comments below one another, by what each answers. */
export interface Nested {
  comment: CommentView;
  replies: Nested[];
}

/**
 * The conversation as a tree. The parent of a comment stands before it; where it does not, since it is on an earlier
 * page, the comment begins a tree of its own.
 */
export function nested(comments: readonly CommentView[]): Nested[] {
  const all = new Map(comments.map((comment): [string, Nested] => [comment.id, { comment, replies: [] }]));
  const roots: Nested[] = [];
  for (const one of all.values()) {
    const { parentId } = one.comment;
    const parent = parentId === null ? undefined : all.get(parentId);
    (parent?.replies ?? roots).push(one);
  }
  return roots;
}
