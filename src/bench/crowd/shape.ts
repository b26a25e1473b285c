/** The size of a crowd and of its parts. */
export interface CrowdShape {
  /** All comments of the site. */
  comments: number;
  /** All articles, the viral one included. */
  articles: number;
  /** Comments under the one viral article. */
  viral: number;
  /** Direct replies to the viral article's first comment. */
  replies: number;
  pending: number;
  rejected: number;
  spam: number;
  /** Visible comments that somebody reported and nobody has settled. */
  reported: number;
  /** Comments of the one reader who writes all day. */
  prolific: number;
  /** The mean length of a comment's text, in letters. */
  meanLength: number;
}

/** A crowd whose other numbers stand in a fixed proportion to its comments, as on a site that is looked after. */
export function crowdOf({
  comments,
  articles,
  viral,
  replies,
  meanLength = 300,
}: Pick<CrowdShape, 'comments' | 'articles' | 'viral' | 'replies'> & { meanLength?: number }): CrowdShape {
  return {
    comments,
    articles,
    viral,
    replies,
    pending: Math.floor(comments / 250),
    rejected: Math.floor(comments / 150),
    spam: Math.floor(comments / 500),
    reported: Math.floor(comments / 1_000),
    prolific: Math.floor(comments / 100),
    meanLength,
  };
}

/**
 * A hundred comments under the article that is measured, shaped as in the large crowd. They suffice for a page of five
 * that has a next page, a full queue page of ten, a full history of twenty, and counts of fifty articles.
 */
export const SMALL_CROWD: CrowdShape = {
  comments: 200,
  articles: 60,
  viral: 100,
  replies: 15,
  pending: 24,
  rejected: 3,
  spam: 2,
  reported: 5,
  prolific: 40,
  meanLength: 300,
};

export const CROWD_SITE = 'crowd';
export const VIRAL_ARTICLE = 'viral';

/** The guest key of the reader who writes all day, so that their own pages can be asked for. It is nobody's secret. */
export const PROLIFIC_GUEST_KEY = 'prolific-reader-of-the-crowd-0123456789-abc';

/** 44 letters, as a publisher's readable addresses have; the viral one alone is short, to be typed by hand. */
export function articleKey(article: number): string {
  return article === 0 ? VIRAL_ARTICLE : `why-the-ferry-was-late-again-this-time-${String(article).padStart(5, '0')}`;
}

const DAY = 86_400_000;
/** Fixed, so that the same shape is the same database on every day that it is made. */
const LAST_COMMENT_AT = Date.UTC(2026, 8, 30);
const FIRST_COMMENT_AT = LAST_COMMENT_AT - 300 * DAY;

/** Times grow with the comment's number, so that the order of numbers is the order of ids. */
export function postedAt(comment: number, comments: number): number {
  return FIRST_COMMENT_AT + Math.floor((comment / comments) * (LAST_COMMENT_AT - FIRST_COMMENT_AT));
}
