/** Seconds between two questions while there is news, or none has failed to come yet. */
const SHORTEST = 20;

const LONGEST = 300;

/** So many questions in vain are asked at the shortest distance. */
const PATIENT = 3;

/** Seconds until the next question, after so many in a row that brought no news: 20, 20, 20, 40, 80, 160, 300. */
export function secondsAfter(inVain: number): number {
  return Math.min(LONGEST, SHORTEST * 2 ** Math.max(0, inVain - PATIENT));
}
