import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LocalServer, startLocal } from '../../src/cli/local-server.ts';
import { localTarget } from '../../src/cli/operator-target.ts';
import { askWrangler } from '../../src/cli/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'belowline-local-'));
const stateDir = join(folder, 'state');
const begin = (fresh = false) => startLocal({ port: 0, stateDir, fresh, quiet: true, cron: false });

describe('the local server', () => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await begin();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('sends the paths of the API to the Worker and everything else to the files', async () => {
    const api = await fetch(`${server.url}/v1/no-such-thing`);
    expect(api.status).toBe(404);
    const widget = await fetch(`${server.url}/belowline.js`);
    expect(widget.status).toBe(200);
    expect(widget.headers.get('access-control-allow-origin')).toBe('*');
    expect(widget.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves the types of the widget as text', async () => {
    const types = await fetch(`${server.url}/belowline.d.ts`);
    expect([types.status, types.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await types.text()).toContain('belowline-comments');
  });

  it('has a page at its bare address that says where to go, and each place is there', async () => {
    for (const address of ['/', '/?from=somewhere']) {
      const home = await fetch(`${server.url}${address}`, { redirect: 'manual' });
      expect([home.status, home.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(home.headers.get('content-security-policy')).toContain("default-src 'none'");
      const page = await home.text();
      const places = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, place = '']) => place);
      expect(places).toEqual(expect.arrayContaining(['/console/', '/api/', '/demo/', '/openapi.json']));
      for (const place of places) expect((await fetch(`${server.url}${place}`)).status, place).toBe(200);
    }
  });

  it('has the version of the build in each line of the log', async () => {
    await server.runCron();
    const line = readFileSync(join(stateDir, 'worker.log'), 'utf8')
      .split('\n')
      .find((text) => text.includes('database-size'));
    expect(JSON.parse(line ?? '{}').version).toMatch(/^[0-9a-f]{10}(?:-changed)? \d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('sends each page with what keeps others out of it, and everything with the word that it is on https', async () => {
    for (const path of ['/console/', '/demo/', '/api/']) {
      const { headers } = await fetch(`${server.url}${path}`);
      expect([path, headers.get('cross-origin-opener-policy')]).toEqual([path, 'same-origin']);
      expect(headers.get('permissions-policy')).toContain('geolocation=()');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    for (const path of ['/console/', '/api/', '/belowline.js', '/openapi.json', '/v1/health']) {
      const { headers } = await fetch(`${server.url}${path}`);
      expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=31536000']);
    }
  });

  it('sends a page that is kept as gzip to who asks for that, and readable to who does not', async () => {
    await fetch(`${server.url}/v1/sites`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.secrets.OPERATOR_KEY}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: 'plain', name: 'Plain', origins: [] }),
    });
    const ask = async (headers: Record<string, string>) => {
      const [response] = (await once(get(`${server.url}/v1/sites/plain/counts?key=a`, { headers }), 'response')) as [
        IncomingMessage,
      ];
      const { 'content-encoding': encoding, 'content-length': length } = response.headers;
      return { encoding, length, body: await text(response) };
    };
    // A page that is kept so has a length; one that the server in front compresses on the way has none.
    await expect.poll(async () => (await ask({ 'Accept-Encoding': 'gzip' })).length).toBeDefined();
    for (const headers of [{}, { 'Accept-Encoding': 'identity' }]) {
      const answer = await ask(headers);
      expect([answer.encoding, answer.body]).toEqual([undefined, '{"counts":{"a":0}}']);
    }
  });

  it('serves the widget as one module for reading, and each part that it loads later', async () => {
    const source = await (await fetch(`${server.url}/belowline.js`)).text();
    expect(source).not.toMatch(/\bimport\s*["'`{*]|\bfrom\s*["'`]/);
    const parts = [...source.matchAll(/import\(`\.\/(.*?)`\)/g)].map(([, part]) => part);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      const { status, headers } = await fetch(`${server.url}/${part}`);
      expect([part, status, headers.get('access-control-allow-origin')]).toEqual([part, 200, '*']);
    }
  });

  it('serves the console under a policy that allows scripts of our own and no DOM from strings', async () => {
    const page = await fetch(`${server.url}/console/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect(page.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is what --local means, whatever its port and wherever BELOWLINE_URL leads', () => {
    const target = { baseUrl: server.url, operatorKey: server.secrets.OPERATOR_KEY };
    vi.stubEnv('BELOWLINE_URL', 'https://comments.example');
    expect(localTarget(stateDir)).toMatchObject(target);
    vi.unstubAllEnvs();
  });

  it('runs what the cron would run', async () => {
    await expect(server.runCron()).resolves.toBeUndefined();
  });

  it('leaves a database that wrangler counts as migrated', () => {
    const answer = askWrangler(['d1', 'migrations', 'list', 'DB', '--local', '--persist-to', stateDir]);
    expect(answer.output).toContain('No migrations to apply');
  });

  it('keeps its state from one start to the next, until it is told to begin anew', async () => {
    const { secrets } = server;
    writeFileSync(join(stateDir, 'mine.txt'), 'not of our making');
    await server.stop();
    server = await begin();
    expect(server.secrets).toEqual(secrets);
    await server.stop();
    server = await begin(true);
    expect(server.secrets).not.toEqual(secrets);
    expect(existsSync(join(stateDir, 'mine.txt'))).toBe(true);
  });
});
