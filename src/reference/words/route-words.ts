import type * as z from 'zod/mini';
import type { Route } from '../../contract/routes.ts';

interface AnswerWords<Example> {
  readonly description?: string;
  readonly example?: Example;
}

/** The reference's own words on a route, beside those of the contract. All of them may be left out. */
export interface Words {
  readonly description?: string;
  /** Examples of the parameters in the address, where their types have none. */
  readonly params?: Readonly<Record<string, string>>;
  /** A query that a client of this route would really send. */
  readonly query?: string;
  readonly body?: unknown;
  /** The meaning and an example of each answer. */
  readonly answers?: { readonly [Status in number]?: AnswerWords<unknown> };
}

type InputOf<R> = R extends { readonly body: infer Schema extends z.ZodMiniType } ? z.input<Schema> : never;
type OutputOf<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : never;

interface WordsOf<R extends Route> extends Words {
  readonly body?: InputOf<R>;
  readonly answers?: {
    readonly [Status in keyof R['answers'] & number]?: AnswerWords<OutputOf<R['answers'][Status]>>;
  };
}

/** Words on some routes; their examples must match the routes' schemas. */
export type WordsOn<Routes extends Readonly<Record<string, Route>>> = {
  readonly [Name in keyof Routes]?: WordsOf<Routes[Name]>;
};
