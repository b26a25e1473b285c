import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressAt, findFreePort, requireFreePort } from '../../src/cli/port.ts';
import { ROOT } from '../../src/cli/project.ts';

it.each([
  ['127.0.0.1', 'http://localhost:8787'],
  ['0.0.0.0', 'http://localhost:8787'],
  ['::', 'http://localhost:8787'],
  ['::1', 'http://[::1]:8787'],
  ['2001:db8::7', 'http://[2001:db8::7]:8787'],
  ['192.0.2.7', 'http://192.0.2.7:8787'],
  ['comments.test', 'http://comments.test:8787'],
])('what listens on %s is at %s', (host, address) => {
  expect(addressAt(host, 8787)).toBe(address);
  expect(new URL(address).origin).toBe(address);
});

describe('a port that is already in use', () => {
  const other = createServer();
  let port = 0;

  beforeEach(async () => {
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    port = (other.address() as AddressInfo).port;
  });
  afterEach(async () => {
    other.close();
    await once(other, 'close');
  });

  it('is named, together with the flag that takes another', async () => {
    const refusal = requireFreePort(port, '127.0.0.1');
    await expect(refusal).rejects.toThrow(`Port ${port} is already in use`);
    await expect(refusal).rejects.toThrow(`npm start -- --port ${port + 1}`);
  });

  it('ends `npm start` with 1 before it has built or written anything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'belowline-port-'));
    const state = join(folder, 'state');
    const start = spawn(process.execPath, ['src/cli/start.ts', '--port', String(port), '--state', state], {
      cwd: ROOT,
    });
    const said: string[] = [];
    for (const stream of [start.stdout, start.stderr])
      stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const [code] = await once(start, 'close');
    expect(code).toBe(1);
    expect(said.join('').trim()).toBe(
      `Port ${port} is already in use. Stop what uses it, or take another:\n  npm start -- --port ${port + 1}`,
    );
    expect(existsSync(state)).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('is not in the way of a free one', async () => {
    await expect(requireFreePort(await findFreePort('127.0.0.1'), '127.0.0.1')).resolves.toBeUndefined();
  });
});
