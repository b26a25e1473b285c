/** Browsers take longer ones; no address that a reader means to share needs it. */
export const MAX_ADDRESS_LENGTH = 2_000;

/** Scheme, host, port, the rest. Each part ends at a character the next one begins with, so matching is linear. */
const ADDRESS = /^(https?):\/\/([^/?#:[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?([/?#].*)?$/isu;

/** Letters of any script, digits, `-` and `_`, in labels parted by single dots. No `@`: credentials dress up a false host. */
const HOST = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*)(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)*\.?$/u;

/**
 * Nowhere in an address: white space, controls and invisible characters (they hide or reorder what is shown), and the
 * backslash (a browser reads it as a slash, so `https://good.example\@evil.example` has two readings).
 */
const FORBIDDEN = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\\]/u;

/** Legal when typed, but no address carries them unescaped. */
const UNESCAPED = /["<>`{|}^]/g;

/**
 * A reader's link as it may stand in an `href`, or null: absolute, http or https, with a host, without credentials.
 * Scheme and host come back in lower case. The core has no `URL`; what is refused here need not be understood.
 */
export const readLinkAddress = (address: string): string | null => {
  if (address.length > MAX_ADDRESS_LENGTH || FORBIDDEN.test(address)) return null;
  const parts = ADDRESS.exec(address);
  if (parts === null) return null;
  const [, scheme = '', host = '', port, rest = ''] = parts;
  if (!host.startsWith('[') && !HOST.test(host)) return null;
  if (port !== undefined && Number(port) > 65_535) return null;
  const authority = port === undefined ? host : `${host}:${port}`;
  return `${scheme}://${authority}`.toLowerCase() + rest.replace(UNESCAPED, encodeURIComponent);
};
