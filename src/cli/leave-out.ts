import { type ESTree, type Plugin, Visitor, type VisitorObject } from 'vite';
import { DESCRIBING } from '../contract/routes/route.ts';
import { RULES } from '../core/body/markdown-rules.ts';

interface Span {
  start: number;
  end: number;
}

/** Blanks instead of nothing: what is left keeps its line and its column, so the map needs to know nothing of it. */
const blank = (code: string, { start, end }: Span): string =>
  code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end);

/** Leaves out of the files with such a name what `find` finds in their syntax trees. */
const leaveOut = (name: string, id: RegExp, find: (code: string, found: Span[]) => VisitorObject): Plugin => ({
  name: `leave-out-${name}`,
  enforce: 'pre',
  transform: {
    filter: { id },
    handler(code) {
      const found: Span[] = [];
      new Visitor(find(code, found)).visit(this.parse(code, { lang: 'ts' }));
      return { code: found.reduce(blank, code), map: null };
    },
  },
});

/** A member of a list goes with the comma behind it. */
const withComma = (code: string, { start, end }: Span): Span => {
  const [comma = ''] = /^\s*,/.exec(code.slice(end)) ?? [];
  return { start, end: end + comma.length };
};

const isCallOf = (node: ESTree.Node, method: string): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.property.type === 'Identifier' &&
  node.callee.property.name === method;

/** The part of a schema that the reference alone reads: `.register(…)` and `z.meta(…)`. */
const descriptions = leaveOut('descriptions', /\/src\/contract\/.+\.ts$/, (code, found) => ({
  CallExpression(call) {
    if (call.callee.type !== 'MemberExpression') return;
    const isMeta = (argument: ESTree.Node) => isCallOf(argument, 'meta');
    if (isCallOf(call, 'register') || (isCallOf(call, 'check') && call.arguments.every(isMeta)))
      found.push({ start: call.callee.object.end, end: call.end });
    else if (isCallOf(call, 'check')) found.push(...call.arguments.filter(isMeta).map((meta) => withComma(code, meta)));
  },
}));

const isDescribing = (property: ESTree.ObjectPropertyKind): boolean =>
  property.type === 'Property' &&
  property.key.type === 'Identifier' &&
  (DESCRIBING as readonly string[]).includes(property.key.name);

/** And of a route. A schema by which nothing that is sent is read goes too then, since nothing names it any more. */
const answers = leaveOut('answers', /\/src\/contract\/routes\/.+\.ts$/, (code, found) => ({
  ObjectExpression({ properties }) {
    found.push(...properties.filter(isDescribing).map((property) => withComma(code, property)));
  },
}));

const KEPT_RULES = Object.values(RULES).flatMap((chain) => Object.values(chain).flat());

/** Imports, presets, members and constants of markdown-it for which its parser in core/body/markdown.ts has no use. */
const UNUSED = [
  ...['zero', 'commonmark', 'renderer', 'Renderer', 'render', 'renderInline', 'utils'],
  ...['normalizeLink', 'normalizeLinkText', 'validateLink', 'mdurl', 'punycode.js', 'linkify-it'],
  ...['linkify', 'HTML_SEQUENCES', 'HTML_OPEN_CLOSE_TAG_RE'],
];

const nameOf = (node: ESTree.Node | null | undefined): string => {
  if (node?.type === 'Identifier') return node.name;
  return node?.type === 'Literal' ? String(node.value) : '';
};

/** Rules of Markdown that are off, the way to HTML, and the judge of addresses that gives way to ours. */
const markdown = leaveOut('markdown', /\/markdown-it\.mjs$/, (code, found) => {
  const missing = new Set([...KEPT_RULES, ...UNUSED]);
  const leaveUnused = (name: ESTree.Node | null | undefined, span: Span): void => {
    if (!UNUSED.includes(nameOf(name))) return;
    found.push(withComma(code, span));
    missing.delete(nameOf(name));
  };
  return {
    // A chain is a list of `["name", rule, …]`.
    ArrayExpression({ elements }) {
      const rules = elements.filter((element) => element?.type === 'ArrayExpression');
      const off = rules.filter(({ elements: [name] }) => !KEPT_RULES.includes(nameOf(name)));
      if (off.length === rules.length) return;
      found.push(...off.map((rule) => withComma(code, rule)));
      for (const {
        elements: [name],
      } of rules)
        missing.delete(nameOf(name));
    },
    CallExpression(call) {
      if (nameOf(call.callee) === '_defineProperty') leaveUnused(call.arguments[1], call);
    },
    ImportDeclaration: (imported) => leaveUnused(imported.source, imported),
    MethodDefinition: (method) => leaveUnused(method.key, method),
    Property: (property) => leaveUnused(property.key, property),
    VariableDeclaration: (declaration) => leaveUnused(declaration.declarations[0]?.id, declaration),
    'Program:exit'() {
      if (missing.size > 0) throw new Error(`markdown-it has another form: where is ${[...missing].join(', ')}?`);
    },
  };
});

/** The parts of the Worker's sources that are there for others than the Worker, or for nobody here. */
export const leaveOuts: Plugin[] = [descriptions, answers, markdown];
