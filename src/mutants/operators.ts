import { masked, SQL_OPERATORS, type SqlOperator } from './sql-operators.ts';
import { childrenOf, type Edit, type FunctionNode, isFunction, type Node, nodesOf, sqlOf } from './syntax.ts';

/** An operator answers the changes it can make at a node; for most nodes there are none. */
type Operator = (node: Node, source: string) => Edit[];

const replace = ({ start, end }: Node, to: string): Edit => ({ start, end, to });

const textOf = ({ start, end }: Node, source: string): string => source.slice(start, end);

interface TwoSided {
  left: Node;
  operator: string;
}

const swapOperator = ({ left, operator }: TwoSided, source: string, swaps: Record<string, string>): Edit[] => {
  const to = swaps[operator];
  const start = source.indexOf(operator, left.end);
  return to === undefined ? [] : [{ start, end: start + operator.length, to }];
};

const COMPARISONS = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===' };
const ARITHMETIC = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '&': '|', '|': '&', '>>>': '<<', '<<': '>>>' };
const ASSIGNMENTS = { '+=': '-=', '-=': '+=', '*=': '/=', '??=': '=', '||=': '=', '&&=': '=' };
const LOGIC = { '&&': '||', '||': '&&' };

/** Calls that can be left out: the list or the text then stays as it was. */
const DROPPED =
  'filter slice sort toSorted reverse toReversed concat flat trim trimEnd toLowerCase normalize replace replaceAll catch';
const DROPPED_CALLS = new Set(DROPPED.split(' '));
const SWAPPED_CALLS = new Map(Object.entries({ some: 'every', every: 'some', min: 'max', max: 'min', floor: 'ceil' }));

const methodOf = (node: Node): { property: Node; name: string } | null => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.computed) return null;
  const { property } = node.callee;
  return property.type === 'Identifier' ? { property, name: property.name } : null;
};

