import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const HERE = import.meta.dirname;

type Framework = 'react' | 'vue' | 'svelte';

/** How a page of each framework shows the component of the docs, with an article, and hears of what was posted. */
const PAGES: Record<Framework, { file: string; entry: string }> = {
  react: {
    file: 'Comments.jsx',
    entry: `import { createElement } from 'react';
      import { createRoot } from 'react-dom/client';
      import { Comments } from './Comments.jsx';
      const root = createRoot(document.getElementById('app'));
      const show = (article) => root.render(createElement(Comments, { article, onPosted: ({ detail }) => heard.push(detail) }));
      Object.assign(window, { show, heard: [] });
      show('ferry');`,
  },
  vue: {
    file: 'Comments.vue',
    entry: `import { createApp, h, ref } from 'vue';
      import Comments from './Comments.vue';
      const article = ref('ferry');
      Object.assign(window, { heard: [], show: (key) => { article.value = key; } });
      createApp({ render: () => h(Comments, { article: article.value, onPosted: (detail) => heard.push(detail) }) }).mount('#app');`,
  },
  svelte: {
    file: 'Comments.svelte',
    entry: `import { mount } from 'svelte';
      import Comments from './Comments.svelte';
      Object.assign(window, { heard: [] });
      mount(Comments, { target: document.getElementById('app'), props: { article: 'ferry', onposted: ({ detail }) => heard.push(detail) } });`,
  },
};

/** The compilers are called as the frameworks' own plugins call them, which would bring a second Vite along. */
async function compile(framework: Framework, source: string): Promise<string> {
  if (framework === 'svelte') {
    const { compile: compileSvelte } = await import('svelte/compiler');
    return compileSvelte(source, { generate: 'client', filename: 'Comments.svelte' }).js.code;
  }
  if (framework === 'react') return source;
  const { parse, compileScript } = await import('vue/compiler-sfc');
  const { descriptor } = parse(source);
  const isCustomElement = (tag: string): boolean => tag === 'belowline-comments';
  const templateOptions = { compilerOptions: { isCustomElement } };
  return compileScript(descriptor, { id: 'comments', inlineTemplate: true, templateOptions }).content;
}

/** The script of a page that shows the component of a snippet. */
export async function appOf(framework: Framework, snippet: string): Promise<string> {
  const { file, entry } = PAGES[framework];
  const files = new Map([
    [join(HERE, 'entry.js'), entry],
    [join(HERE, file), await compile(framework, snippet)],
  ]);
  const inMemory: Plugin = {
    name: 'in-memory',
    enforce: 'pre',
    resolveId: (id) => [...files.keys()].find((path) => path === id || path === join(HERE, id)) ?? null,
    load: (id) => {
      const code = files.get(id);
      return code === undefined ? null : { code, moduleType: file.endsWith('jsx') && id.endsWith(file) ? 'jsx' : 'js' };
    },
  };
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: HERE,
    mode: 'production',
    // A test runner's environment would ask for React's other runtime.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
    plugins: [inMemory],
    build: { write: false, rolldownOptions: { input: join(HERE, 'entry.js') }, modulePreload: false },
  });
  const [{ output } = { output: [] }] = [built].flat() as { output: { type: string; code?: string }[] }[];
  return output.find(({ type }) => type === 'chunk')?.code ?? '';
}
