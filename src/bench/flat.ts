import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedCrowd } from './crowd/seed.ts';
import { SMALL_CROWD } from './crowd/shape.ts';
import { flatProbes } from './flat-probes.ts';
import type { Cost, Executed } from './meter.ts';
import { type MeteredProduct, openMetered } from './metered-product.ts';

/** The most that a large database may cost against a small one. */
const ALLOWED_RATIO = 1.1;

interface Measured {
  cost: Cost;
  statements: Executed[];
  returned: number;
}

interface Comparison {
  name: string;
  small: Measured;
  large: Measured;
  /** Rows read, large against small; for lists, rows read for each thing returned. */
  ratio: number;
  isFlat: boolean;
  /** SQLite's plans of the costliest statements, where the request is not flat. */
  plans: string[];
}

const planOf = async ({ d1 }: MeteredProduct, { sql, values, rowsRead }: Executed): Promise<string> => {
  const { results } = await d1
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  const steps = results.map(({ detail }) => `      ${detail}`).join('\n');
  return `    ${rowsRead} rows: ${sql.replace(/\s+/g, ' ').trim()}\n${steps}`;
};

const measure = async (product: MeteredProduct, onMeasured: (name: string, measured: Measured) => Promise<void>) => {
  for (const { name, headers, returned, weighedBy, ...request } of await flatProbes(product)) {
    product.meter.take();
    const { body } = await product.request(request, headers);
    const metered = product.meter.takeWithStatements();
    const weighed = weighedBy === undefined ? body : (await product.request(weighedBy)).body;
    await onMeasured(name, { ...metered, returned: returned?.(weighed) ?? 1 });
  }
};

const rowsEach = ({ cost, returned }: Measured): number => cost.rowsRead / Math.max(1, returned);

/** Sends the same requests to both and compares their costs. */
async function compareCosts(small: MeteredProduct, large: MeteredProduct): Promise<Comparison[]> {
  const before = new Map<string, Measured>();
  await measure(small, async (name, measured) => void before.set(name, measured));
  const comparisons: Comparison[] = [];
  await measure(large, async (name, measured) => {
    const other = before.get(name);
    if (other === undefined) throw new Error(`${name} was asked of one database alone`);
    const ratio = rowsEach(measured) / rowsEach(other);
    // A single row more is a page that fell otherwise: fewer replies below its comments, and no growth.
    const isOneRowMore = measured.cost.rowsRead <= other.cost.rowsRead + 1;
    const isFlat = (ratio <= ALLOWED_RATIO || isOneRowMore) && measured.cost.roundTrips <= other.cost.roundTrips;
    const costly = [...measured.statements].sort((a, b) => b.rowsRead - a.rowsRead).slice(0, 2);
    const plans = isFlat ? [] : await Promise.all(costly.map((statement) => planOf(large, statement)));
    comparisons.push({ name, small: other, large: measured, ratio, isFlat, plans });
  });
  return comparisons;
}

/** Compares the crowd in a state folder with a hundred comments in one of its own. */
export async function checkFlatness(stateDir: string): Promise<Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-flat-'));
  const opened: MeteredProduct[] = [];
  const open = async (state: string) => {
    const product = await openMetered(state);
    opened.push(product);
    return product;
  };
  try {
    await seedCrowd(folder, SMALL_CROWD);
    return await compareCosts(await open(folder), await open(stateDir));
  } finally {
    for (const product of opened) await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const cells = ({ cost, returned }: Measured): string =>
  [cost.rowsRead, returned, cost.roundTrips, cost.rowsWritten].map((n) => String(n).padStart(7)).join('');

export function flatnessTable(comparisons: Comparison[]): string {
  const heads = ' rows  items  trips written'.padStart(28);
  const lines = comparisons.map(
    ({ name, small, large, ratio, isFlat }) =>
      `${name.padEnd(46)}${cells(small)}  |${cells(large)}  ${ratio.toFixed(2)}${isFlat ? '' : '  NOT FLAT'}`,
  );
  return [`${'each request'.padEnd(46)}${heads}  |${heads}  ratio`, ...lines].join('\n');
}
