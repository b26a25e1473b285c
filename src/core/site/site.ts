/** The condition on which a comment under an article is seen: nothing, one approval per reader, or one per comment. */
export type ModerationMode = 'post' | 'first-comment' | 'pre';

export interface SiteSettings {
  moderation: ModerationMode;
  /** A comment on an article nobody registered: take the page's address from a registered origin, or refuse. */
  unknownArticles: 'register' | 'refuse';
  editWindowMinutes: number;
  maxGraphemes: number;
  /** More links than this hold a comment. */
  maxLinks: number;
  bannedWords: string[];
  suspectWords: string[];
}

export const DEFAULT_SETTINGS: SiteSettings = {
  moderation: 'first-comment',
  unknownArticles: 'register',
  editWindowMinutes: 15,
  maxGraphemes: 5_000,
  maxLinks: 2,
  bannedWords: [],
  suspectWords: [],
};

/** The settings that are lists of words: the log has an event for each word. */
export const WORD_LISTS = ['bannedWords', 'suspectWords'] as const satisfies readonly (keyof SiteSettings)[];

export interface Site {
  id: string;
  name: string;
  /** Origins whose pages may embed the widget, such as `https://news.example`. */
  origins: string[];
  settings: SiteSettings;
}

/** The site with the number of its settings' version, which grows with every change of them. */
export interface VersionedSite extends Site {
  version: number;
}

/** The lists of a site, and how many entries each may have. */
export const LIST_LIMITS = { bannedWords: 2_000, suspectWords: 2_000, origins: 20 } as const;

export type ListName = keyof typeof LIST_LIMITS;

/** The bytes of a word list in a statement, which may have 100,000 in all: both lists stand in one row. */
export const MOST_BYTES_A_LIST = 40_001;

/** A publisher's key as it may be listed: the key itself is not kept. `createdAt` in epoch milliseconds. */
export interface ApiKeyRecord {
  /** The mark of the secret that it is hashed under; empty: not known. */
  secretMark: string;
  id: string;
  name: string;
  createdAt: number;
}
