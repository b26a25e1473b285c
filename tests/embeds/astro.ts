import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { siteFolder } from './site-folder.ts';

interface Compiler {
  transform(
    source: string,
    options: object,
  ): Promise<{ code: string; diagnostics: { severity: number; text: string }[] }>;
}

type Component = (props: Record<string, unknown>) => string;

/**
 * The HTML of an Astro component, made by `@astrojs/compiler` alone: the package `astro` is 157 MB with what it needs.
 * The few functions that a compiled component calls are written in `astro-runtime.ts`.
 */
export async function renderedByAstro(component: string, props: Record<string, unknown>): Promise<string> {
  const { transform } = createRequire(import.meta.url)('@astrojs/compiler') as Compiler;
  const internalURL = join(import.meta.dirname, 'astro-runtime.ts');
  const { code, diagnostics } = await transform(component, { filename: 'Comments.astro', internalURL });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ text }) => text).join('\n'));
  const folder = siteFolder({ 'Comments.mjs': code });
  const { default: render } = (await import(pathToFileURL(`${folder}/Comments.mjs`).href)) as { default: Component };
  return render(props);
}