const around = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** Other answers that a function could give, by the type of its answer. */
const ANSWERS: [type: RegExp, answers: string[]][] = [
  [/\bboolean\b|\bis\b/, ['true', 'false']],
  [/\[\]\s*>?$/, ['[]']],
  [/\bnull\b/, ['null']],
  [/\bnumber\b/, ['0']],
  [/\bstring\b(?!\[)/, ["''"]],
];

const answersOf = (node: FunctionNode, source: string): string[] => {
  if (node.returnType === null || node.returnType === undefined) return [];
  const type = textOf(node.returnType, source);
  return ANSWERS.filter(([pattern]) => pattern.test(type)).flatMap(([, answers]) => answers);
};

const returnedBy = (node: FunctionNode): Node[] => {
  if (node.body === null) return [];
  if (node.body.type !== 'BlockStatement') return [node.body];
  return [...nodesOf(node.body, (inner) => !isFunction(inner))].flatMap((inner) =>
    inner.type === 'ReturnStatement' && inner.argument !== null ? [inner.argument] : [],
  );
};

const listItem = (node: Node, siblings: Node[], source: string): Edit => {
  const comma = source.slice(node.end).match(/^\s*,/)?.[0].length ?? 0;
  const isLast = siblings.at(-1) === node;
  return { start: node.start, end: isLast ? node.end : node.end + comma, to: '' };
};

const inStatements =
  (edits: SqlOperator): Operator =>
  (node, source) => {
    const template = sqlOf(node);
    if (template === null) return [];
    const start = template.start + 1;
    // The span of a template's text has the signs around it: "`…${", "}…${", "}…`".
    const holes = template.expressions.map((_, n): [number, number] => [
      (template.quasis[n]?.end ?? start) - 2 - start,
      (template.quasis[n + 1]?.start ?? start) + 1 - start,
    ]);
    return edits(masked(source.slice(start, template.end - 1), holes)).map(([from, to, text]) => ({
      start: start + from,
      end: start + to,
      to: text,
    }));
  };

export const OPERATORS: Record<string, Operator> = {
  'comparison moved': (node, source) =>
    node.type === 'BinaryExpression' ? swapOperator(node, source, COMPARISONS) : [],

  'arithmetic turned round': (node, source) => {
    if (node.type === 'BinaryExpression') return swapOperator(node, source, ARITHMETIC);
    if (node.type === 'AssignmentExpression') return swapOperator(node, source, ASSIGNMENTS);
    return [];
  },

  'and for or': (node, source) => (node.type === 'LogicalExpression' ? swapOperator(node, source, LOGIC) : []),

  'negation dropped': (node, source) =>
    node.type === 'UnaryExpression' && node.operator === '!'
      ? [replace(node, source.slice(node.start + 1, node.end))]
      : [],

  'condition forced': (node) => {
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression')
      return [replace(node.test, 'true'), replace(node.test, 'false')];
    // A loop that never ends proves nothing.
    if (node.type === 'WhileStatement') return [replace(node.test, 'false')];
    return [];
  },

  'default dropped': (node, source) =>
    node.type === 'LogicalExpression' && node.operator === '??'
      ? [{ start: source.indexOf('??', node.left.end), end: node.end, to: '' }]
      : [],

  'number changed': (node) =>
    node.type === 'Literal' && typeof node.value === 'number'
      ? [replace(node, around(node.value + 1)), replace(node, around(node.value - 1))]
      : [],

  'boolean changed': (node) =>
    node.type === 'Literal' && typeof node.value === 'boolean' ? [replace(node, String(!node.value))] : [],

  'text emptied': (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string')
      return [replace(node, node.value === '' ? "'mutant'" : "''")];
    // Templates of SQL have operators of their own; changed blanks and signs between two values would prove little.
    if (node.type !== 'TemplateLiteral') return [];
    return node.quasis
      .filter(({ value }) => /\p{L}/u.test(value.raw))
      .map(({ start, end, tail }) => ({ start: start + 1, end: end - (tail ? 1 : 2), to: '' }));
  },

  'pattern loosened': (node) => {
    if (node.type !== 'Literal' || !('regex' in node)) return [];
    const { pattern } = node.regex;
    const at = node.start + 1;
    const anchors = [...pattern.matchAll(/^\^|(?<!\\)\$$|\\b/g)];
    const choices = [...pattern.matchAll(/\|[\w ]+/g)];
    return [...anchors, ...choices].map(({ index, 0: { length } }) => ({
      start: at + index,
      end: at + index + length,
      to: '',
    }));
  },

  'call dropped': (node, source) => {
    const method = methodOf(node);
    if (method === null || !DROPPED_CALLS.has(method.name)) return [];
    return [replace(node, source.slice(node.start, method.property.start).replace(/\s*\??\.\s*$/, ''))];
  },

  'call swapped': (node) => {
    const method = methodOf(node);
    const to = method === null ? undefined : SWAPPED_CALLS.get(method.name);
    return method === null || to === undefined ? [] : [replace(method.property, to)];
  },

  'answer replaced': (node, source) => {
    if (!isFunction(node)) return [];
    const answers = answersOf(node, source);
    return returnedBy(node).flatMap((value) =>
      answers.filter((answer) => answer !== textOf(value, source)).map((answer) => replace(value, answer)),
    );
  },

  'part left out': (node, source) => {
    if (node.type !== 'ObjectExpression' && node.type !== 'ArrayExpression') return [];
    const parts = childrenOf(node);
    return parts.filter(({ type }) => type === 'SpreadElement').map((part) => listItem(part, parts, source));
  },

  'statement removed': (node) => {
    if (node.type === 'ExpressionStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement')
      return [replace(node, ';')];
    return node.type === 'ReturnStatement' && node.argument === null ? [replace(node, ';')] : [];
  },

  ...Object.fromEntries(Object.entries(SQL_OPERATORS).map(([name, edits]) => [name, inStatements(edits)])),
};
