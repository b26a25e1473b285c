/**
 * A comment's text as a tree. There is no HTML in it: the widget and the console build DOM nodes from it.
 * Types are one or two letters because a thread carries hundreds of them.
 */
export type Body = Block[];

export type Block =
  | { t: 'p'; c: Inline[] }
  | { t: 'quote'; c: Block[] }
  | { t: 'ul'; c: Block[][] }
  /** `numbers`: of each item, where they do not count on by one from `start` (1 if there is none). */
  | { t: 'ol'; start?: number | undefined; numbers?: number[] | undefined; c: Block[][] }
  | { t: 'pre'; s: string };

export type Inline =
  | string
  | { t: 'em'; c: Inline[] }
  | { t: 'strong'; c: Inline[] }
  | { t: 'del'; c: Inline[] }
  | { t: 'code'; s: string }
  | { t: 'a'; href: string; c: Inline[] }
  | { t: 'br' };
