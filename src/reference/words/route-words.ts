import type * as z from 'zod';
import type { Route } from '../../contract/routes.ts';

interface AnswerWords<Example> {
  readonly description?: string;
  readonly example?: Example;
}

/** What the reference adds to what the contract says of a route. All of it may be left out. */
export interface Words {
  readonly description?: string;
  /** What stands in the address, where the type of a parameter has no example of its own. */
  readonly params?: Readonly<Record<string, string>>;
  /** A query that a client of this route would really send. */
  readonly query?: string;
  readonly body?: unknown;
  /** What an answer means, and how one looks. */
  readonly answers?: { readonly [Status in number]?: AnswerWords<unknown> };
}

type InputOf<R> = R extends { readonly body: infer Schema extends z.ZodType } ? z.input<Schema> : never;
type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : never;

interface WordsOf<R extends Route> extends Words {
  readonly body?: InputOf<R>;
  readonly answers?: {
    readonly [Status in keyof R['answers'] & number]?: AnswerWords<OutputOf<R['answers'][Status]>>;
  };
}

/** Words on some routes; their examples must be of the routes' schemas. */
export type WordsOn<Routes extends Readonly<Record<string, Route>>> = {
  readonly [Name in keyof Routes]?: WordsOf<Routes[Name]>;
};
