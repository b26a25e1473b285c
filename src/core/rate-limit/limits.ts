/**
 * The one that is counted. A network is an IPv4 address or an IPv6 /64, a block an IPv6 /56, a range an IPv4 /24 or an
 * IPv6 /48; all of them are known by keyed hashes only.
 */
export type Actor = 'reader' | 'network' | 'block' | 'range' | 'address' | 'article' | 'site';

export type Operation =
  | 'comment'
  | 'edit'
  | 'flag'
  | 'vote'
  | 'votes-on-one-comment'
  | 'preview'
  | 'comment-attempt'
  | 'unknown-article'
  | 'sign-in-link'
  | 'session';

export interface Limit {
  operation: Operation;
  actor: Actor;
  count: number;
  windowSeconds: number;
  /** The most in any 24 hours; left out where the window alone says enough. */
  aDay?: number;
  /** The share of `count` and `aDay` that strangers may fill; left out where nothing is kept for others. */
  strangersShare?: number;
}

const MINUTE = 60;
const TEN_MINUTES = 600;
const QUARTER = 900;

/**
 * Readers without an approved comment are free to invent, so they fill four fifths of each limit of comments but the
 * reader's own. The last fifth is kept for those who have one: a carrier's customers share an address with whoever floods.
 */
const RESERVE = { strangersShare: 0.8 } as const;

/**
 * A network has its own limit; a block half as much again, since a household or a rented server has one; a range two or
 * three times as much, since 256 households or an office may share one, and whoever has a whole range to themselves must
 * not have more than a few of them.
 */
