/** Shows how far a backup or a restore is; on a terminal in one line that is written anew. */
export type Show = (what: string, rows: number) => void;

const seconds = (left: number): string => {
  if (left < 90) return `${Math.ceil(left)} s`;
  return left < 5_400 ? `${Math.ceil(left / 60)} min` : `${(left / 3_600).toFixed(1)} h`;
};

const EVERY_MS = 1_000;

/** Before that a pace says nothing. */
const FIRST_ESTIMATE_MS = 3_000;

interface Showing {
  /** How often each row is gone through. What is shown is the rows of the pass that is on. */
  passes?: number;
  out?: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
}

/** @param all the rows there are, as far as it is known; `bytesSoFar` counts what has gone over the line */
export function createProgress(
  all: number,
  bytesSoFar: () => number,
  { passes = 1, out = process.stdout }: Showing = {},
): Show {
  const whole = passes * all;
  const started = performance.now();
  let begunAt: number | null = null;
  let shownAt = 0;
  let last = '';
  return (what, rows) => {
    const now = performance.now();
    if (what === last && rows < whole && now - shownAt < EVERY_MS) return;
    begunAt ??= rows;
    const share = whole === 0 ? 1 : Math.min(1, rows / whole);
    const inPass = rows > all ? rows - (passes - 1) * all : rows;
    const pace = (rows - begunAt) / (now - started);
    const isKnown = pace > 0 && rows < whole && now - started > FIRST_ESTIMATE_MS;
    const left = isKnown ? `   ${seconds((whole - rows) / pace / 1_000)} left` : '';
    const megabytes = (bytesSoFar() / 1e6).toFixed(1);
    const line = `  ${what.padEnd(28)} ${Math.floor(share * 100)} %   ${inPass.toLocaleString('en')} of ${all.toLocaleString('en')} rows   ${megabytes} MB${left}`;
    if (out.isTTY) out.write(`\r${line}\u001b[K${rows < whole ? '' : '\n'}`);
    else if (what !== last || now - shownAt >= 10 * EVERY_MS) out.write(`${line}\n`);
    last = what;
    shownAt = now;
  };
}
