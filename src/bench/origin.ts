/** Our own origin, which the benchmark's moderators send. */
export const ORIGIN = 'https://comments.example';
