/** A property's value. It is kept in the attribute of the same name; null and undefined take the attribute away. */
type Value = string | null | undefined;

/** `<belowline-comments>`: the comments under one article. */
export class BelowlineComments extends HTMLElement {
  /** The id of your site. */
  get site(): string;
  set site(value: Value);
  /** Your own id or slug of the article. */
  get article(): string;
  set article(value: Value);
  /** The address of the API, if it is not where the script came from. */
  get api(): string;
  set api(value: Value);
  /** The article's own address, for the links of its comments; if not said, the one it is registered with. */
  get url(): string;
  set url(value: Value);
  /** The level of the thread's own heading, 1 to 6; 2 if not said. The attribute is `heading-level`. */
  get headingLevel(): string;
  set headingLevel(value: Value | number);
  /** Light or dark whatever the page is, or as the reader's system says; if not said, as the page behind it. */
  get theme(): string;
  set theme(value: 'light' | 'dark' | 'auto' | '' | null | undefined);
}

declare global {
  interface HTMLElementTagNameMap {
    'belowline-comments': BelowlineComments;
  }
}
