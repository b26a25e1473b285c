import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as viteBuild } from 'vite';
import { buildApiReference } from '../reference/write-reference.ts';
import { assetHeaders } from './asset-headers.ts';
import { consoleConfig, widgetConfig, widgetVersion, workerConfig } from './build-configs.ts';
import { ASSETS_DIR, listFiles, ROOT, runCommand, WORKER_FILE } from './project.ts';
import { writeCatalogues } from './write-catalogues.ts';

const STAMP_FILE = join(ROOT, 'dist', '.build-stamp');
const INPUTS = ['src', 'package-lock.json', 'wrangler.toml'];

/** Sizes and dates, not contents: a needless rebuild costs seconds, reading everything would slow down each start. */
function inputStamp(): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => listFiles(join(ROOT, input)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(ROOT, file)}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function isUpToDate(stamp: string): boolean {
  return (
    existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === stamp && existsSync(join(ASSETS_DIR, '_headers'))
  );
}

async function buildInto(outDir: string): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  await viteBuild(widgetConfig(outDir, 'widget.ts', 'belowline.js'));
  await viteBuild(widgetConfig(outDir, 'count.ts', 'count.js'));
  await writeCatalogues(join(outDir, 'belowline'), widgetVersion());
  // For editors and frameworks: what the element takes.
  for (const file of ['belowline.d.ts', 'custom-elements.json'])
    cpSync(join(ROOT, 'src/widget', file), join(outDir, file));
  await viteBuild(consoleConfig(join(outDir, 'console')));
  // The JSON files seed the demo; its pages do not load them.
  const filter = (path: string) => !path.endsWith('.json');
  cpSync(join(ROOT, 'src/home'), join(outDir, 'home'), { recursive: true });
  renameSync(join(outDir, 'home/index.html'), join(outDir, 'index.html'));
  cpSync(join(ROOT, 'src/demo'), join(outDir, 'demo'), { recursive: true, filter });
  buildApiReference(outDir);
  writeFileSync(join(outDir, '_headers'), `${assetHeaders()}\n`);
}

/** The new folder replaces the old one as a whole, so that a running server never reads a half-written one. */
function replaceFolder(fresh: string, target: string): void {
  const old = `${fresh}-old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

/** Builds the static assets into dist/assets. */
async function buildAssets(): Promise<void> {
  const fresh = join(ROOT, 'dist', `.assets-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  try {
    await buildInto(fresh);
    replaceFolder(fresh, ASSETS_DIR);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** One ES module and its map, into dist/worker. */
async function buildWorker(): Promise<void> {
  const fresh = join(ROOT, 'dist', `.worker-${process.pid}`);
  try {
    await viteBuild(workerConfig(fresh));
    replaceFolder(fresh, dirname(WORKER_FILE));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Builds assets and Worker, unless nothing has changed since the last time. */
export async function buildIfChanged(): Promise<'built' | 'unchanged'> {
  const stamp = inputStamp();
  if (isUpToDate(stamp) && existsSync(WORKER_FILE)) return 'unchanged';
  await buildAssets();
  await buildWorker();
  writeFileSync(STAMP_FILE, stamp);
  return 'built';
}

function printSizes(): void {
  for (const file of [...listFiles(ASSETS_DIR), WORKER_FILE]) {
    const bytes = readFileSync(file);
    const kilobytes = (size: number) => `${(size / 1000).toFixed(1)} kB`;
    console.log(
      `${kilobytes(gzipSync(bytes).length).padStart(9)} gzip ${kilobytes(bytes.length).padStart(10)}  ${relative(ASSETS_DIR, file)}`,
    );
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    await buildAssets();
    await buildWorker();
    printSizes();
    return 0;
  });
}
