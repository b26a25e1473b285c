import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { buildIfChanged } from '../../src/cli/build.ts';
import { ASSETS_DIR, ROOT, WORKER_FILE } from '../../src/cli/project.ts';

describe('the bundle of the Worker', () => {
  let code = '';
  let map: ConstructorParameters<typeof SourceMap>[0];
  beforeAll(async () => {
    await buildIfChanged();
    code = readFileSync(WORKER_FILE, 'utf8');
    map = JSON.parse(readFileSync(`${WORKER_FILE}.map`, 'utf8'));
  });

  it('is what a deploy uploads, as it is, with its map', () => {
    const config = readConfig({ config: join(ROOT, 'wrangler.toml') });
    expect(config).toMatchObject({ main: WORKER_FILE, no_bundle: true, upload_source_maps: true });
    expect(code.trimEnd().split('\n').at(-1)).toBe('//# sourceMappingURL=worker.js.map');
  });

  it('is translated by its map, so that a stack trace names the file and line of the source', () => {
    const sentence = 'Comments on this article are closed.';
    const before = code.slice(0, code.indexOf(sentence)).split('\n');
    const entry = new SourceMap(map).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    const source = readFileSync(join(ROOT, 'src/http/gate/problems.ts'), 'utf8');
    expect(entry).toMatchObject({
      originalSource: expect.stringMatching(/src\/http\/gate\/problems\.ts$/),
      originalLine: source.slice(0, source.indexOf(sentence)).split('\n').length - 1,
    });
  });

  it('has neither Zod’s classic interface nor JSON Schema, none of the packages that have a stand-in, and no Drizzle', () => {
    const left =
      /zod\/v4\/(?:classic|core\/(?:to-)?json-schema)|\/node_modules\/(?:entities|uc\.micro|linkify-it|mdurl|punycode|drizzle-orm)/;
    expect(map.sources.length).toBeGreaterThan(100);
    expect(map.sources.filter((source) => left.test(source))).toEqual([]);
  });

  it('has no word of what the reference alone says', () => {
    const words: string[] = [];
    JSON.parse(readFileSync(join(ASSETS_DIR, 'openapi.json'), 'utf8'), (key, value) => {
      if (/^(?:description|summary)$/.test(key) && / /.test(value)) words.push(value);
      return value;
    });
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter((some) => code.includes(some))).toEqual([]);
    expect(map.sources.filter((source) => source.endsWith('zod/v4/core/registries.js'))).toEqual([]);
  });
});
