import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureProgram } from '../support/debian-program.ts';
import { siteFolder } from './site-folder.ts';

const PHP = ensureProgram({ name: 'PHP', variable: 'PHP_PATH', commands: ['php'], debian: 'php-cli' });

/** Runs PHP, which may complain of nothing. */
function php(args: string[]): string {
  const strictly = ['-n', '-d', 'error_reporting=-1', '-d', 'display_errors=stderr'];
  const { status, stdout, stderr } = spawnSync(PHP, [...strictly, ...args], { encoding: 'utf8' });
  if (status !== 0 || stderr) throw new Error(`php ${args.join(' ')}\n${stderr}${stdout}`);
  return stdout;
}

/** The page that WordPress shows with this plugin: a post (number 7), a page, or the list of posts. */
export function shownByWordPress(
  plugin: string,
  { kind = 'post', theme = 'html5' }: { kind?: 'post' | 'page' | 'home'; theme?: 'html5' | 'xhtml' } = {},
): string {
  const file = join(siteFolder({ 'belowline.php': plugin }), 'belowline.php');
  php(['-l', file]);
  return php([join(import.meta.dirname, 'wordpress.php'), file, kind, theme]);
}
