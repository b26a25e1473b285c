/** The facts of a failure that may be logged: of what kind it is, and where. */
export interface Fault {
  error: string;
  /** Places in our own files, `file:line:column`, the innermost first. */
  stack: string;
}

const FRAMES = 8;

/** A frame of V8: `at name (file:///…/src/http/app.ts:12:3)`, or without a name and the brackets. */
const FRAME = /^ {4}at (?:.+ \()?(?:file:\/\/)?([\w./-]+\.(?:js|ts)):(\d+):(\d+)\)?$/;

/** From our own folder on; a bundle is known by its name alone. */
const ourFile = (path: string): string => /(?:src|tests)\/[\w./-]+$/.exec(path)?.[0] ?? path.replace(/.*\//, '');

const placesIn = (frames: string): string[] =>
  frames.split('\n').flatMap((line) => {
    const [, path, row, column] = FRAME.exec(line) ?? [];
    return path === undefined || path.includes('node_modules/') ? [] : [`${ourFile(path)}:${row}:${column}`];
  });

/**
 * Without the message, which may quote somebody's text: a stack repeats it before its frames, so that what cannot be
 * told apart is left out.
 */
export function faultOf(thrown: unknown): Fault {
  if (!(thrown instanceof Error)) return { error: 'unknown', stack: '' };
  const { name, message, stack = '' } = thrown;
  const at = stack.indexOf(message);
  const frames = at < 0 ? '' : stack.slice(at + message.length);
  return { error: name, stack: placesIn(frames).slice(0, FRAMES).join(' < ') };
}
