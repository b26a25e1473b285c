/**
 * This page's address as others may have it: with its fragment where that is a route, and without the comment that it
 * leads to, and without how this visitor came. A sign between parameters may be left over.
 */
export function pageAddress(): string {
  return location.href.replace(/#(?![/!]).*|(?<=[?&])(comment=|utm_|\w*clid=|[^&#]*(@|%40))[^&#]*&?/g, '');
}

/** The comment that this page's address leads to. Only ids of ours count, and nothing that follows them. */
export function linkedComment(): string | undefined {
  return /.*[#?&]comment[-=]([0-9a-hjkmnp-tv-z]{16})\b/.exec(location.href)?.[1];
}
