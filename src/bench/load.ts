import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Request } from '../contract/client.ts';

export interface LoadRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request of a client, as the load sends it. */
export function loadOf({ method, path, body }: Request, headers: Record<string, string> = {}): LoadRequest {
  if (body === undefined) return { method, path, headers };
  return { method, path, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Each request once, so many at a time, for at most `maxSeconds`. They never go to another machine. */
export interface Load {
  port: number;
  requests: LoadRequest[];
  concurrency: number;
  maxSeconds: number;
}

export interface LoadResult {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
  /** The number of answers by status. */
  statuses: Record<string, number>;
}

/** Throws where a scenario sent nothing, or was answered otherwise than it should be: such a run measures nothing. */
export function expectAnswers(
  scenario: string,
  status: number,
  { requests, statuses }: Pick<LoadResult, 'requests' | 'statuses'>,
): void {
  if (requests === 0) throw new Error(`${scenario} was not asked for`);
  if (statuses[status] !== requests) throw new Error(`${scenario} was answered ${JSON.stringify(statuses)}`);
}

/** A process of its own, so that sending is not counted with answering. */
export function startLoadProcess() {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), { stdio: 'inherit' });
  return {
    async run(load: Load): Promise<LoadResult> {
      const ended = new AbortController();
      const gone = once(child, 'exit', ended).then(() => Promise.reject(new Error('the load process has ended')));
      const answered = once(child, 'message', ended) as Promise<[LoadResult]>;
      child.send(load);
      try {
        return (await Promise.race([answered, gone]))[0];
      } finally {
        // Aborting removes the remaining listener and rejects its promise, which is no failure.
        gone.catch(() => {});
        ended.abort();
      }
    },
    stop: () => child.disconnect(),
  };
}
