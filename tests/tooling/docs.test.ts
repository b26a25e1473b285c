import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../src/cli/chromium.ts';
import { type LocalServer, startLocal } from '../../src/cli/local-server.ts';
import { askAsOperator } from '../../src/cli/operator-api.ts';
import { ROOT } from '../../src/cli/project.ts';
import { askWrangler } from '../../src/cli/run-program.ts';
import { updateArticle } from '../../src/contract/addresses.ts';
import { blocks } from '../support/pages.ts';

/** A command's words as a shell would part them: quotes, variables, and lines that go on. */
const wordsOf = (command: string, variables: Record<string, string>): string[] =>
  [...command.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"|(\$\w+)/g, (_, raw?: string, quoted?: string, bare?: string) => {
      if (raw !== undefined) return raw;
      return (quoted ?? bare ?? '').replace(/\$(\w+)/g, (__, name: string) => variables[name] ?? '');
    }),
  );

/** The commands of a block, each with what its next line says of the answer. */
const commandsOf = (block: string): { command: string; expected: string | null }[] => {
  const commands: { command: string; expected: string | null }[] = [];
  for (const [statement] of block.matchAll(/^(?:# .*|(?:'[^']*'|\\\n|[^\n'])+)$/gm)) {
    const last = commands.at(-1);
    if (!statement.startsWith('# ')) commands.push({ command: statement, expected: null });
    else if (last) last.expected = statement.slice(2);
  }
  return commands;
};

/** The request that curl would send. An option that is not known here is a mistake of the page. */
const requestOf = ([, ...words]: string[]): { url: string; init: RequestInit } => {
  const headers = new Headers();
  let method: string | undefined;
  let body: string | undefined;
  let url = '';
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-X') method = words.shift();
    else if (word === '-H') headers.append(...((words.shift() ?? '').split(/: (.*)/s).slice(0, 2) as [string, string]));
    else if (word === '--json') body = words.shift();
    else if (word.startsWith('-') || url !== '') throw new Error(`curl: ${word}`);
    else url = word;
  }
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  return {
    url,
    init: { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, ...(body !== undefined && { body }) },
  };
};

describe('what the pages say to type', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-docs-'));
  const variables: Record<string, string> = {};
  let server: LocalServer;
  let browser: Browser | undefined;

  beforeAll(async () => {
    server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
    const { OPERATOR_KEY } = server.secrets;
    Object.assign(variables, { BELOWLINE_URL: server.url, OPERATOR_KEY });
  });
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  /** Answers what a command of ours says. */
  const run = async (command: string, expected: string | null): Promise<string> => {
    const words = wordsOf(command, variables);
    if (words[0] === 'curl') {
      const { url, init } = requestOf(words);
      const response = await fetch(url, init);
      const body = await response.text();
      expect(`${response.status}`, `${command}\n${body}`).toBe(expected);
      return body;
    }
    expect(words.slice(0, 4), command).toEqual(['npm', 'run', 'belowline', '--']);
    const options = { encoding: 'utf8', cwd: stateDir, env: { ...process.env, ...variables } } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'src/cli/belowline.ts'), ...words.slice(4)],
      options,
    );
    expect(status, `${command}\n${stderr}`).toBe(0);
    const key = /^bl_\S+$/m.exec(stdout)?.[0];
    if (key) variables.API_KEY = key;
    return stdout;
  };

  // In this order, because a site and its key are made in the one and used in the other.
  it('makes a site, registers articles and asks for lists', async () => {
    const [first = '', ...later] = blocks('docs/runbook.md', 'sh run');
    const all = [first, ...blocks('docs/embedding.md', 'sh run'), ...later].flatMap(commandsOf);
    expect(all.length).toBeGreaterThan(12);
    for (const { command, expected } of all) await run(command, expected);
    expect(variables.API_KEY).toMatch(/^bl_gazette_/);
  });

  it('is SQL that the database understands', () => {
    const file = join(stateDir, 'docs.sql');
    const statements = blocks('docs/runbook.md', 'sql run');
    expect(statements.length).toBeGreaterThan(1);
    writeFileSync(file, statements.join('\n'));
    const answer = askWrangler(['d1', 'execute', 'DB', '--local', '--persist-to', stateDir, '--file', file, '--json']);
    expect(answer.ok, answer.trouble).toBe(true);
    const results = JSON.parse(answer.output) as { success: boolean }[];
    expect(results.length).toBe(
      statements
        .join('\n')
        .split(/;\s*$/m)
        .filter((one) => one.trim() !== '').length,
    );
    expect(results.every((result) => result.success)).toBe(true);
  });

  it('backs a database up, and restores it on another server', async () => {
    const [backup, restore, ...more] = blocks('docs/runbook.md', 'sh backup').flatMap(commandsOf);
    expect(more).toEqual([]);
    await run(backup?.command ?? '', null);
    const other = await startLocal({ port: 0, stateDir: join(stateDir, 'other'), quiet: true, cron: false });
    const settings = async ({ url, secrets: { OPERATOR_KEY } }: LocalServer): Promise<unknown> => {
      const headers = { Authorization: `Bearer ${OPERATOR_KEY}` };
      return (await fetch(`${url}/v1/sites/gazette/settings`, { headers })).json();
    };
    try {
      const here = { ...variables };
      Object.assign(variables, { BELOWLINE_URL: other.url, OPERATOR_KEY: other.secrets.OPERATOR_KEY });
      await run(restore?.command ?? '', null);
      Object.assign(variables, here);
      expect(await settings(other)).toEqual(await settings(server));
      expect(await settings(other)).toMatchObject({ id: 'gazette' });
    } finally {
      await other.stop();
    }
  });

  it('rehearses a restore on a server without the demo, whatever BELOWLINE_URL says', async () => {
    const [start, restore, ...looks] = blocks('docs/runbook.md', 'sh rehearsal').flatMap(commandsOf);
    const [npm, begin, , ...options] = wordsOf(start?.command ?? '', variables);
    expect([npm, begin]).toEqual(['npm', 'start']);
    const onFreePort = options.map((word) => (word === '8788' ? '0' : word));
    const rehearsal = spawn(process.execPath, [join(ROOT, 'src/cli/start.ts'), ...onFreePort], { cwd: stateDir });
    const ended = once(rehearsal, 'close');
    let said = '';
    rehearsal.stdout.on('data', (part) => {
      said += part;
    });
    try {
      const next = restore?.command.replace('gazette.ndjson.gz', '<file>') ?? '';
      await expect.poll(() => said, { timeout: 30_000 }).toContain(`${next}\n`);
      await run(restore?.command ?? '', null);
      const answers: string[] = [];
      for (const { command } of looks) answers.push(await run(command, null));
      const console = /http:\S+\/console\//.exec(said)?.[0] ?? 'no console';
      expect(answers).toEqual([expect.stringMatching(/^gazette [^\n]*\n$/), expect.stringContaining(console)]);
    } finally {
      rehearsal.kill('SIGTERM');
      await ended;
    }
  });

  it('embeds a thread under the policy that the page names', async () => {
    const executablePath = findChromium();
    if (executablePath === null) throw new Error('There is no Chromium on this machine; npm test installs it.');
    const { OPERATOR_KEY: operatorKey } = server.secrets;
    const path = '/v1/sites/gazette/articles/strait-ferry-talks';
    await askAsOperator({ baseUrl: server.url, operatorKey }, updateArticle, {
      site: 'gazette',
      article: 'strait-ferry-talks',
      body: { moderation: 'post', commenting: 'open' },
    });
    const posted = await fetch(`${server.url}${path}/comments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${'k'.repeat(43)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ authorName: 'Ada', body: 'Seen in the embedded thread.' }),
    });
    expect(posted.status).toBe(201);

    const here = (text: string) => text.replaceAll('https://comments.example', server.url);
    const [embed = ''] = blocks('docs/embedding.md', 'html embed');
    const [policy = ''] = blocks('docs/embedding.md', 'csp');
    const [counts = '', , countScript = ''] = blocks('docs/embedding.md', 'html');
    browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
    const view = await browser.newPage();
    const complaints: string[] = [];
    view.on('pageerror', (error) => complaints.push(error.message));
    view.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    // A publisher's server of its own, so that the widget stands in a page of another origin.
    const publisher = createServer((request, response) => {
      const under = request.url === '/' ? countScript : embed;
      const headers = {
        'Content-Type': 'text/html',
        'Content-Security-Policy': here(`default-src 'none'; ${policy.trim()}`),
      };
      response.writeHead(200, headers);
      response.end(here(`<!doctype html><html lang="en"><title>Talks</title>${counts}${under}</html>`));
    }).listen(0, '127.0.0.1');
    await once(publisher, 'listening');
    const gazette = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`;
    await view.goto(`${gazette}/world/strait-ferry-talks`);
    await view.getByText('Seen in the embedded thread.').waitFor();
    await view.locator('[data-belowline-count]', { hasText: '1 Comment' }).waitFor();
    // The count is a link to the thread of that page.
    const [, target = ''] = /href="[^"]*(#[^"]+)"/.exec(counts) ?? [];
    expect(await view.locator(target).evaluate((element) => element.localName)).toBe('belowline-comments');
    expect(blocks('README.md', 'html')[0]).toBe(embed);
    await view.goto(`${gazette}/`);
    await view.locator('[data-belowline-count]', { hasText: '1 Comment' }).waitFor();
    expect(complaints).toEqual([]);
    publisher.close();
  });
});
