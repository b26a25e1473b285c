/** The normal distribution's quantile for 95 %, as the server has it. */
const Z = 1.96;

/** What "top" sorts by, of the votes that are shown: the server's own score, which no answer holds. */
export function score({ upVotes, downVotes }: { upVotes: number; downVotes: number }): number {
  const all = upVotes + downVotes;
  if (all === 0) return 0;
  const doubt = Z * Math.sqrt((upVotes * downVotes) / all + Z ** 2 / 4);
  return (upVotes + Z ** 2 / 2 - doubt) / (all + Z ** 2);
}
