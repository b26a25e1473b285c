const PREFIX = '#comment-';

export function hereWithoutHash(): string {
  return location.origin + location.pathname + location.search;
}

export function commentLink(id: string, page = hereWithoutHash()): string {
  return page + PREFIX + id;
}

/** The comment that this page's address leads to. */
export function linkedComment(): string | null {
  return location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : null;
}
