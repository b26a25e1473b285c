import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { buildVersion } from './build-version.ts';
import { leaveOuts } from './leave-out.ts';
import { listFiles, ROOT } from './project.ts';

// Vite's own configuration files and .env files are not read: a build depends on this file alone.
const COMMON: InlineConfig = {
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  publicDir: false,
  // The mode is the same when a test runner with another NODE_ENV starts the build.
  mode: 'production',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** The widget's variables stand in the style sheet that every reader loads. */
const READING_STYLES = join(ROOT, 'src/widget/reading/styles.ts');

/** Takes the white space out, and calls the widget's own variables, which no page sets, --0, --1 and so on. */
function squeezeCss(css: string): string {
  const names = [...new Set(readFileSync(READING_STYLES, 'utf8').match(/--b-[\w-]+/g))];
  return css
    .replace(/--b-[\w-]+/g, (name) => {
      if (!names.includes(name)) throw new Error(`${name} does not stand in ${READING_STYLES}.`);
      return `--${names.indexOf(name)}`;
    })
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
    filter: { id: /\/widget\/\w+\/styles\.ts$/ },
    handler: (code) => code.replace(/(?<=const CSS = `)[^`]*/, squeezeCss),
  },
};

/** All that the widget's scripts depend on. */
const RELEASED = ['src/widget', 'src/contract', 'src/cli/build-configs.ts', 'package-lock.json'];

/**
 * The release of the widget, in the names of its parts: a part never meets a script of other sources than its own, nor
 * one of another build, which may export the same under other names.
 */
export function widgetVersion(): string {
  const hash = createHash('sha256');
  for (const file of RELEASED.flatMap((path) => listFiles(join(ROOT, path))))
    hash.update(`${relative(ROOT, file)}\n`).update(readFileSync(file));
  return hash.digest('base64url').slice(0, 8);
}

/**
 * A publisher's page loads the script by a fixed name. What it loads itself, when a reader does more than read, takes
 * all that both need from there, so that reading takes one request. Vite's library mode would keep line breaks and
 * indentation.
 */
export function widgetConfig(outDir: string, source: string, name: string): InlineConfig {
  return {
    ...COMMON,
    root: join(ROOT, 'src/widget'),
    ssr: { noExternal: true },
    plugins: [squeezeStyles],
    define: { ...COMMON.define, WIDGET_VERSION: JSON.stringify(widgetVersion()) },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      // Any other build would wrap each import() in a preloader of 1.3 kB.
      ssr: join(ROOT, 'src/widget', source),
      minify: true,
      rolldownOptions: {
        // An address stands where it is asked for, not in the script of all.
        optimization: { inlineConst: { mode: 'all', pass: 2 } },
        // The parts may take of the script what they share with it.
        preserveEntrySignatures: 'allow-extension',
        output: { entryFileNames: name, chunkFileNames: `belowline/[name]-${widgetVersion()}.js` },
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
      // The page's policy allows no small files as data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
}

/** In place of a package: what the Worker needs of it. Tests take the same, since it reads less. */
export const WORKER_ALIASES = { entities: join(ROOT, 'src/core/body/entities.ts') };

/** The one bundle of the Worker: the local server runs it, and wrangler uploads it as it is. */
export function workerConfig(outDir: string): InlineConfig {
  return {
    ...COMMON,
    root: ROOT,
    plugins: leaveOuts,
    ssr: { target: 'webworker', noExternal: true },
    define: { ...COMMON.define, BELOWLINE_VERSION: JSON.stringify(buildVersion()) },
    resolve: {
      alias: { ...WORKER_ALIASES, 'uc.micro': join(ROOT, 'src/core/body/punctuation.ts') },
      conditions: ['workerd', 'worker', 'browser', 'module', 'import', 'default'],
    },
    build: {
      ssr: join(ROOT, 'src/worker.ts'),
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      // A third of the size loads a quarter faster at each cold start; the map beside it keeps stack traces readable.
      minify: true,
      sourcemap: true,
      rolldownOptions: {
        external: [/^cloudflare:/],
        // A schema of which others take the fields goes when they go.
        treeshake: { propertyReadSideEffects: false },
        output: { entryFileNames: 'worker.js', codeSplitting: false },
      },
    },
  };
}
