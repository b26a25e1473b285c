/** Our own origin, where the benchmark's moderators say they come from. */
export const ORIGIN = 'https://comments.example';
