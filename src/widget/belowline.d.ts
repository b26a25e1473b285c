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
  /** Reads the comments anew, now, wherever the reader is. */
  reload(): Promise<void>;
  /** Goes to the form for a new comment, where there is one. */
  focusForm(): Promise<void>;
  /** Goes to a comment, and makes the page's address its link. */
  openComment(id: string): Promise<void>;
}

/** The details of the events. There is no text, no name and no address in them. */
export interface BelowlineEvents {
  /** The comments were read from their beginning, and are on the page. */
  'belowline:ready': CustomEvent<{ count: number }>;
  /** The number of visible comments is another one. */
  'belowline:count': CustomEvent<{ count: number }>;
  /** The reader's comment has arrived. */
  'belowline:posted': CustomEvent<{
    id: string;
    status: 'published' | 'pending' | 'rejected' | 'deleted';
    parentId: string | null;
  }>;
  /** The server has the reader's vote; 0 takes it back. */
  'belowline:voted': CustomEvent<{ id: string; value: 1 | 0 | -1 }>;
  /** Something was refused or did not arrive; `reason` is that of the API's problem, or `no-connection`. */
  'belowline:failed': CustomEvent<{
    action: 'read' | 'post' | 'edit' | 'delete' | 'vote' | 'report';
    reason: string;
  }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'belowline-comments': BelowlineComments;
  }
  /** They bubble, out of shadow trees as well. */
  interface HTMLElementEventMap extends BelowlineEvents {}
  interface DocumentEventMap extends BelowlineEvents {}
}
