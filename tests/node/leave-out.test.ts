import { join } from 'node:path';
import fc from 'fast-check';
import { build, type Plugin, type Rolldown } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { workerConfig } from '../../src/cli/build-configs.ts';
import { ROOT } from '../../src/cli/project.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { anyMarkdown } from '../support/any-markdown.ts';

/** The parser as the Worker's build makes it, of a markdown-it that may be another. */
const built = async (edit = (code: string) => code): Promise<typeof parseBody> => {
  const config = workerConfig('unused');
  const edits: Plugin = {
    name: 'edit',
    enforce: 'pre',
    transform: { filter: { id: /markdown-it\.mjs$/ }, handler: edit },
  };
  const output = await build({
    ...config,
    logLevel: 'silent',
    plugins: [edits, config.plugins],
    build: { ...config.build, ssr: join(ROOT, 'src/core/body/parse-body.ts'), write: false },
  });
  const [{ code }] = (output as Rolldown.RolldownOutput).output;
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).parseBody;
};

const EVERY_RULE = `# Heading

Underlined
---
1. one
2. two
   - *three* **four** ~~five~~ \`six\` _seven_\\
     eight

> [nine](https://a.example/b "c") ![ten](http://d.example) <https://e.example/f> https://g.example/h?i=[j](k).
> &euro; &#8364; &lt; \\* <b>HTML</b> <!-- no --> &nope;

***
\`\`\`js
code\`
\`\`\`

    indented

| a | b |
|---|---|
| 1 | 2 |

[nine]: https://k.example

[nine] (c) -- "quoted" me@mail.example www.l.example`;

describe('the parser of Markdown in the Worker', () => {
  let parse: typeof parseBody;
  beforeAll(async () => {
    parse = await built();
  });

  test('makes the same tree as the whole markdown-it, where every rule has something to do', () => {
    expect(parse(EVERY_RULE)).toEqual(parseBody(EVERY_RULE));
  });

  test('makes the same tree of whatever is typed', () => {
    fc.assert(
      fc.property(anyMarkdown, (source) => {
        expect(parse(source)).toEqual(parseBody(source));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is not built of a markdown-it that calls a rule or a member otherwise', async () => {
    await expect(built((code) => code.replaceAll('"emphasis"', '"stress"'))).rejects.toThrow('where is emphasis?');
    await expect(built((code) => code.replaceAll('zero: {', 'nought: {'))).rejects.toThrow('where is zero?');
  });
});
