import type { Problem } from './problem.ts';

/** The answer of a use case: a value, or the one reason why there is none. Broken invariants throw instead. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}
export function refuse(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
