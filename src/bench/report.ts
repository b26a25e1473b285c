import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../cli/project.ts';
import type { CrowdPage } from './crowd-page.ts';
import type { Figures } from './rounds.ts';

export interface Results {
  figures: Figures[];
  /** Gzipped bytes of the first page of an article with 1,000 comments, as the widget asks for it. */
  firstPageGzip: number;
  startupMillis: number;
  crowdPage: CrowdPage | null;
  rounds: number;
}

const REPORT = join(ROOT, 'docs', 'benchmarks.md');
const BEGIN = '<!-- figures: npm run bench -- --write -->';
const END = '<!-- end of figures -->';

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

const machine = (rounds: number): string[] => {
  const [processor] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    `${new Date().toISOString().slice(0, 10)} · ${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, ${gigabytes} GB, ${type()} ${release()}`,
    `Node ${process.versions.node} · Miniflare ${versionOf('miniflare')} · workerd ${versionOf('workerd')} · wrangler ${versionOf('wrangler')}`,
    `Medians of ${rounds} rounds, 16 requests at a time, sent by a process of its own.`,
  ];
};

const digits = (value: number | null, places: number): string =>
  value === null || Number.isNaN(value) ? '' : value.toFixed(places);
const times = (value: number | null): string => (value === null ? '' : `${digits(value, 2)} ×`);

const HEADS = [
  'scenario',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'CPU ms',
  'CPU / floor',
  'CPU / same calls',
  'rows read',
  'written',
  'trips',
  'KV',
  'bytes',
  'gzip',
];

const cellsOf = (one: Figures): string[] => [
  one.scenario.name,
  digits(one.perSecond, 0),
  digits(one.p50, 1),
  digits(one.p99, 1),
  digits(one.cpuMillis, 2),
  times(one.cpuRatio),
  times(one.sameCallsRatio),
  ...(one.cost === null
    ? ['', '', '', '']
    : [one.cost.rowsRead, one.cost.rowsWritten, one.cost.roundTrips, one.cost.kvOperations].map(String)),
  String(one.bytes),
  String(one.gzipBytes),
];

const markdownTable = (heads: string[], rows: string[][]): string => {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, n) => (n === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
};

interface Goal {
  name: string;
  goal: string;
  measured: string;
  /** null: not measured. */
  met: boolean | null;
}

/** The goals of the product, each with the figure that was measured. */
const goalsOf = ({ figures, firstPageGzip, startupMillis, crowdPage }: Results): Goal[] => {
  const figure = (name: string) => figures.find(({ scenario }) => scenario.name === name);
  type Value = number | null | undefined;
  type Show = (value: number) => string;
  const outcome = (value: Value, show: Show, isMet: (value: number) => boolean): Pick<Goal, 'measured' | 'met'> =>
    value === null || value === undefined || Number.isNaN(value)
      ? { measured: 'not measured', met: null }
      : { measured: show(value), met: isMet(value) };
  const atMost = (name: string, value: Value, most: number, show: Show): Goal => ({
    name,
    goal: `≤ ${show(most)}`,
    ...outcome(value, show, (measured) => measured <= most),
  });
  const factor = (value: number) => `${value.toFixed(2)} ×`;
  return [
    atMost('thread page, miss: CPU against one query', figure('GET thread, 52 comments, miss')?.cpuRatio, 1.5, factor),
    atMost('thread page, hit: CPU against hello world', figure('GET thread, 52 comments, hit')?.cpuRatio, 1.3, factor),
    atMost('the same page, 1,000,000 against 100 comments: CPU', crowdPage?.ratio, 1.2, factor),
    atMost('first page of a 1,000-comment article, gzip', firstPageGzip / 1_000, 12, (kB) => `${kB.toFixed(1)} kB`),
    {
      name: 'posts/s, whole pipeline, against a guarded INSERT',
      goal: '≥ 0.40 ×',
      ...outcome(figure('POST comment, whole pipeline')?.rateRatio, factor, (rate) => rate >= 0.4),
    },
    atMost(
      'cold start (wrangler check startup, active time)',
      startupMillis,
      50,
      (millis) => `${millis.toFixed(0)} ms`,
    ),
  ];
};

export function reportOf(results: Results): string {
  const goals = goalsOf(results).map(({ name, goal, measured, met }) => [
    name,
    goal,
    measured,
    met === null ? '' : met ? 'met' : 'not met',
  ]);
  return [
    ...machine(results.rounds).map((line) => `${line}  `),
    '',
    markdownTable(HEADS, results.figures.map(cellsOf)),
    '',
    markdownTable(['goal', 'asked', 'measured', ''], goals),
  ].join('\n');
}

/** Puts the figures into the document, between its two marks. */
export function writeReport(report: string): void {
  const text = readFileSync(REPORT, 'utf8');
  const [before, rest] = [text.slice(0, text.indexOf(BEGIN)), text.slice(text.indexOf(END))];
  if (!text.includes(BEGIN) || !text.includes(END)) throw new Error(`${REPORT} has lost the marks around its figures`);
  writeFileSync(REPORT, `${before}${BEGIN}\n${report}\n${rest}`);
}
