import { type AnswerAt, type Request, requestTo, type Sending } from '../../contract/client.ts';
import type { Address } from '../../contract/routes.ts';
import { PlainError } from '../project.ts';

export interface Options {
  name?: string | undefined;
  database?: string | undefined;
  origin?: string[] | undefined;
  role?: string | undefined;
  since?: string | undefined;
  by?: string | undefined;
  json?: boolean | undefined;
  yes?: string | undefined;
  url?: string | undefined;
  headline?: string | undefined;
  published?: string | undefined;
  section?: string | undefined;
  topic?: string[] | undefined;
  author?: string[] | undefined;
}

export interface Command {
  words: string[];
  /** The words and options that are typed after the command's own. */
  usage: string;
  /** Its purpose, in a line or two. */
  about: string;
  takes: Takes;
  prepare(args: string[], options: Options): Request;
  /** The answer in words; empty where there is nothing to say. */
  describe(answer: unknown, options: Options): string;
  /** The sentence for an answer that has nothing, on none of its pages. */
  none?: string | undefined;
  /** The request for the rest of a long answer. */
  next(answer: unknown, args: string[], options: Options): Request | null;
  /** True when the answer is bad news: the command ends with 1. */
  isFault(answer: unknown): boolean;
}

/** A noun with its number: `1 event`, `2 events`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The number of words that follow the command's own, and the options beside --local and --help. */
interface Takes {
  args: number;
  options: (keyof Options)[];
}

/** A command calls one route and says what it answered. */
interface Plan<At> {
  usage: string;
  about: string;
  takes: Takes;
  take(args: (string | undefined)[], options: Options): Sending<At>;
  describe(answer: AnswerAt<At>, options: Options): string;
  none?: string;
  /** Additions for the next page, to the body or, where there is none, to the query; null after the last. */
  goOn?(answer: AnswerAt<At>): Record<string, string> | null;
  isFault?(answer: AnswerAt<At>): boolean;
}

export function command<At extends Address>(
  words: string,
  at: At,
  { usage, about, takes, take, describe, none, goOn, isFault }: Plan<At>,
): Command {
  return {
    words: words.split(' '),
    usage,
    about,
    takes,
    prepare: (args, options) => requestTo(at, take(args, options)),
    describe: (answer, options) => describe(answer as AnswerAt<At>, options),
    none,
    next(answer, args, options) {
      const more = goOn?.(answer as AnswerAt<At>) ?? null;
      if (more === null) return null;
      const sending = take(args, options) as Sending<At> & { query?: object; body?: object };
      const part = sending.body === undefined ? 'query' : 'body';
      return requestTo(at, { ...sending, [part]: { ...sending[part], ...more } });
    },
    isFault: (answer) => isFault?.(answer as AnswerAt<At>) ?? false,
  };
}

export function need(value: string | undefined, what: string): string {
  if (value) return value;
  throw new PlainError(`${what} is missing. Add --help to see what the command takes.`);
}

export function siteOf(value: string | undefined): string {
  return need(value, 'The site');
}

/** Asks for the name of a thing once more, where much follows. */
export function confirm(name: string, yes: string | undefined, follows: string): void {
  if (yes === name) return;
  throw new PlainError(`${follows} If you mean it, add: --yes ${name}`);
}
