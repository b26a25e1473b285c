import { PlainError } from './project.ts';

interface OperatorRequest {
  baseUrl: string;
  operatorKey: string;
  path: string;
  body?: unknown;
  /** POST, if not said otherwise. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
}

/** One request with the operator's key. A refusal becomes the words of its problem document. */
export async function requestJson<T>({
  baseUrl,
  operatorKey,
  path,
  body,
  method = 'POST',
}: OperatorRequest): Promise<T> {
  const response = await send(new URL(path, baseUrl), {
    method,
    headers: {
      authorization: `Bearer ${operatorKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status === 401) throw new PlainError(`${new URL(baseUrl).origin} does not know this OPERATOR_KEY.`);
  if (!response.ok) throw new PlainError(describeRefusal(response, text));
  return (text === '' ? null : JSON.parse(text)) as T;
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new PlainError(`${url.origin} does not answer: ${cause}`);
  }
}

function describeRefusal(response: Response, text: string): string {
  const problem = parseProblem(text);
  // The detail is the same errors in one line.
  const fields = problem.errors?.map((error) => `\n  ${error.field}: ${error.message}`).join('');
  const said = fields ?? (problem.detail ? ` ${problem.detail}` : '');
  return `${response.status} ${problem.title ?? response.statusText}${said ? `:${said}` : ''}`;
}

interface ProblemDocument {
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
}

function parseProblem(text: string): ProblemDocument {
  try {
    return JSON.parse(text) as ProblemDocument;
  } catch {
    return {};
  }
}
