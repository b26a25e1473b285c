import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from './openapi.ts';
import { referencePage } from './page/page.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const PARTS = join(import.meta.dirname, 'page');

/** Writes `openapi.json` and the page made from it, `api/index.html`, into the folder of the static assets. */
export function buildApiReference(outDir: string): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const document = openApiDocument(version);
  const pageDir = join(outDir, 'api');
  mkdirSync(pageDir, { recursive: true });
  writeFileSync(join(outDir, 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
  writeFileSync(join(pageDir, 'index.html'), referencePage(document));
  for (const file of readdirSync(PARTS).filter((name) => !name.endsWith('.ts'))) {
    copyFileSync(join(PARTS, file), join(pageDir, file));
  }
  copyFileSync(join(ROOT, 'src', 'console', 'icon.svg'), join(pageDir, 'icon.svg'));
}
