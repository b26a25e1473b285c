import { setTimeout as pause } from 'node:timers/promises';

/** A new Worker is everywhere after some seconds, a new domain after some more. */
const PATIENCE_MS = 60_000;
const BETWEEN_MS = 2_000;

/** The address in wrangler's record of a deploy (`WRANGLER_OUTPUT_FILE_PATH`): a domain of one's own before others. */
export function addressIn(record: string): string | null {
  const targets = record
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type?: string; targets?: string[] })
    .flatMap(({ type, targets: named }) => (type === 'deploy' ? (named ?? []) : []));
  const own = targets.map((target) => /^([\w.-]+) \(custom domain/.exec(target)?.[1]).find(Boolean);
  const given = targets.map((target) => /^https:\/\/[\w.-]+/.exec(target)?.[0]).find(Boolean);
  return own === undefined ? (given ?? null) : `https://${own}`;
}

const troubleAt = async (url: string): Promise<string | null> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.ok ? null : `status ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
};

/** Asks until the answer is good, for a minute at most; answers what is wrong then. */
export async function askHealth(url: string, patienceMs = PATIENCE_MS): Promise<string | null> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const trouble = await troubleAt(url);
    if (trouble === null || performance.now() + BETWEEN_MS > until) return trouble;
    await pause(BETWEEN_MS);
  }
}
