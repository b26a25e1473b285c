import { type ESTree, parseSync } from 'vite';

export type Node = ESTree.Node;

export interface Span {
  start: number;
  end: number;
}

/** One change of a source text: what stands in the span becomes `to`. */
export interface Edit extends Span {
  to: string;
}

export function parse(name: string, source: string): Node {
  const { program, errors } = parseSync(name, source, {
    lang: name.endsWith('x') ? 'tsx' : 'ts',
    preserveParens: false,
  });
  const [error] = errors;
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
  return program;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Types do not run, but their literals look like values. */
const isType = ({ type }: Node): boolean =>
  type.startsWith('TS') && !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(type);

/** True for a literal that is a name and not a value: a module's source, the key of a property. */
const isName = (parent: Node, field: string): boolean =>
  field === 'source' || (field === 'key' && 'computed' in parent && !parent.computed);

/** The template of a statement: sql`…`, or sql.raw(`…`). */
export function sqlOf(node: Node): ESTree.TemplateLiteral | null {
  const isSql = (tag: Node): boolean => tag.type === 'Identifier' && tag.name === 'sql';
  if (node.type === 'TaggedTemplateExpression') return isSql(node.tag) ? node.quasi : null;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || !isSql(node.callee.object))
    return null;
  const [argument] = node.arguments;
  return argument?.type === 'TemplateLiteral' ? argument : null;
}

/** The parts of a node that run, in the order of the text; for a statement's template, the values put into it. */
export function childrenOf(node: Node): Node[] {
  const sql = sqlOf(node);
  if (sql !== null) return sql.expressions;
  return Object.entries(node)
    .filter(([field]) => !isName(node, field))
    .flatMap(([, value]) => value)
    .filter(isNode)
    .filter((child) => !isType(child))
    .sort((a, b) => a.start - b.start);
}

/** A node and all below it; `descend` can leave out what is below one. */
export function* nodesOf(node: Node, descend: (node: Node) => boolean = () => true): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) if (descend(child)) yield* nodesOf(child, descend);
}

export type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression;

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

export function applied(source: string, { start, end, to }: Edit): string {
  return source.slice(0, start) + to + source.slice(end);
}
