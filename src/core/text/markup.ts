/** Text that stands in HTML or XML as it is. Only this file makes it, so a string is always escaped once. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A string or a number is escaped, a list is joined; null, undefined and false leave nothing. */
export type MarkupPart = Markup | string | number | null | undefined | false | readonly MarkupPart[];

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** XML 1.0 has no way to write these, not even as a number; HTML browsers draw nothing for them. */
const NOT_IN_XML = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** The text without the characters that no feed can have. */
export function inXml(text: string): string {
  return text.replace(NOT_IN_XML, '');
}

const escaped = (text: string): string => inXml(text).replace(/[&<>"']/g, (sign) => SIGNS[sign] as string);

function written(part: MarkupPart): string {
  if (part instanceof Markup) return part.toString();
  if (part === null || part === undefined || part === false) return '';
  return Array.isArray(part) ? part.map(written).join('') : escaped(String(part));
}

/**
 * A template of HTML or XML: markup`<p title="${title}">${text}</p>`. Whatever is put in is escaped, for text and for
 * an attribute's value in quotes alike.
 */
export function markup(literals: TemplateStringsArray, ...parts: MarkupPart[]): Markup {
  return new Markup(String.raw({ raw: literals.raw }, ...parts.map(written)));
}

const unicodeEscape = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A value as JSON for a script element, in which nothing is unescaped: no sign in it ends the element, begins a comment,
 * or ends a line for whoever reads it as a script.
 */
export function jsonMarkup(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/[<>&\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, unicodeEscape));
}
