import type {
  MediaType,
  OpenApiDocument,
  OperationObject,
  Parameter,
  Reference,
  ResponseObject,
  TagObject,
} from '../document.ts';
import { curlOf } from './curl.ts';
import { type Html, html, json, prose } from './html.ts';
import { bodyFields, parameterAbout, typeOf } from './schema.ts';

interface Entry {
  method: string;
  path: string;
  operation: OperationObject;
}

/** The operations of a tag, in the order in which the tag names them. */
export function entriesOf(tag: TagObject, document: OpenApiDocument): Entry[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return tag['x-operations'].flatMap((id) => all.find(({ operation }) => operation.operationId === id) ?? []);
}

const AUDIENCES: Readonly<Record<string, string>> = {
  anyone: 'anyone',
  reader: 'readers',
  publisher: 'publishers',
  moderator: 'moderators',
  admin: 'admins',
  operator: 'the operator',
};

export function methodBadge(method: string): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`;
}

/** Long addresses break after a slash, not within a word. */
const breakable = (path: string): Html =>
  html`${path.split('/').map((part, i) => (i === 0 ? part : html`<wbr>/${part}`))}`;

const parametersOf = ({ parameters = [] }: OperationObject, document: OpenApiDocument): Parameter[] =>
  parameters.flatMap((parameter) => {
    if (!('$ref' in parameter)) return [parameter];
    return document.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] ?? [];
  });

const parameterTable = (parameters: readonly Parameter[], document: OpenApiDocument): Html | null => {
  if (parameters.length === 0) return null;
  const rows = parameters.map(
    ({ name, in: where, required, schema, description }) => html`<tr>
<th scope="row"><code class="name">${name}</code> <span class="where">${where}</span>${required && where !== 'path' && html` <span class="required">required</span>`}</th>
<td>${parameterAbout(schema, description, document.components.schemas)}</td></tr>`,
  );
  return html`<h4>Parameters</h4>
<table><thead><tr><th scope="col">Name</th><th scope="col">What it is</th></tr></thead><tbody>${rows}</tbody></table>`;
};

const requestBody = ({ requestBody: body }: OperationObject, document: OpenApiDocument): Html | null => {
  const [content] = Object.values(body?.content ?? {});
  const schema = content?.schema;
  return schema === undefined
    ? null
    : html`<h4>Body <code class="type">${typeOf(schema, document.components.schemas)}</code></h4>${bodyFields(schema, 'request', document.components.schemas)}`;
};

const isAnswer = (response: ResponseObject | Reference): response is ResponseObject => !('$ref' in response);

/** An answer has one media type. */
const contentOf = ({ content = {} }: ResponseObject): MediaType | undefined => Object.values(content)[0];

const answer = (status: string, response: ResponseObject, document: OpenApiDocument): Html => {
  const schema = contentOf(response)?.schema;
  const { schemas, headers } = document.components;
  const named = Object.keys(response.headers).filter((name) => name !== 'X-Request-Id');
  return html`<li>
<p><span class="status">${status}</span> ${prose(response.description)}</p>
${named.map((name) => html`<p class="rules">Header <code>${name}</code>: ${prose(headers[name]?.description ?? '')}</p>`)}
${schema && html`<details><summary>Fields of <code>${typeOf(schema, schemas)}</code></summary>${bodyFields(schema, 'answer', schemas)}</details>`}</li>`;
};

const answers = ({ responses }: OperationObject, document: OpenApiDocument): Html => {
  const own = Object.entries(responses).filter((entry): entry is [string, ResponseObject] => isAnswer(entry[1]));
  return html`<h4>Answers</h4><ul class="answers">${own.map(([status, response]) => answer(status, response, document))}</ul>`;
};

const problems = ({ 'x-problems': reasons }: OperationObject, document: OpenApiDocument): Html | null => {
  if (reasons.length === 0) return null;
  const statusOf = (reason: (typeof reasons)[number]) => document['x-problems'][reason].status;
  const sorted = reasons.toSorted((a, b) => statusOf(a) - statusOf(b));
  return html`<h4>Problems</h4><ul class="problems">${sorted.map(
    (reason) => html`<li><a href="#problem-${reason}"><span>${statusOf(reason)}</span> ${reason}</a></li>`,
  )}</ul>`;
};

/** Long code scrolls in its own box, which takes the focus for the keyboard. `of` tells boxes apart when read aloud. */
export function codeBlock(label: string, code: Html, { of = '', canCopy = false } = {}): Html {
  return html`<figure><figcaption>${label}</figcaption><pre tabindex="0" role="group" aria-label="${label}${of && ` of ${of}`}"${canCopy && html` data-copy`}><code>${code}</code></pre></figure>`;
}

const exampleAnswer = ({ operationId, responses }: OperationObject): Html | null => {
  const found = Object.entries(responses).find(
    ([, response]) => isAnswer(response) && contentOf(response)?.example !== undefined,
  );
  if (found === undefined || !isAnswer(found[1])) return null;
  const example = contentOf(found[1])?.example;
  const code = typeof example === 'string' ? html`${example}` : json(example);
  return codeBlock(`Answer ${found[0]}`, code, { of: operationId });
};

export function operationSection({ method, path, operation }: Entry, document: OpenApiDocument): Html {
  const { operationId, summary, description } = operation;
  const parameters = parametersOf(operation, document);
  const audiences = operation['x-audience'].map((who) => html`<a href="#credentials">${AUDIENCES[who] ?? who}</a>`);
  return html`<section class="operation" id="${operationId}" aria-labelledby="${operationId}-title">
<div class="about">
<h3 id="${operationId}-title"><a href="#${operationId}">${summary}</a></h3>
<p class="line">${methodBadge(method)} <code class="path">${breakable(path)}</code></p>
<p class="facts"><span class="audience">For ${audiences.map((who, i) => (i === 0 ? who : html` or ${who}`))}</span> <code class="id">${operationId}</code></p>
${description && html`<p>${prose(description)}</p>`}
${parameterTable(parameters, document)}${requestBody(operation, document)}${answers(operation, document)}${problems(operation, document)}
</div>
<div class="try">${codeBlock('Request', html`${curlOf(method, path, operation, parameters, document)}`, { of: operationId, canCopy: true })}${exampleAnswer(operation)}</div>
</section>`;
}
