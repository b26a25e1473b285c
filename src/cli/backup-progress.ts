/** Shows how far a backup or a restore is; on a terminal in one line that is written anew. */
export type Show = (what: string, rows: number) => void;

const seconds = (left: number): string => {
  if (left < 90) return `${Math.ceil(left)} s`;
  return left < 5_400 ? `${Math.ceil(left / 60)} min` : `${(left / 3_600).toFixed(1)} h`;
};

const EVERY_MS = 1_000;

/** @param all the rows there are to do, as far as it is known; `bytesSoFar` counts what has gone over the line */
export function createProgress(all: number, bytesSoFar: () => number, out: NodeJS.WriteStream = process.stdout): Show {
  const started = performance.now();
  let begunAt: number | null = null;
  let shownAt = 0;
  let last = '';
  return (what, rows) => {
    const now = performance.now();
    if (what === last && rows < all && now - shownAt < EVERY_MS) return;
    begunAt ??= rows;
    const share = all === 0 ? 1 : Math.min(1, rows / all);
    const pace = (rows - begunAt) / (now - started);
    const left = pace > 0 && rows < all ? `   ${seconds((all - rows) / pace / 1_000)} left` : '';
    const megabytes = (bytesSoFar() / 1e6).toFixed(1);
    const line = `  ${what.padEnd(28)} ${Math.floor(share * 100)} %   ${rows.toLocaleString('en')} of ${all.toLocaleString('en')} rows   ${megabytes} MB${left}`;
    if (out.isTTY) out.write(`\r${line}\u001b[K${rows < all ? '' : '\n'}`);
    else if (what !== last || now - shownAt >= 10 * EVERY_MS) out.write(`${line}\n`);
    last = what;
    shownAt = now;
  };
}
