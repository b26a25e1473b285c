import { HEADERS } from '../headers.ts';

const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif;color:light-dark(#1b1d20,#e9e7e2);' +
  'background:light-dark(#f8f7f3,#131416)}main{max-width:40rem;margin:auto;padding:12vh 1.25rem 3rem}' +
  'h1{line-height:1.2}code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}' +
  'p{color:light-dark(#595c63,#a9adb4)}';

const inHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/`([^`]+)`/g, '<code>$1</code>');

const TITLE = 'Belowline is not set up yet';

const pageOf = (faults: readonly string[], hint: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${TITLE}</title><style>${STYLE}</style><main><h1>${TITLE}</h1>` +
  `<ul>${faults.map((fault) => `<li>${inHtml(fault)}</li>`).join('')}</ul><p>${inHtml(hint)}</p></main></html>`;

/**
 * The answer to every request while the settings are not whole: what is missing and what to do, by the names of the
 * settings and never by their values. People read a page, programs a problem document.
 */
export function notSetUp(request: Request, faults: readonly string[], hint: string): Response {
  const isPage = /\btext\/html\b/.test(request.headers.get('Accept') ?? '');
  const problem = {
    type: 'about:blank',
    title: TITLE,
    status: 503,
    detail: `${TITLE}: ${faults.join('; ')}. ${hint}`,
    reason: 'unavailable',
    requestId: crypto.randomUUID(),
  };
  return new Response(isPage ? pageOf(faults, hint) : JSON.stringify(problem), {
    status: 503,
    headers: {
      ...HEADERS,
      'Content-Security-Policy': `${HEADERS['Content-Security-Policy']}; style-src 'unsafe-inline'`,
      'Content-Type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json',
      'Retry-After': '60',
      'X-Request-Id': problem.requestId,
    },
  });
}
