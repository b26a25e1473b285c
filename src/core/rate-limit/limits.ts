/** The one that is counted. A network is an IPv4 address or an IPv6 /64, known only by a keyed hash. */
export type Actor = 'reader' | 'network' | 'article' | 'site' | 'address';

export interface Limit {
  operation: string;
  actor: Actor;
  count: number;
  windowSeconds: number;
  /** The answer while KV does not give one: the request is let through, or refused. */
  withoutKv: 'admit' | 'refuse';
}

/** KV keeps an attempt at least 60 s, so no window is shorter. */
export const LIMITS = {
  /** A person writes at most a few comments a minute. Counted exactly, by the INSERT itself. */
  commentByReader: { operation: 'comment', actor: 'reader', count: 5, windowSeconds: 60, withoutKv: 'admit' },
  /** A guest key costs nothing to make anew, a network does; yet a school or an office shares one. */
  commentByNetwork: { operation: 'comment', actor: 'network', count: 20, windowSeconds: 60, withoutKv: 'admit' },
  /** Five a second under one article is more than any live event has brought, and less than a flood. */
  commentByArticle: { operation: 'comment', actor: 'article', count: 300, windowSeconds: 60, withoutKv: 'admit' },
  /** One D1 database writes so much comfortably beside its reads, so that one site's flood leaves the queue usable. */
  commentBySite: { operation: 'comment', actor: 'site', count: 1_200, windowSeconds: 60, withoutKv: 'admit' },
  /**
   * Editing and deleting, each of which reads four times the rows that a post does. A second look at several comments,
   * by several people in one office. Without KV they go on: nothing appears that has not passed the limits above.
   */
  editByNetwork: { operation: 'edit', actor: 'network', count: 30, windowSeconds: 60, withoutKv: 'admit' },
  /** Reports are read by people: a dozen a minute from one place is a campaign. */
  flagByNetwork: { operation: 'flag', actor: 'network', count: 12, windowSeconds: 60, withoutKv: 'admit' },
  /** Reading through a long thread with the thumb on the button. */
  voteByNetwork: { operation: 'vote', actor: 'network', count: 60, windowSeconds: 60, withoutKv: 'admit' },
  /**
   * Six readers of one household or office agree within ten minutes; sixty are one person. Beyond it votes are set
   * aside, and so are all new ones while KV cannot tell how many there were: a moderator can count them later, and
   * could not take out a hundred that had counted.
   */
  votesOnOneComment: {
    operation: 'votes-on-one-comment',
    actor: 'network',
    count: 6,
    windowSeconds: 600,
    withoutKv: 'refuse',
  },
  /** A preview is CPU only; someone who types and looks needs far less. */
  previewByNetwork: { operation: 'preview', actor: 'network', count: 60, windowSeconds: 60, withoutKv: 'admit' },
  /** A mailbox is not to be filled by strangers. */
  linkByAddress: { operation: 'sign-in-link', actor: 'address', count: 3, windowSeconds: 900, withoutKv: 'refuse' },
  linkByNetwork: { operation: 'sign-in-link', actor: 'network', count: 10, windowSeconds: 900, withoutKv: 'refuse' },
  /** A token has 256 bits: this is against noise, not against guessing. */
  sessionByNetwork: { operation: 'session', actor: 'network', count: 20, windowSeconds: 900, withoutKv: 'refuse' },
} as const satisfies Record<string, Limit>;
