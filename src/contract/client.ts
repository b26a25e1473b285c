// Requests of every client of ours: a route's address, filled in. Of the routes themselves only types come along, so
// that a page's script carries no schema.
import type * as z from 'zod/mini';
import type { Address, Method, RouteName, routes } from './routes.ts';

type RouteAt<At> = Extract<(typeof routes)[RouteName], { readonly at: At }>;

type NameIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NameIn<Rest> : never;

type InputOf<Route, Part extends string> = Route extends { readonly [Name in Part]: infer Schema }
  ? z.input<Schema>
  : Record<never, never>;

/** A value that a schema itself makes of a text has no type before that. A name without a value is left out. */
type QueryOf<Input> = {
  [Name in keyof Input]: unknown extends Input[Name] ? string | number | readonly string[] : NonNullable<Input[Name]>;
};

/** A part that has no fields is left out; one that needs none may be. */
type Part<Name extends string, Value> = [keyof Value] extends [never]
  ? unknown
  : Record<never, never> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/**
 * The input of the route at an address: its parameters by name, its query and its body. `Known` names the parameters
 * that a client has settled for all its calls.
 */
export type Sending<At, Known extends string = never> = {
  readonly [Name in Exclude<NameIn<At>, Known>]: string;
} & Part<'query', QueryOf<InputOf<RouteAt<At>, 'query'>>> &
  Part<'body', InputOf<RouteAt<At>, 'body'>>;

/** Its answer when all is well; nothing, where the answer has no body. */
export type AnswerAt<At> =
  RouteAt<At>['answers'] extends Record<number, infer Schema>
    ? Schema extends z.ZodMiniType
      ? z.output<Schema>
      : undefined
    : never;

export interface Request {
  method: Method;
  path: string;
  body?: object;
}

/** The request that asks the route at an address. */
export function requestTo<At extends Address>(at: At, sending: Sending<At>): Request {
  const parts: Record<string, unknown> = sending;
  const [method, template] = at.split(' ') as [Method, string];
  let path = template.replace(/{(\w+)}/g, (_, name) => encodeURIComponent(parts[name] as string));
  let sign = '?';
  for (const [name, values] of Object.entries(parts.query ?? {})) {
    for (const value of [values].flat()) {
      path += `${sign}${name}=${encodeURIComponent(value)}`;
      sign = '&';
    }
  }
  return { method, path, body: parts.body as object };
}
