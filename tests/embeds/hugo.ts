import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureProgram } from '../support/debian-program.ts';
import { siteFolder } from './site-folder.ts';

const HUGO = ensureProgram({ name: 'Hugo', variable: 'HUGO_PATH', commands: ['hugo'], debian: 'hugo' });

const SINGLE = `<!doctype html>
<html lang="en"><title>{{ .Title }}</title><main>{{ .Content }}{{ partial "comments.html" . }}</main></html>
`;

/** The pages that Hugo makes of articles (paths without an ending, and their front matter) with this partial. */
export function builtWithHugo(partial: string, articles: Record<string, string>): Record<string, string> {
  const content = Object.entries(articles).map(([path, front]) => [
    `content/${path}.md`,
    `+++\n${front}\n+++\n\nThe ferry sails.\n`,
  ]);
  const folder = siteFolder({
    'config.toml': 'baseURL = "https://gazette.example/"\ndisableKinds = ["home", "section", "taxonomy", "term"]\n',
    'layouts/_default/single.html': SINGLE,
    'layouts/partials/comments.html': partial,
    ...Object.fromEntries(content),
  });
  // A layout that Hugo does not find is no more than a warning to it, and a page that is not there.
  execFileSync(HUGO, ['--quiet', '--panicOnWarning', '--cacheDir', join(folder, 'cache')], { cwd: folder });
  const built = (path: string): string => readFileSync(join(folder, 'public', path, 'index.html'), 'utf8');
  return Object.fromEntries(Object.keys(articles).map((path) => [path, built(path)]));
}
