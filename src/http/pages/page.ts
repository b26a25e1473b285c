import { type Markup, type MarkupPart, markup } from '../../core/text/markup.ts';
import type { AppContext } from '../dependencies.ts';
import { STYLE, STYLE_HASH } from './style.ts';
import { words } from './words.ts';

/** A page runs no script and loads nothing; a form of it goes back to where it came from. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Said before anything is answered: a 304 would put a page under the policy of its own headers. */
export function underPolicyOfPages(c: AppContext): void {
  c.header('Content-Security-Policy', POLICY);
}

export interface Shell {
  title: string;
  /** The name of the site; null where nobody knows it. */
  siteName: string | null;
  /** The page that a search engine is to show in place of this one; null: none, and this one neither. */
  canonical: string | null;
  content: MarkupPart;
}

/** A whole page around some content. */
export function pageHtml({ title, siteName, canonical, content }: Shell): Markup {
  return markup`<!DOCTYPE html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}${siteName !== null && ` – ${siteName}`}</title>
${canonical === null ? markup`<meta name="robots" content="noindex">` : markup`<link rel="canonical" href="${canonical}">`}
<style>${STYLE}</style>
</head>
<body>
<div class="page">
${siteName !== null && markup`<header class="site">${siteName}</header>`}
${content}
</div>
</body>
</html>
`;
}
