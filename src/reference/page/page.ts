import type { OpenApiDocument, SecurityScheme } from '../document.ts';
import { type Html, html, json, prose } from './html.ts';
import { codeBlock, entriesOf, methodBadge, operationSection } from './operation.ts';
import { bodyFields, isListed, typeAbout } from './schema.ts';

/** The style sheets in the order of the cascade. */
const STYLES = ['frame', 'code', 'fields', 'operations', 'contents'];

/** The script puts the page's own address in the place of the first. */
const PREPARATION = html`export BELOWLINE_URL=<span data-origin>https://comments.example</span>
# A reader: any 32 random bytes in base64url.
export GUEST_KEY=$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')
# An operator: the OPERATOR_KEY of the deployment.
export OPERATOR_KEY=…
# A publisher: the answer to createApiKey.
export API_KEY=bl_demo_…
# A moderator: the value of the cookie that signIn sets.
export SESSION=…`;

const CREDENTIALS: readonly { who: string; scheme: string }[] = [
  { who: 'Reader', scheme: 'guestKey' },
  { who: 'Publisher', scheme: 'apiKey' },
  { who: 'Moderator, admin', scheme: 'session' },
  { who: 'Operator', scheme: 'operatorKey' },
];

const headerOf = (scheme: SecurityScheme | undefined): string =>
  scheme?.type === 'apiKey' ? `${scheme.name}: __Host-belowline-{site}=…` : 'Authorization: Bearer …';

const credentials = (
  document: OpenApiDocument,
): Html => html`<section class="plain" id="credentials" aria-labelledby="credentials-title">
<div class="about"><h2 id="credentials-title">Who may call</h2>
<p>Each operation names who it is for. Send one credential; a request with two is refused. An admin may do all that a moderator may.</p>
<dl>${CREDENTIALS.map(
  ({ who, scheme }) =>
    html`<div><dt>${who}</dt><dd><p><code>${headerOf(document.components.securitySchemes[scheme])}</code></p><p>${prose(document.components.securitySchemes[scheme]?.description ?? '')}</p></dd></div>`,
)}</dl></div>
<div class="try">${codeBlock('Before trying the requests below', PREPARATION, { canCopy: true })}</div></section>`;

const problemList = (document: OpenApiDocument): Html => {
  const items = Object.entries(document['x-problems']).map(
    ([reason, { status, meaning, action }]) =>
      html`<div><dt id="problem-${reason}"><span class="status">${status}</span> <code>${reason}</code></dt><dd><p>${prose(meaning)}</p><p class="todo"><strong>What to do:</strong> ${prose(action)}</p></dd></div>`,
  );
  const problem = document.components.schemas.Problem ?? {};
  const example = document.components.responses.Problem429?.content?.['application/problem+json']?.example;
  return html`<section class="group" id="problems" aria-labelledby="problems-title"><h2 id="problems-title">Problems</h2>
<div class="plain"><div class="about">
<p>A refusal is <code>application/problem+json</code> (RFC 9457). Branch on <code>reason</code>, show <code>detail</code>: it is a sentence that a reader can act on.</p>
<details><summary>Fields of <code>Problem</code></summary>${bodyFields(problem, 'answer', document.components.schemas)}</details></div>
<div class="try">${codeBlock('A problem', json(example))}</div></div>
<dl class="reasons">${items}</dl></section>`;
};

const typeList = (document: OpenApiDocument): Html => {
  const { schemas } = document.components;
  const listed = Object.entries(schemas).filter(([, schema]) => isListed(schema));
  return html`<section class="group" id="types" aria-labelledby="types-title"><h2 id="types-title">Types</h2>
<dl class="types">${listed.map(
    ([name, schema]) =>
      html`<div><dt id="type-${name}"><code>${name}</code></dt><dd>${typeAbout(schema, schemas)}</dd></div>`,
  )}</dl></section>`;
};

const navigation = (document: OpenApiDocument): Html => {
  const groups = document.tags.map((tag) => {
    const { name } = tag;
    const links = entriesOf(tag, document).map(
      ({ method, path, operation }) =>
        html`<li data-words="${`${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase()}"><a href="#${operation.operationId}">${methodBadge(method)}<span>${operation.summary}</span></a></li>`,
    );
    return html`<div class="nav-group"><p id="nav-${name}"><a href="#tag-${name}">${name}</a></p><ul aria-labelledby="nav-${name}">${links}</ul></div>`;
  });
  return html`<nav id="contents" popover aria-label="Contents">
<div class="filter" hidden><label for="filter">Filter</label><input id="filter" type="search" autocomplete="off" spellcheck="false" placeholder="vote, PUT, queue…"><p id="found" role="status"></p></div>
<ul class="nav-top"><li><a href="#credentials">Who may call</a></li></ul>
${groups}
<ul class="nav-top"><li><a href="#problems">Problems</a></li><li><a href="#types">Types</a></li></ul>
</nav>`;
};

const groupsOf = (document: OpenApiDocument): Html[] => {
  return document.tags.map((tag) => {
    const { name, description } = tag;
    return html`<section class="group" id="tag-${name}" aria-labelledby="tag-${name}-title">
<h2 id="tag-${name}-title">${name}</h2><p class="lead">${description}</p>
${entriesOf(tag, document).map((entry) => operationSection(entry, document))}</section>`;
  });
};

/** The whole reference as one page. */
export function referencePage(document: OpenApiDocument): string {
  const { title, version, description } = document.info;
  const [first, ...rest] = description.split('\n\n');
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}: API reference</title>
<meta name="description" content="${first}">
<link rel="icon" href="icon.svg" type="image/svg+xml">
${STYLES.map((name) => html`<link rel="stylesheet" href="${name}.css">`)}
<link rel="stylesheet" href="print.css" media="print">
<script type="module" src="reference.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the reference</a>
<header class="bar">
<a class="brand" href="#main"><img src="icon.svg" alt="" width="24" height="24"> ${title} <span>API ${version}</span></a>
<a class="download" href="/openapi.json">openapi.json</a>
<button type="button" class="menu" popovertarget="contents">Contents</button>
</header>
${navigation(document)}
<main id="main" tabindex="-1">
<header class="opening"><h1>API reference</h1><p class="lead">${first}</p>${rest.map((paragraph) => html`<p>${prose(paragraph)}</p>`)}</header>
${credentials(document)}
${groupsOf(document)}
${problemList(document)}
${typeList(document)}
</main>
</body>
</html>
`.text;
}
