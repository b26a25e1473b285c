import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../src/cli/project.ts';

const markdownUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });

export const PAGES = [join(ROOT, 'README.md'), ...markdownUnder(join(ROOT, 'docs'))].map((path) => ({
  name: relative(ROOT, path),
  path,
  text: readFileSync(path, 'utf8'),
}));

export const page = (name: string): string => PAGES.find((one) => one.name === name)?.text ?? '';

/** The fenced blocks of a page that are marked with these words, indented ones too. */
export const blocks = (name: string, marked: string): string[] =>
  [...page(name).matchAll(/^( *)```(.*)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , words]) => words === marked)
    .map(([, indent = '', , block = '']) => block.replace(new RegExp(`^${indent}`, 'gm'), ''));
