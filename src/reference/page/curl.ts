import type { Audience } from '../described.ts';
import type { OpenApiDocument, OperationObject, Parameter } from '../document.ts';

const CREDENTIALS: Readonly<Record<Audience, string | null>> = {
  anyone: null,
  reader: '-H "Authorization: Bearer $GUEST_KEY"',
  publisher: '-H "Authorization: Bearer $API_KEY"',
  moderator: '--cookie "__Host-belowline-demo=$SESSION"',
  admin: '--cookie "__Host-belowline-demo=$SESSION"',
  operator: '-H "Authorization: Bearer $OPERATOR_KEY"',
};

/** A parameter's own example, or that of its named type. */
const exampleOf = ({ example, schema, name }: Parameter, document: OpenApiDocument): string => {
  const named = document.components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  return String(example ?? schema.examples?.[0] ?? named?.examples?.[0] ?? `{${name}}`);
};

const inSingleQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command to try the operation with; the address of the server and the keys come from the environment. */
export function curlOf(
  method: string,
  path: string,
  operation: OperationObject,
  parameters: readonly Parameter[],
  document: OpenApiDocument,
): string {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((address, part) => address.replace(`{${part.name}}`, exampleOf(part, document)), path);
  const query = operation['x-query-example'] ? `?${operation['x-query-example']}` : '';
  const [audience = 'anyone'] = operation['x-audience'];
  const byCookie = audience === 'moderator' || audience === 'admin';
  const hasIdempotencyKey = parameters.some((parameter) => parameter.name === 'Idempotency-Key');
  const content = operation.requestBody?.content ?? {};
  const example = content['application/json']?.example;
  const form = content['application/x-www-form-urlencoded']?.example ?? {};
  const verb = method === 'get' ? '' : `-X ${method.toUpperCase()} `;
  return [
    `curl ${verb}"$BELOWLINE_URL${filled}${query}"`,
    CREDENTIALS[audience],
    byCookie && method !== 'get' && '-H "Origin: $BELOWLINE_URL"',
    hasIdempotencyKey && '-H "Idempotency-Key: $(uuidgen)"',
    example !== undefined && '-H "Content-Type: application/json"',
    example !== undefined && `--data ${inSingleQuotes(JSON.stringify(example, null, 2))}`,
    ...Object.entries(form).map(([name, value]) => `--data-urlencode ${inSingleQuotes(`${name}=${value}`)}`),
  ]
    .filter((line) => typeof line === 'string')
    .join(' \\\n  ');
}
