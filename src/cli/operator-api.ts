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
  const fields = problem.errors?.map((error) => `\n  ${error.field}: ${error.message}`).join('') ?? '';
  return `${response.status} ${problem.title ?? response.statusText}${problem.detail ? `: ${problem.detail}` : ''}${fields}`;
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