export const LIMITS = {
  /** A person writes at most a few comments a minute, and the keenest one some dozens a day. */
  commentByReader: { operation: 'comment', actor: 'reader', count: 5, windowSeconds: MINUTE, aDay: 100 },
  /** A guest key costs nothing to make anew, a network does; yet a school or an office shares one. */
  commentByNetwork: { operation: 'comment', actor: 'network', count: 20, windowSeconds: MINUTE, aDay: 300, ...RESERVE },
  commentByBlock: { operation: 'comment', actor: 'block', count: 30, windowSeconds: MINUTE, aDay: 450, ...RESERVE },
  commentByRange: { operation: 'comment', actor: 'range', count: 60, windowSeconds: MINUTE, aDay: 900, ...RESERVE },
  /** Five a second under one article is more than any live event has brought, and less than a flood. */
  commentByArticle: { operation: 'comment', actor: 'article', count: 300, windowSeconds: MINUTE, ...RESERVE },
  /** One D1 database writes so much comfortably beside its reads, so that one site's flood leaves the queue usable. */
  commentBySite: { operation: 'comment', actor: 'site', count: 1_200, windowSeconds: MINUTE, ...RESERVE },
  /**
   * Posts that are refused or sent again cost the reading of a text and a round trip, and leave no row to count. Where
   * these are full, a reader with an approved comment has as many alone.
   */
  attemptByNetwork: { operation: 'comment-attempt', actor: 'network', count: 40, windowSeconds: MINUTE },
  attemptByRange: { operation: 'comment-attempt', actor: 'range', count: 160, windowSeconds: MINUTE },
  /**
   * Editing and deleting, each of which reads four times the rows that a post does. A second look at several comments,
   * by several people in one office. What is not their own counts for nobody.
   */
  editByNetwork: { operation: 'edit', actor: 'network', count: 30, windowSeconds: MINUTE, aDay: 300 },
  editByBlock: { operation: 'edit', actor: 'block', count: 45, windowSeconds: MINUTE, aDay: 450 },
  editByRange: { operation: 'edit', actor: 'range', count: 60, windowSeconds: MINUTE, aDay: 600 },
  /** Reports are read by people: a dozen a minute from one place is a campaign, and so are a hundred a day. */
  flagByNetwork: { operation: 'flag', actor: 'network', count: 12, windowSeconds: MINUTE, aDay: 100 },
  flagByBlock: { operation: 'flag', actor: 'block', count: 18, windowSeconds: MINUTE, aDay: 150 },
  flagByRange: { operation: 'flag', actor: 'range', count: 24, windowSeconds: MINUTE, aDay: 200 },
  /** Reading through a long thread with the thumb on the button, by everybody in an office during a day. */
  voteByNetwork: { operation: 'vote', actor: 'network', count: 60, windowSeconds: MINUTE, aDay: 600 },
  voteByBlock: { operation: 'vote', actor: 'block', count: 90, windowSeconds: MINUTE, aDay: 800 },
  /** Each try reads a row or more for each network of its range, so a range has no more of them a day than this. */
  voteByRange: { operation: 'vote', actor: 'range', count: 120, windowSeconds: MINUTE, aDay: 1_000 },
  /**
   * Six readers of one household or office agree within ten minutes; sixty are one person. Beyond it votes are set aside:
   * a moderator can count them later, and could not take out a hundred that had counted.
   */
  votesOnOneComment: { operation: 'votes-on-one-comment', actor: 'network', count: 6, windowSeconds: TEN_MINUTES },
  /** The same for new keys (NEW_KEY_MILLIS) from a block and a range, where neighbours who never met may well agree. */
  votesOnOneByBlock: { operation: 'votes-on-one-comment', actor: 'block', count: 9, windowSeconds: TEN_MINUTES },
  votesOnOneByRange: { operation: 'votes-on-one-comment', actor: 'range', count: 12, windowSeconds: TEN_MINUTES },
  /** A preview is CPU only; someone who types and looks needs far less. */
  previewByNetwork: { operation: 'preview', actor: 'network', count: 40, windowSeconds: MINUTE },
  previewByRange: { operation: 'preview', actor: 'range', count: 160, windowSeconds: MINUTE },
  /**
   * Reading under the key of an article that is not there, which anybody can invent, each one past every cache. A page
   * of nothing is kept for 15 seconds: an office where sixty articles are open at once that nobody has commented on yet,
   * of a publisher who registers none, asks for no more.
   */
  unknownByNetwork: { operation: 'unknown-article', actor: 'network', count: 240, windowSeconds: MINUTE },
  unknownByRange: { operation: 'unknown-article', actor: 'range', count: 960, windowSeconds: MINUTE },
  /** A mailbox is not to be filled by strangers: what was mailed last still works. */
  linkByAddress: { operation: 'sign-in-link', actor: 'address', count: 3, windowSeconds: QUARTER },
  /** A desk of thirty behind one address on Monday morning, each of whom asks twice. */
  linkByNetwork: { operation: 'sign-in-link', actor: 'network', count: 60, windowSeconds: QUARTER, aDay: 300 },
  linkByBlock: { operation: 'sign-in-link', actor: 'block', count: 90, windowSeconds: QUARTER, aDay: 450 },
  linkByRange: { operation: 'sign-in-link', actor: 'range', count: 120, windowSeconds: QUARTER, aDay: 600 },
  /** A token has 256 bits: this is against noise, not against guessing. The same desk, with old links pressed again. */
  sessionByNetwork: { operation: 'session', actor: 'network', count: 90, windowSeconds: QUARTER, aDay: 450 },
  sessionByBlock: { operation: 'session', actor: 'block', count: 135, windowSeconds: QUARTER, aDay: 675 },
  sessionByRange: { operation: 'session', actor: 'range', count: 180, windowSeconds: QUARTER, aDay: 900 },
} as const satisfies Record<string, Limit>;

const NETWORKS: ReadonlySet<Actor> = new Set(['network', 'block', 'range']);

/** The limit as it holds for this reader. */
export function limitFor(limit: Limit, isStranger: boolean): Limit {
  const { count, aDay, strangersShare: share } = limit;
  if (!isStranger || share === undefined) return limit;
  return { ...limit, count: count * share, ...(aDay !== undefined && { aDay: aDay * share }) };
}

/** The limits of an operation that hold for the networks it is done from. */
export function networkLimits(operation: Operation, isStranger = false): Limit[] {
  return Object.values<Limit>(LIMITS)
    .filter((limit) => limit.operation === operation && NETWORKS.has(limit.actor))
    .map((limit) => limitFor(limit, isStranger));
}
