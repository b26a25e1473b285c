/**
 * In place of two packages by which markdown-it normalises addresses, `mdurl` and `punycode.js`: markdown.ts gives it
 * one judge of addresses instead, which reads them as typed, so nothing calls them. The builds put this file there.
 */
const unused = (): never => {
  throw new Error('addresses are read by link-address.ts alone');
};

export const parse = unused;
export const format = unused;
export const encode = unused;
export const decode = unused;

// biome-ignore lint/style/noDefaultExport: one of the two is imported so.
export default { toASCII: unused, toUnicode: unused };
