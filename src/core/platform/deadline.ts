/** Answers the time, in epoch milliseconds, after which whoever asks waits no longer. */
export type Deadline = () => number;
