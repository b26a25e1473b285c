/** Those of U+00A0 to U+00FF, in their order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';

/** The signs of HTML's own grammar, and those of typography. */
const OTHERS =
  'amp& lt< gt> quot" apos\' OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ' +
  'ldquo “ rdquo ” bdquo „ lsaquo ‹ rsaquo › hellip … bull • dagger † Dagger ‡ permil ‰ prime ′ Prime ″ euro € trade ™ ' +
  'minus − ne ≠ le ≤ ge ≥ asymp ≈ infin ∞ larr ← uarr ↑ rarr → darr ↓ harr ↔ hearts ♥ ' +
  'ensp\u2002 emsp\u2003 thinsp\u2009 zwnj\u200c zwj\u200d lrm\u200e rlm\u200f';

export const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(' ').map((name, i) => [name, String.fromCharCode(0xa0 + i)] as const),
  ...[...OTHERS.matchAll(/(\w+) ?(\W)/g)].map(([, name = '', character = '']) => [name, character] as const),
]);

/**
 * The character that `&name;` stands for; a name that is not known stays as it was typed. markdown-it takes this in
 * place of its table of all 2,231 names, a tenth of the Worker: the builds put this file where it asks for the package
 * `entities`, whose name for the function this is. Numbers (`&#8364;`) it reads itself.
 */
export function decodeHTMLStrict(entity: string): string {
  return CHARACTERS.get(entity.slice(1, -1)) ?? entity;
}
