/**
 * The address of a comment: the article's, and the comment behind it. Where the article's own fragment is the route of an
 * app (`#/post/a1`, `#!post`), the comment stands in the query.
 */
export function commentLink(id: string, article: string): string {
  const [, path = '', query, route] = /([^?#]*)(?:\?(.*?))?&?(?:(#[/!].*)|#.*|$)/s.exec(article) ?? [];
  const page = query ? `${path}?${query}` : path;
  return route ? `${page}${query ? '&' : '?'}comment=${id}${route}` : `${page}#comment-${id}`;
}
