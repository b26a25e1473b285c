import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished, vi } from 'vitest';
import { findFreePort } from '../../src/cli/port.ts';
import { ensureProgram } from '../support/debian-program.ts';
import { siteFolder } from './site-folder.ts';

const NGINX = ensureProgram({ name: 'nginx', variable: 'NGINX_PATH', commands: ['nginx'], debian: 'nginx-light' });

/** All that nginx writes, in a folder of its own. One process, which runs as whoever started it and ends by its id. */
const configOf = (folder: string, port: number, locations: string): string => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr error;
events {}
http {
  access_log off;
  default_type text/html;
  charset utf-8;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/pages;
    location / { ssi on; }
    ${locations}
  }
}
`;

/** nginx with these locations of a publisher's and these pages, by their names; the address, without a slash at the end. */
export async function servedByNginx(locations: string, pages: Record<string, string>): Promise<string> {
  const port = await findFreePort('127.0.0.1');
  const folder = siteFolder(Object.fromEntries(Object.entries(pages).map(([name, html]) => [`pages/${name}`, html])));
  const config = siteFolder({ 'nginx.conf': configOf(folder, port, locations) });
  const child = spawn(NGINX, ['-p', folder, '-e', 'stderr', '-c', `${config}/nginx.conf`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let trouble = '';
  child.stderr.on('data', (chunk) => {
    trouble += chunk;
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  const address = `http://127.0.0.1:${port}`;
  const failed = ended.then(() => Promise.reject(new Error(`nginx has ended:\n${trouble}`)));
  await Promise.race([failed, vi.waitFor(() => fetch(address), { timeout: 10_000, interval: 20 })]);
  return address;
}
