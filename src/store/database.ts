import type { Deadline } from '../core/platform/deadline.ts';
import { StoreUnavailable } from '../core/platform/store-unavailable.ts';
import { inOurWords, isPassing } from './faults.ts';
import { inTime } from './in-time.ts';
import type { SQL } from './sql.ts';

/** Statements by name; `Rows` has the names that are read, with the type of a row of each. */
export type Statements<Rows extends object> = { [Name in keyof Rows]: SQL | SQL[] } & Record<string, SQL | SQL[]>;

/** A read that met a broken connection is tried again so many times. */
const RETRIES = 2;

/** The first wait before another try is up to so long, and each later one up to twice as long as the one before. */
const FIRST_PAUSE_MILLIS = 50;

const isRead = (statement: string): boolean => /^\s*SELECT\b/i.test(statement);

/** One D1 session. Each call is one round trip; a batch is atomic. */
export class Database {
  readonly #session: D1DatabaseSession;
  readonly #deadline: Deadline | null;
  readonly #onSize: (bytes: number) => void;
  #bytes: number | null = null;

  /**
   * @param deadline null for a job, which may wait for as long as D1 takes
   * @param onSize is told the size of the whole database after each statement or batch
   */
  constructor(session: D1DatabaseSession, deadline: Deadline | null = null, onSize = (_: number) => {}) {
    this.#session = session;
    this.#deadline = deadline;
    this.#onSize = onSize;
  }

  async all<Row>(query: SQL): Promise<Row[]> {
    const { text, values } = query;
    const { results, meta } = await this.#ask(isRead(text), () =>
      this.#session
        .prepare(text)
        .bind(...values)
        .all<Row>(),
    );
    this.#note(meta);
    return results;
  }

  /**
   * The statements run in the order of their names; a name may stand for several, and its rows are those of all of
   * them.
   */
  async batch<Rows extends object = Record<never, never>>(
    statements: Statements<Rows>,
  ): Promise<{ [Name in keyof Rows]: Rows[Name][] }> {
    const named = Object.entries(statements).flatMap(([name, queries]) =>
      (Array.isArray(queries) ? queries : [queries]).map(({ text, values }) => ({ name, text, values })),
    );
    const results = await this.#ask(
      named.every(({ text }) => isRead(text)),
      () => this.#session.batch<unknown>(named.map(({ text, values }) => this.#session.prepare(text).bind(...values))),
    );
    const rows: Record<string, unknown[]> = {};
    for (const name of Object.keys(statements)) rows[name] = [];
    for (const [i, { name }] of named.entries()) rows[name]?.push(...(results[i]?.results ?? []));
    this.#note(results.at(-1)?.meta);
    return rows as { [Name in keyof Rows]: Rows[Name][] };
  }

  /** The bookmark of this session; a later session that starts from it sees all that this one saw. */
  bookmark(): string | null {
    return this.#session.getBookmark();
  }

  /** The size of the whole database after the last statement; null before the first. */
  bytes(): number | null {
    return this.#bytes;
  }

  #note(meta: { size_after?: number } | undefined): void {
    if (meta?.size_after === undefined) return;
    this.#bytes = meta.size_after;
    this.#onSize(meta.size_after);
  }

  /** A write is not repeated here, because it may have been carried out before its answer was lost. */
  async #ask<Answer>(isRepeatable: boolean, work: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#inTime(work());
      } catch (error) {
        const pause = Math.random() * FIRST_PAUSE_MILLIS * 2 ** tries;
        const isLast = !isRepeatable || tries === RETRIES || this.#millisLeft() <= pause;
        if (isLast || !isPassing(error)) throw inOurWords(error, !isRepeatable);
        await scheduler.wait(pause);
      }
    }
  }

  #millisLeft(): number {
    return this.#deadline === null ? Number.POSITIVE_INFINITY : this.#deadline() - Date.now();
  }

  /** No request waits past its deadline, however slow D1 is. */
  async #inTime<Answer>(work: Promise<Answer>): Promise<Answer> {
    const millis = this.#millisLeft();
    if (millis === Number.POSITIVE_INFINITY) return work;
    return inTime(work, millis, () => new StoreUnavailable('late', 'D1 did not answer in time'));
  }
}
