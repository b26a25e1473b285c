import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './project.ts';

const FOLDER = join(ROOT, 'src/widget/texts');

const languages = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => /^[a-z]{2}\.ts$/.test(name))
    .map((name) => basename(name, '.ts'));

/** Two modules for each language: a reader loads the second with the forms. English for reading is in the script itself. */
export async function writeCatalogues(outDir: string, version: string): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  for (const language of languages()) {
    const { reading, writing } = (await import(join(FOLDER, `${language}.ts`))) as Record<string, object>;
    const write = (name: string, words: object | undefined) =>
      writeFileSync(join(outDir, `${name}-${version}.js`), `export default ${JSON.stringify(words)}\n`);
    if (language !== 'en') write(language, reading);
    write(`${language}-writing`, writing);
  }
}
