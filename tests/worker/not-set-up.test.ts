import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import worker from '../../src/worker.ts';

/** A deployment before its secrets, variables and bindings are there. */

const lines: string[] = [];
const listen = () => {
  lines.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line: string) => lines.push(line));
};
afterEach(() => {
  vi.restoreAllMocks();
});

const ask = async (
  lacking: Record<string, unknown>,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
) => {
  const request = new Request(`https://comments.example${path}`, { method, headers }) as never;
  return worker.fetch(request, { ...env, ...lacking } as never, createExecutionContext());
};

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('a deployment without its secrets', () => {
  const lacking = { SECRET: undefined, OPERATOR_KEY: 'too-short-to-be-a-key' };

  test.each(['/', '/v1/health', '/v1/sites/gazette/articles/a/thread', '/nowhere'])(
    'says to a browser at %s what is missing and what to type, and no value',
    async (path) => {
      listen();
      const answer = await ask(lacking, path, BROWSER);
      const page = await answer.text();
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([503, 'text/html; charset=utf-8']);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(page).toContain('<h1>Belowline is not set up yet</h1>');
      expect(page).toContain('SECRET: is missing — <code>npx wrangler secret put SECRET</code>');
      expect(page).toContain('OPERATOR_KEY: has fewer than 32 characters — <code>npx wrangler secret put OPERATOR_KEY');
      expect(page).not.toContain('too-short');
      expect(page).not.toMatch(/`|<script/);
    },
  );

  test.each([['GET'], ['POST'], ['OPTIONS']])('says so to programs as a problem document: %s', async (method) => {
    listen();
    const answer = await ask(lacking, '/v1/sites', { Accept: 'application/json' }, method);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([503, 'application/problem+json']);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({
      ...{ status: 503, title: 'Belowline is not set up yet', reason: 'unavailable' },
      detail: expect.stringMatching(
        /^Belowline is not set up yet: SECRET: is missing — `npx wrangler secret put SECRET`/,
      ),
    });
  });

  test('says so in the log, by each run of the cron too', async () => {
    listen();
    const same = { ...env, ...lacking } as never;
    await worker.scheduled({} as never, same);
    await worker.scheduled({} as never, same);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['not-set-up', 'not-set-up', 'not-set-up']);
    expect(lines.join()).not.toContain('too-short');
  });
});

test.each([
  ['KV', undefined, 'KV: the binding is missing from wrangler.toml'],
  ['PUBLIC_URL', 'nowhere<b>', 'PUBLIC_URL: is not an address such as'],
  ['PLAN', 'huge', 'PLAN: is neither "free" nor "paid", see wrangler.toml'],
])('a deployment without a proper %s says so', async (name, value, words) => {
  listen();
  const page = await (await ask({ [name]: value }, '/', BROWSER)).text();
  expect(page).toContain(words);
  expect(page).not.toMatch(/nowhere|huge/);
});

test('a deployment that is whole is as it was', async () => {
  const answer = await ask({}, '/v1/health', BROWSER);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
});
