import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import { BodyTree } from '../../src/contract/body.ts';
import { PERMISSIONS } from '../../src/core/event/permissions.ts';
import { LIMITS, type Limit } from '../../src/core/rate-limit/limits.ts';
import { PHASE_NAMES } from '../../src/core/screening/screening.ts';
import { findWords } from '../../src/core/screening/words.ts';
import { componentsOf } from '../../src/reference/json-schema.ts';
import { openApiDocument } from '../../src/reference/openapi.ts';
import { referencePage } from '../../src/reference/page/page.ts';
import { PAGES, page } from '../support/pages.ts';

const withoutBlocks = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```$/gm, '');

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe.each(PAGES)('$name', ({ path, text }) => {
  it('links to files and headings that are there', () => {
    const links = [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? path : join(dirname(path), file);
      if (!existsSync(linked)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(linked, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files, folders and npm scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const files = [...text.matchAll(/\b(?:src|tests|docs|migrations)\/[\w./-]*\w/g)].map(([file]) => file);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const named = [...text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('the address of a deployment has one name, in the pages and in the reference', () => {
  const texts = [...PAGES.map(({ text }) => text), referencePage(openApiDocument('0.0.0'))];
  const names = texts.flatMap((text) => [...text.matchAll(/\$\{?(\w+)\}?\/v1\b/g)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(60);
  expect(new Set(names)).toEqual(new Set(['BELOWLINE_URL']));
  expect(texts.filter((text) => /\bexport (?!BELOWLINE_URL\b)(?:BELOWLINE|COMMENTS)/.test(text))).toEqual([]);
});

it('the decisions give a reason for every dependency', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as {
    dependencies: object;
    devDependencies: object;
    optionalDependencies: object;
  };
  const cells = [...page('docs/decisions/0001-stack-and-versions.md').matchAll(/^\| ([^|]+) \|/gm)];
  const named = cells.flatMap(([, cell = '']) => cell.split(', '));
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(names.filter((name) => !named.includes(name))).toEqual([]);
});

it('embedding.md names every type of a body, with its fields', () => {
  const { schemas, toSchema } = componentsOf();
  toSchema(BodyTree, 'output');
  const nodes = ['Block', 'Inline'].flatMap((name) => schemas[name]?.anyOf ?? []);
  const types = nodes.flatMap(({ properties: { t, ...fields } = {} }) =>
    [t?.const, ...(t?.enum ?? [])].filter((type) => type !== undefined).map((type) => [type, ...Object.keys(fields)]),
  );
  expect(types.length).toBeGreaterThan(9);
  const text = page('docs/embedding.md');
  for (const [type, ...fields] of types) {
    const [shown = ''] = new RegExp(`^\\| .*\\{"t":"${type}"[^}]*\\}`, 'm').exec(text) ?? [];
    for (const field of ['t', ...fields]) expect(shown, `${type}.${field}`).toContain(`"${field}":`);
  }
});

describe('storage.md', () => {
  const text = page('docs/storage.md');
  const sql = readdirSync(join(ROOT, 'migrations'))
    .map((name) => readFileSync(join(ROOT, 'migrations', name), 'utf8'))
    .join('\n');
  const named = (pattern: RegExp, source: string) => [...source.matchAll(pattern)].map(([, name = '']) => name);
  const firstCells = named(/^\| `([^`]+)`/gm, text);

  it('names every table and every index of the migrations, and no other', () => {
    const dropped = named(/^DROP TABLE (\w+)/gm, sql);
    const tables = named(/^CREATE TABLE (\w+)/gm, sql).filter((name) => !dropped.includes(name));
    const standing = new Set<string>();
    for (const [, verb, name = ''] of sql.matchAll(/^(CREATE|DROP) (?:UNIQUE )?INDEX (\w+)/gm)) {
      if (verb === 'CREATE') standing.add(name);
      else standing.delete(name);
    }
    const indexes = [...standing];
    expect(tables.length).toBeGreaterThan(10);
    expect([...tables, ...indexes].filter((name) => !firstCells.includes(name))).toEqual([]);
    const documented = named(/^\| `(\w+_by_\w+|comments_\w+|articles_to_\w+)`/gm, text);
    expect(documented.filter((name) => !indexes.includes(name))).toEqual([]);
  });

  it('names every column of comments', () => {
    const table = /CREATE TABLE comments \(([\s\S]*?)PRIMARY KEY/.exec(sql)?.[1] ?? '';
    const columns = named(/^ {2}([a-z_]+) (?:TEXT|INTEGER|REAL)/gm, table);
    expect(columns).toContain('text_hash');
    expect(
      columns.filter(
        (column) => !['site_id', 'created_at', 'edited_at'].includes(column) && !text.includes(`\`${column}\``),
      ),
    ).toEqual([]);
  });

  it('names every kind of key in KV', () => {
    const store = readFileSync(join(ROOT, 'src/store/cool-downs.ts'), 'utf8');
    const prefixes = new Set(named(/`([a-z]+):\$\{/g, store));
    expect(prefixes.size).toBe(1);
    for (const prefix of prefixes) expect(text).toContain(`| \`${prefix}:{site}\` |`);
  });
});

describe('moderation.md', () => {
  const text = page('docs/moderation.md');

  it('names every phase in order, every limit with its numbers, and every key', () => {
    const phases = [...text.matchAll(/^\| `([a-z-]+)` \| .*\|.*\|.*\|$/gm)].map(([, name]) => name);
    expect(phases).toEqual(PHASE_NAMES);
    expect(text).toContain(`${PHASE_NAMES.join(' --> ')} --> done(`);
    for (const [name, { actor, count, windowSeconds, aDay }] of Object.entries<Limit>(LIMITS)) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
      const isByMinute = actor === 'article' || actor === 'site';
      const window = isByMinute && windowSeconds === 60 ? 'a minute' : `${windowSeconds} s`;
      expect(row, name).toContain(
        `| ${count.toLocaleString('en')} in ${window} | ${aDay?.toLocaleString('en') ?? ''} |`,
      );
    }
    const source = readFileSync(join(ROOT, 'src/console/keyboard.ts'), 'utf8');
    const keys = [...source.matchAll(/\{ keys: \[([^\]]+)\]/g)].flatMap(
      ([, list = '']) => list.match(/[^', ]+/g) ?? [],
    );
    expect(keys.length).toBeGreaterThan(15);
    const names: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };
    for (const key of keys) expect(text).toContain(`\`${names[key] ?? key}\``);
  });

  it('shows words that the lists find, and words that they do not', () => {
    const table = /\| you write \|[\s\S]*?\n\n/.exec(text)?.[0] ?? '';
    const rows = table.split('\n').slice(2).filter(Boolean);
    const quoted = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const [, entries, found, notFound] = row.split('|');
      const [entry = ''] = quoted(entries);
      for (const words of quoted(found)) expect(findWords(words, [entry]), words).toHaveLength(1);
      for (const words of quoted(notFound)) expect(findWords(words, [entry]), words).toEqual([]);
    }
  });

  it('has a row for every action of the house, with those who may', () => {
    const house = ['moderator', 'admin', 'publisher', 'operator'];
    const actions = Object.entries<readonly string[]>(PERMISSIONS).filter(([, may]) =>
      may.some((one) => house.includes(one)),
    );
    expect(actions.length).toBeGreaterThan(10);
    for (const [action, may] of actions) {
      const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${action}\``)) ?? action;
      const cells = row.split('|').slice(2, 6);
      expect(
        cells.map((cell) => cell.trim() === 'yes'),
        row,
      ).toEqual(house.map((one) => may.includes(one)));
    }
  });
});

describe('the form of the "Deploy to Cloudflare" button', () => {
  it('has words beside each binding and each secret that it asks for', () => {
    const wrangler = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8');
    const bindings = [...wrangler.matchAll(/^(?:binding|name) = "([A-Z_]+)"$/gm)].map(([, name]) => name);
    const asked = readFileSync(join(ROOT, '.dev.vars.example'), 'utf8').matchAll(/^(\w+)=/gm);
    const { cloudflare } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      cloudflare: { bindings: Record<string, { description: string }> };
    };
    const expected = [...bindings.filter((name) => name !== 'ASSETS'), ...[...asked].map(([, name]) => name)];
    expect(expected).toContain('DB');
    expect(Object.keys(cloudflare.bindings).sort()).toEqual(expected.sort());
    for (const { description } of Object.values(cloudflare.bindings)) expect(description.length).toBeGreaterThan(20);
  });

  it('is opened by a picture with a link, as Cloudflare asks', () => {
    const base = 'https://deploy.workers.cloudflare.com';
    expect(page('README.md')).toContain(`[![Deploy to Cloudflare](${base}/button)](${base}/?url=https://`);
  });
});
