/** The last time that the jobs of the minute went through a database. */
export interface Run {
  /** Epoch milliseconds. */
  at: number;
  /** The jobs that failed, and since when they do. */
  failing: Record<string, number>;
}

export interface Migration {
  name: string;
  appliedAt: number;
}

export interface HealthStore {
  /** The last migration that the database has; null: none. */
  findLastMigration(): Promise<Migration | null>;
  /** The last migration that this code knows, by its name. */
  knownMigration: string;
  /** Keeps that the jobs have gone through. Answers the run before, and the size of the database if it was told. */
  recordRun(now: number, failed: readonly string[]): Promise<{ before: Run | null; bytes: number | null }>;
  /** Writes a row and reads it back. */
  probe(now: number): Promise<{ written: number | null; run: Run | null; bytes: number | null }>;
  /** Reads from KV. A write would be one of the free plan's 1,000 a day. */
  readKv(): Promise<void>;
}
