/** Browsers take longer ones; no address that a reader means to share needs it. */
export const MAX_ADDRESS_LENGTH = 2_000;

/** Scheme, host, port, the rest. Each part ends at a character the next one begins with, so matching is linear. */
const ADDRESS = /^(https?):\/\/([^/?#:]+)(?::(\d{1,5}))?([/?#].*)?$/isu;

/** Letters of any script, digits, `-` and `_`, in labels parted by single dots. No `@`: it can disguise the host. */
const HOST = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)*\.?$/u;

/** A host that ends in a number is a network address to a browser, even `2130706433` or `0x7f.1`. */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i;
const FOUR_NUMBERS = /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/;

/**
 * Nowhere in an address: white space, controls and invisible characters (they hide or reorder what is shown), and the
 * backslash (a browser reads it as a slash, so `https://good.example\@evil.example` has two readings).
 */
const FORBIDDEN = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\\]/u;

/** Legal when typed, but no address carries them unescaped. */
const UNESCAPED = /["<>`{|}^]/g;

/**
 * A reader's link as it may stand in an `href`, or null: absolute, http or https, with a host, without credentials.
 * Network addresses are taken only as four numbers: the other ways of writing them only hide where they lead.
 * Scheme and host come back in lower case. The core has no `URL`; what is refused here need not be understood.
 */
export function readLinkAddress(address: string): string | null {
  if (address.length > MAX_ADDRESS_LENGTH || FORBIDDEN.test(address)) return null;
  const parts = ADDRESS.exec(address);
  if (parts === null) return null;
  const [, scheme = '', typedHost = '', port, rest = ''] = parts;
  // Browsers do the same: full-width digits are digits, and a sign that decomposes into a slash is refused like one.
  const host = typedHost.normalize('NFKC');
  if (!HOST.test(host) || (ENDS_IN_NUMBER.test(host) && !FOUR_NUMBERS.test(host))) return null;
  if (port !== undefined && Number(port) > 65_535) return null;
  const authority = port === undefined ? host : `${host}:${port}`;
  return `${scheme}://${authority}`.toLowerCase() + rest.replace(UNESCAPED, encodeURIComponent);
}
