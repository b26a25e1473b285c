import { join } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { ROOT } from './project.ts';

// Vite's own configuration files and .env files are not read: a build depends on what stands here alone.
const COMMON: InlineConfig = {
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  publicDir: false,
  // Also when a test runner, whose NODE_ENV is another, starts the build.
  mode: 'production',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** Without the white space that people need; the style sheet's own variables, which no page sets, become --0, --1 and so on. */
function squeezeCss(css: string): string {
  const names = [...new Set(css.match(/--b-[\w-]+/g))];
  return css
    .replace(/--b-[\w-]+/g, (name) => `--${names.indexOf(name)}`)
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};>]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replaceAll(';}', '}');
}

/** The widget's style sheet is text in its script, which no minifier looks into. */
const squeezeStyles: Plugin = {
  name: 'squeeze-styles',
  enforce: 'pre',
  transform: {
    filter: { id: /\/widget\/styles\.ts$/ },
    handler: (code) => code.replace(/(?<=const CSS = `)[^`]*/, squeezeCss),
  },
};

/**
 * One module with nothing beside it, since a publisher's page loads it by a fixed name. Not Vite's library mode, which
 * keeps line breaks and indentation: 16.2 kB over the wire instead of 14.9.
 */
export function widgetConfig(outDir: string, source: string, name: string): InlineConfig {
  return {
    ...COMMON,
    root: join(ROOT, 'src/widget'),
    plugins: [squeezeStyles],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: join(ROOT, 'src/widget', source),
        preserveEntrySignatures: 'exports-only',
        output: { entryFileNames: name, codeSplitting: false },
      },
    },
  };
}

export function consoleConfig(outDir: string): InlineConfig {
  return {
    ...COMMON,
    root: join(ROOT, 'src/console'),
    base: '/console/',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // Small files as data: URLs would need holes in the page's policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
}

export function workerConfig(outDir: string): InlineConfig {
  return {
    ...COMMON,
    root: ROOT,
    ssr: { target: 'webworker', noExternal: true },
    resolve: { conditions: ['workerd', 'worker', 'browser', 'module', 'import', 'default'] },
    build: {
      ssr: join(ROOT, 'src/worker.ts'),
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: {
        external: [/^cloudflare:/],
        output: { entryFileNames: 'worker.js', codeSplitting: false },
      },
    },
  };
}
