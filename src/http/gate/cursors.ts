import type { Problem } from '../../core/problem.ts';

/** Grows when the meaning of a position changes; older cursors are then refused. */
const VERSION = 1;

/** A letter that `btoa` does not take, as JSON may write it. */
const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

const URL_SAFE: Record<string, string> = { '+': '-', '/': '_', '=': '' };

const toText = (value: unknown): string =>
  btoa(JSON.stringify(value).replace(/[^ -~]/g, escaped)).replace(/[+/=]/g, (letter) => URL_SAFE[letter] ?? '');

const fromText = (text: string): unknown => JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));

/** Short, so that a long article key does not make a long cursor; only to tell scopes apart, not to hide them. */
const scopeMark = (scope: string[]): string => {
  const text = scope.join('\u0000');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
};

/**
 * A place in a list, as text.
 * @param scope the kind of the list, its site, and what else tells it from others: the article, the sort, the filter. A
 * cursor is good for its own list alone.
 */
export function writeCursor(scope: string[], position: (string | number)[]): string {
  return toText([VERSION, scopeMark(scope), position]);
}

const NOT_OURS: Problem = {
  reason: 'invalid-input',
  errors: [{ field: 'cursor', message: 'This cursor is not for this list. Start again without it.' }],
};

/** The position in a cursor, null without one, or the problem with it. `shape` names the type of each part. */
export function readCursor<Position extends (string | number)[]>(
  scope: string[],
  text: string | undefined,
  shape: { [K in keyof Position]: Position[K] extends string ? 'string' : 'number' },
): { ok: true; value: Position | null } | { ok: false; problem: Problem } {
  if (text === undefined) return { ok: true, value: null };
  let read: unknown;
  try {
    read = fromText(text);
  } catch {
    return { ok: false, problem: NOT_OURS };
  }
  const position = Array.isArray(read) ? (read[2] as unknown) : null;
  // Written again it is the same text, or it is of another list: Base64 and JSON have several ways to write one thing,
  // and a page has one address.
  const isOurs = Array.isArray(position) && writeCursor(scope, position) === text;
  const fits = (some: unknown[]) => some.length === shape.length && some.every((part, i) => typeof part === shape[i]);
  return isOurs && fits(position) ? { ok: true, value: position as Position } : { ok: false, problem: NOT_OURS };
}
