import type { ProblemDocument } from '../../contract/problem.ts';
import { type Markup, markup } from '../../core/text/markup.ts';
import { pageHtml } from './page.ts';

/** A refusal for people. Programs find its reason and the id of the request in attributes. */
export function problemPage({ title, detail, reason, requestId }: ProblemDocument): Markup {
  return pageHtml({
    title,
    siteName: null,
    canonical: null,
    content: markup`<main data-reason="${reason}" data-request-id="${requestId}"><h1>${title}</h1><p>${detail}</p></main>`,
  });
}
