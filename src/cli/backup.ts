import {
  appendFileSync,
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DatabaseView } from '../contract/database.ts';
import {
  type Ask,
  type Backup,
  type Footer,
  type Header,
  keyOf,
  lineOf,
  linesIn,
  openBackup,
  type Row,
  TableSum,
} from './backup-file.ts';
import { createProgress, type Show } from './backup-progress.ts';
import { describe, pagesOf } from './backup-rows.ts';
import { PlainError } from './project.ts';

/** Personal data and hashes of keys are in it: for the one who took it alone. */
const MODE = 0o600;

interface Begun {
  header: Header;
  /** The sums of the tables from which something has been read, in their order. */
  sums: Map<string, TableSum>;
  bytes: number;
  footer: Footer | null;
}

const begin = (partial: string, { at, ...description }: DatabaseView): Begun => {
  const header: Header = { belowlineBackup: 1, startedAt: at, ...description };
  const line = `${JSON.stringify(header)}\n`;
  writeFileSync(partial, line, { mode: MODE, flag: 'wx' });
  return { header, sums: new Map(), bytes: Buffer.byteLength(line), footer: null };
};

/** Reads what an earlier run has written. A line that it was torn from goes; the row is read again. */
async function takeUp(partial: string, now: DatabaseView): Promise<Begun | null> {
  // A run that ended before its first line was whole has written nothing.
  for await (const _ of linesIn(partial)) return takeUpAfter(partial, now);
  return null;
}

async function takeUpAfter(partial: string, now: DatabaseView): Promise<Begun> {
  const { header, end, contents } = await openBackup(partial);
  if (header.database !== now.database || header.migration !== now.migration)
    throw new PlainError(
      `${partial} was begun on ${header.database} at ${header.migration}, and this is ${now.database} at ${now.migration}. Delete it to begin anew.`,
    );
  const begun: Begun = { header, sums: new Map(), bytes: end, footer: null };
  for await (const content of contents) {
    begun.bytes = content.end;
    if ('footer' in content) begun.footer = content.footer;
    else sumOf(begun, content.table).add(content.row);
  }
  truncateSync(partial, begun.bytes);
  return begun;
}

const sumOf = ({ sums }: Begun, table: string): TableSum => {
  const sum = sums.get(table) ?? new TableSum(table);
  sums.set(table, sum);
  return sum;
};

/** Reads what is not in the file yet, table by table, and writes each page before it asks for the next. */
async function readOn(ask: Ask, begun: Begun, write: (text: string) => void, show: Show): Promise<void> {
  const { header } = begun;
  const latest = [...begun.sums.keys()].at(-1);
  const rest = header.tables.slice(
    Math.max(
      0,
      header.tables.findIndex(({ name }) => name === latest),
    ),
  );
  let done = [...begun.sums.values()].reduce((sum, { rows }) => sum + rows, 0);
  for (const table of rest) {
    const sum = sumOf(begun, table.name);
    const after: Row | null = sum.last && keyOf(table, sum.last);
    for await (const rows of pagesOf(ask, header.database, table, after)) {
      write(rows.map((row) => lineOf(table.name, row)).join(''));
      for (const row of rows) sum.add(row);
      done += rows.length;
      show(table.name, done);
    }
  }
}

/** Packs the file where its name asks for that, and gives it its name when it is whole. */
async function finish(partial: string, file: string): Promise<void> {
  if (!file.endsWith('.gz')) return renameSync(partial, file);
  const packed = `${file}.packing`;
  rmSync(packed, { force: true });
  await pipeline(createReadStream(partial), createGzip(), createWriteStream(packed, { mode: MODE }));
  renameSync(packed, file);
  rmSync(partial);
}

/**
 * Writes every row of a database to a file, and goes on where an earlier run ended. Each row is whole; a row that
 * another speaks of is there, since it is read later. What is written while it runs may or may not be in it.
 */
export async function backUp(ask: Ask, file: string, database: string, showing?: Show): Promise<Backup> {
  if (existsSync(file)) throw new PlainError(`${file} is there already. Name another file.`);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new PlainError(`There is no folder ${folder}. Make it, or name another.`);
  const partial = `${file}.partial`.replace(/\.gz\.partial$/, '.partial');
  const now = await describe(ask, database);
  const earlier = existsSync(partial) ? await takeUp(partial, now) : null;
  if (earlier === null) rmSync(partial, { force: true });
  const begun = earlier ?? begin(partial, now);
  chmodSync(partial, MODE);
  const all = begun.header.tables.reduce((sum, { rows }) => sum + rows, 0);
  const show = showing ?? createProgress(all, () => begun.bytes);
  if (begun.footer === null) {
    const write = (text: string): void => {
      appendFileSync(partial, text);
      begun.bytes += Buffer.byteLength(text);
    };
    await readOn(ask, begun, write, show);
    const { at: finishedAt, bookmark } = await describe(ask, database);
    const tables = begun.header.tables.map(({ name }) => sumOf(begun, name).total());
    begun.footer = { finishedAt, bookmark, tables };
    write(`${JSON.stringify(begun.footer)}\n`);
  }
  show('done', all);
  await finish(partial, file);
  return { header: begun.header, footer: begun.footer };
}
