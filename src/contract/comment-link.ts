/**
 * The address of a comment: the article's, and the comment behind it. Where the article's own fragment is the route of an
 * app (`#/post/a1`, `#!post`), the comment stands in the query.
 */
export function commentLink(id: string, article: string): string {
  const [, page = '', route] = /(.*?)[?&]?(?:(#[/!].*)|#.*|$)/s.exec(article) ?? [];
  return route ? `${page}${page.includes('?') ? '&' : '?'}comment=${id}${route}` : `${page}#comment-${id}`;
}
