export interface RateLimitLog {
  findCoolDown(scope: string): Promise<number | null>;
  insertCoolDown(scope: string, until: number, windowSeconds: number): Promise<void>;
  /** Adds the attempt, then lists the oldest thousand of the scope, in order of time. */
  insertAndList(
    scope: string,
    attempt: { at: number; mark: string },
    windowSeconds: number,
  ): Promise<{ at: number; mark: string }[]>;
}
