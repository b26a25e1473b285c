import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { AnswerAt, Sending } from '../contract/client.ts';
import type { DatabaseView, RowsView } from '../contract/database.ts';
import type { Address } from '../contract/routes.ts';
import { PlainError } from './project.ts';

/** Asks a route with the operator's key. */
export type Ask = <At extends Address>(at: At, sending: Sending<At>) => Promise<AnswerAt<At>>;

export type Row = RowsView['rows'][number];

export type Table = DatabaseView['tables'][number];

/** The first line of a backup. The number grows when an older Belowline could not read the file any more. */
export interface Header {
  belowlineBackup: 1;
  database: string;
  migration: string;
  startedAt: string;
  bookmark: string | null;
  tables: Table[];
}

/** The last line: a file without it is not finished. */
export interface Footer {
  finishedAt: string;
  bookmark: string | null;
  tables: Sum[];
}

export interface Backup {
  header: Header;
  footer: Footer;
}

interface Sum {
  name: string;
  rows: number;
  sha256: string;
}

/** A row stands in a line of its own, behind the name of its table. */
export const lineOf = (table: string, row: Row): string => `["${table}",${JSON.stringify(row)}]\n`;

/** The rows of a table, counted and hashed in their order. */
export class TableSum {
  rows = 0;
  last: Row | null = null;
  readonly #hash: Hash = createHash('sha256');
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  add(row: Row): void {
    this.rows += 1;
    this.last = row;
    this.#hash.update(`${JSON.stringify(row)}\n`);
  }

  total(): Sum {
    return { name: this.#name, rows: this.rows, sha256: this.#hash.copy().digest('hex') };
  }
}

export const keyOf = ({ columns, key }: Table, row: Row): Row =>
  key.map((column) => row[columns.indexOf(column)] ?? null);

/** A line and the number of bytes up to its end. */
interface Line {
  text: string;
  end: number;
}

const NEW_LINE = 10;

/**
 * The whole lines of a file. They end at U+000A alone: `node:readline` would also part them at U+2028, which a text may
 * hold.
 */
export async function* linesIn(file: string): AsyncGenerator<Line> {
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  // The pipeline hands a fault of the file on to the one who reads what was unpacked.
  const source: AsyncIterable<Buffer> = file.endsWith('.gz') ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let at = rest.indexOf(NEW_LINE, from); at !== -1; at = rest.indexOf(NEW_LINE, from)) {
      end += at + 1 - from;
      yield { text: rest.toString('utf8', from, at), end };
      from = at + 1;
    }
    rest = rest.subarray(from);
  }
}

const readHeader = (file: string, text: string | undefined): Header => {
  try {
    const header = JSON.parse(text ?? '') as Header;
    if (header.belowlineBackup === 1) return header;
  } catch {}
  throw new PlainError(`${file} is no backup that this Belowline can read.`);
};

/** One line after the first: a row, or the footer. */
type Content = { table: string; row: Row; end: number } | { footer: Footer; end: number };

export interface BackupFile {
  header: Header;
  /** The bytes of the first line. */
  end: number;
  contents: AsyncIterable<Content>;
}

async function* contentsOf(lines: AsyncGenerator<Line>): AsyncGenerator<Content> {
  for await (const { text, end } of lines) {
    const line = JSON.parse(text) as [string, Row] | Footer;
    yield Array.isArray(line) ? { table: line[0], row: line[1], end } : { footer: line, end };
  }
}

export async function openBackup(file: string): Promise<BackupFile> {
  const lines = linesIn(file);
  const first = await lines.next().catch((error: NodeJS.ErrnoException) => {
    throw ['ENOENT', 'EISDIR'].includes(error.code ?? '') ? new PlainError(`There is no file ${file}.`) : error;
  });
  const header = readHeader(file, first.value?.text);
  return { header, end: first.value?.end ?? 0, contents: contentsOf(lines) };
}

/** Reads a backup from end to end. One that is not finished, or is not as it was written, is refused. */
export async function checkBackup(file: string): Promise<Backup> {
  const damaged = (what: string) => new PlainError(`${file} is damaged: ${what}. Take another backup.`);
  const { header, contents } = await openBackup(file);
  const sums = new Map(header.tables.map(({ name }) => [name, new TableSum(name)]));
  let footer: Footer | null = null;
  try {
    for await (const content of contents) {
      if ('footer' in content) footer = content.footer;
      else sums.get(content.table)?.add(content.row);
    }
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error));
  }
  if (footer === null) throw damaged('its end is missing');
  for (const { name, rows, sha256 } of footer.tables) {
    const sum = sums.get(name)?.total();
    if (sum?.rows !== rows || sum.sha256 !== sha256)
      throw damaged(`the rows of ${name} are not those that were written`);
  }
  return { header, footer };
}
