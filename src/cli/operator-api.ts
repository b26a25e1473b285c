import { type AnswerAt, type Request, requestTo, type Sending } from '../contract/client.ts';
import { faultInWords } from '../contract/field-words.ts';
import type { ProblemDocument } from '../contract/problem.ts';
import type { Address } from '../contract/routes.ts';
import type { OperatorTarget } from './operator-target.ts';
import { PlainError } from './project.ts';

/** Calls a route with the operator's key. */
export async function askAsOperator<At extends Address>(
  operator: OperatorTarget,
  at: At,
  sending: Sending<At>,
): Promise<AnswerAt<At>> {
  return (await requestJson(operator, requestTo(at, sending))) as AnswerAt<At>;
}

/** One request with the operator's key. A refusal is thrown with the words of its problem document. */
export async function requestJson(
  { baseUrl, operatorKey, advice }: OperatorTarget,
  { method, path, body }: Request,
): Promise<unknown> {
  const response = await send(new URL(path, baseUrl), advice, {
    method,
    headers: {
      authorization: `Bearer ${operatorKey}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status === 401) throw new PlainError(`${new URL(baseUrl).origin} does not know this OPERATOR_KEY.`);
  if (!response.ok) throw new PlainError(describeRefusal(response, path, text));
  return text === '' ? undefined : JSON.parse(text);
}

async function send(url: URL, advice: string | undefined, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new PlainError(`${url.origin} does not answer: ${cause}${advice === undefined ? '' : `. ${advice}`}`);
  }
}

/** The commands that list what a path names, from the site on. */
function listsOf(path: string): string[] {
  const [, , , site, kind] = path.split('/');
  const word = { articles: 'article', keys: 'key', moderators: 'moderator' }[kind ?? ''];
  return ['site list', ...(word === undefined ? [] : [`${word} list ${site}`])];
}

function describeRefusal(response: Response, path: string, text: string): string {
  const problem = parseProblem(text);
  // The detail is the same errors in one line.
  const fields = problem.errors?.map((fault) => `\n  ${faultInWords(fault)}`).join('');
  const said = fields ?? (problem.detail ? ` ${problem.detail}` : '');
  const lists = problem.reason === 'not-found' && path.startsWith('/v1/sites/') ? listsOf(path) : [];
  const more = lists.length > 0 ? ` To see what there is: ${lists.join(', ')}.` : '';
  return `${response.status} ${problem.title ?? response.statusText}${said ? `:${said}` : ''}${more}`;
}

function parseProblem(text: string): Partial<ProblemDocument> {
  try {
    return JSON.parse(text) as Partial<ProblemDocument>;
  } catch {
    return {};
  }
}
