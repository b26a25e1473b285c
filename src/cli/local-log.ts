import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Log, LogLevel, type WorkerdStructuredLog } from 'miniflare';

/** Writes the lines of the Worker and the server to a file, new at each start. The terminal shows trouble alone. */
export class LocalLog extends Log {
  readonly #file: string;
  readonly #quiet: boolean;

  constructor(file: string, quiet: boolean) {
    super(LogLevel.INFO);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    this.#file = file;
    this.#quiet = quiet;
  }

  override logWithLevel(level: LogLevel, message: string): void {
    this.#write(message, level <= LogLevel.WARN);
  }

  override logReady(): void {}

  /** One console.* call of the Worker. */
  readonly workerLine = ({ level, message }: WorkerdStructuredLog): void => {
    this.#write(message, level === 'error' || level === 'warn');
  };

  #write(message: string, isTrouble: boolean): void {
    appendFileSync(this.#file, `${message}\n`);
    if (isTrouble && !this.#quiet) console.error(message);
  }
}
