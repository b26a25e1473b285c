/** The UTF-8 of a comment's text as it is typed: the limit that stands beside the one in characters. */
export const SOURCE_BYTES = 16_000;
