import { Agent, request as httpRequest } from 'node:http';
import type { Load, LoadRequest, LoadResult } from './load.ts';

/** The encodings that browsers accept. */
const ENCODINGS = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };

/** One request, its body read to the end. Answers the status. */
const send = (agent: Agent, port: number, { method, path, headers, body }: LoadRequest): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = { agent, host: '127.0.0.1', port, method, path, headers: { ...ENCODINGS, ...headers } };
    const request = httpRequest(sent, (response) => {
      response.on('data', () => {});
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });

const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const run = async ({ port, requests, concurrency, maxSeconds }: Load): Promise<LoadResult> => {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const millis: number[] = [];
  const statuses: Record<string, number> = {};
  const started = performance.now();
  let next = 0;
  const sender = async () => {
    while (next < requests.length && performance.now() - started < maxSeconds * 1_000) {
      const request = requests[next] as LoadRequest;
      next += 1;
      const sentAt = performance.now();
      const status = await send(agent, port, request);
      millis.push(performance.now() - sentAt);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  const seconds = (performance.now() - started) / 1_000;
  agent.destroy();
  const sorted = Float64Array.from(millis).sort();
  return { requests: millis.length, seconds, p50: at(sorted, 0.5), p99: at(sorted, 0.99), statuses };
};

process.on('message', async (load: Load) => process.send?.(await run(load)));
