import type { Article } from '../article/article.ts';
import type { Body } from '../body/body.ts';
import type { Problem } from '../problem.ts';
import type { ReaderStanding } from '../reader/reader.ts';
import type { Site } from '../site/site.ts';

/** An earlier comment with the same text, found by its hash. */
export interface SameText {
  sameReader: boolean;
  sameArticle: boolean;
  /** True when it answers the same comment, or stands at the top of the same article. */
  sameParent: boolean;
  createdAt: number;
}

/** All that screening may look at: a phase is a pure function of it. Times are epoch milliseconds. */
export interface Submission {
  now: number;
  site: Site;
  article: Pick<Article, 'commenting' | 'moderation'>;
  authorName: string;
  source: string;
  /** The source before it was cleaned. */
  typed: string;
  body: Body;
  /** The body without markup, as parseBody's text. */
  text: string;
  reader: ReaderStanding;
  /** True while new comments from this network are held, because a reader there was banned. */
  isNetworkHeld: boolean;
  /** True when its parent, or its text before this edit, is in the shadow: its author alone sees that. */
  isInShadow: boolean;
  sameText: SameText[];
}

/** The first words that were found, those of them that are nowhere as written, and how many more there are. */
export interface FoundWords {
  words: string[];
  spelledOtherwise?: string[] | undefined;
  more?: number | undefined;
}

interface WordSignal<Name> extends FoundWords {
  phase: Name;
}

/**
 * The reason of a phase, kept with the comment: facts, whose sentence is made where a moderator reads it. A phase that
 * only ever refuses has none. None holds a network address.
 */
export type Signal =
  | { phase: 'repeated-text'; by: 'same-reader' | 'others'; comments: number }
  | { phase: 'ban'; because: 'shadow-ban' | 'in-shadow' | 'network' }
  | WordSignal<'banned-words'>
  | WordSignal<'suspect-words'>
  | { phase: 'links'; count: number; limit: number }
  | { phase: 'first-comment' }
  | { phase: 'pre-moderation' };

export const PHASE_NAMES = [
  'commenting-closed',
  'length',
  'repeated-text',
  'ban',
  'banned-words',
  'suspect-words',
  'links',
  'first-comment',
  'pre-moderation',
] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

/**
 * refuse: not stored, the reader is told. reject: stored, seen by nobody, the reader is told it was not accepted.
 * shadow: stored as rejected, and its author alone sees it as published. hold: waits for a moderator. pass: next phase.
 */
export type PhaseVerdict<Name extends PhaseName = PhaseName> =
  | { outcome: 'pass' }
  | { outcome: 'refuse'; problem: Problem }
  | { outcome: 'reject' | 'shadow' | 'hold'; signal: Signal & { phase: Name } };

export type Phase<Name extends PhaseName = PhaseName> = (submission: Submission) => PhaseVerdict<Name>;

/** The whole screening's word. `signals` names every phase that did not pass, in order. */
export type Verdict =
  | { outcome: 'refuse'; problem: Problem }
  | { outcome: 'publish' | 'hold' | 'reject' | 'shadow'; signals: Signal[] };
