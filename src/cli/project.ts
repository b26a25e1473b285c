import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const ASSETS_DIR = join(ROOT, 'dist', 'assets');
export const WORKER_FILE = join(ROOT, 'dist', 'worker', 'worker.js');
export const DEFAULT_STATE_DIR = join(ROOT, '.belowline');

/** The file of a state folder with the address at which its server listens, or did last. */
export const ADDRESS_FILE = 'address';

/** A failure whose message is written for the person at the terminal: shown without a stack trace. */
export class PlainError extends Error {
  override name = 'PlainError';
}

/** Every file under a folder (or the file itself), in a stable order. */
export function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => listFiles(join(path, entry.name)));
}

/** Runs a command's main function: plain messages for plain errors, the stack for anything unexpected. */
export async function runCommand(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    process.exitCode = 1;
  }
}
