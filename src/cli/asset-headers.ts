// The `_headers` file of the static assets. Rules that match the same path are joined, so each policy stands on one
// path only, and what holds everywhere stands under `/*`.

const SCRIPTS_ARE_OURS = ["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"];
const NO_WAY_OUT = ["form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"];
// Neither the widget nor the console builds DOM from a string; with no policy allowed, no library can start to.
const NO_HTML_SINKS = ["require-trusted-types-for 'script'", "trusted-types 'none'"];

const PAGE_POLICY = ["default-src 'none'", ...SCRIPTS_ARE_OURS, ...NO_WAY_OUT, ...NO_HTML_SINKS].join('; ');

/** Browsers heed it over https alone, so the local server may send it, too. */
const HTTPS_FOR_A_YEAR = 'max-age=31536000';

/** The name carries a hash of what the file is made of. */
const FOR_GOOD = { 'Cache-Control': 'public, max-age=31536000, immutable' };

// Publishers' pages load it from another origin; its name has no hash, so browsers must ask for it again.
const PUBLISHERS_SCRIPT = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cache-Control': 'public, max-age=3600, stale-while-revalidate=86400',
};

/** A page of ours is closed to other windows and to frames, and asks for none of the browser's devices. */
const OUR_PAGE = {
  'Content-Security-Policy': PAGE_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const RULES: Record<string, Record<string, string>> = {
  '/*': {
    'X-Content-Type-Options': 'nosniff',
    'Strict-Transport-Security': HTTPS_FOR_A_YEAR,
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  },
  // A sign-in token may stand in the address of the console: no other site may learn that address.
  '/console/*': { ...OUR_PAGE, 'Referrer-Policy': 'no-referrer' },
  '/': OUR_PAGE,
  '/demo/*': OUR_PAGE,
  '/api/*': OUR_PAGE,
  '/openapi.json': { 'Access-Control-Allow-Origin': '*' },
  '/custom-elements.json': { 'Access-Control-Allow-Origin': '*' },
  // By its ending it would be a video: MPEG has the same.
  '/belowline.d.ts': { 'Content-Type': 'text/plain; charset=utf-8' },
  '/belowline.js': PUBLISHERS_SCRIPT,
  '/count.js': PUBLISHERS_SCRIPT,
  // The parts of the widget and its words.
  '/belowline/*': { ...PUBLISHERS_SCRIPT, ...FOR_GOOD },
  '/console/assets/*': FOR_GOOD,
};

export function assetHeaders(): string {
  return Object.entries(RULES)
    .map(([path, headers]) => {
      const own = Object.entries(headers);
      // `! Name` detaches a header set by an earlier rule; without it the two values would be joined.
      const detached =
        path === '/*' ? [] : own.filter(([name]) => name in (RULES['/*'] ?? {})).map(([name]) => `  ! ${name}`);
      return [path, ...detached, ...own.map(([name, value]) => `  ${name}: ${value}`)].join('\n');
    })
    .join('\n\n');
}
