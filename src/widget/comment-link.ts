const PREFIX = '#comment-';

export const hereWithoutHash = (): string => location.origin + location.pathname + location.search;

export const commentLink = (id: string, page = hereWithoutHash()): string => page + PREFIX + id;

/** The comment that this page's address leads to. */
export const linkedComment = (): string | null =>
  location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : null;
