import { MAX_TREE_DEPTH } from '../../src/core/body/parse-body.ts';

const KEYS: Readonly<Record<string, string>> = {
  p: 'c,t',
  quote: 'c,t',
  ul: 'c,t',
  ol: 'c,t',
  'ol with start': 'c,start,t',
  'ol with numbers': 'c,numbers,t',
  'ol with numbers with start': 'c,numbers,start,t',
  pre: 's,t',
  em: 'c,t',
  strong: 'c,t',
  del: 'c,t',
  code: 's,t',
  a: 'c,href,t',
  br: 't',
};
const BLOCKS = new Set(['p', 'quote', 'ul', 'ol', 'pre']);

/** Characters that no comment may hold: controls but line feed and tab, bidi controls, half a surrogate pair. */
export const FORBIDDEN_CHARACTERS = /(?![\n\t])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

interface Node {
  t: string;
  c?: unknown[];
  s?: string;
  href?: string;
  start?: number;
  numbers?: number[];
}

const stringFaults = (text: string): string[] =>
  text === '' || FORBIDDEN_CHARACTERS.test(text) ? [`string ${JSON.stringify(text)}`] : [];

const nodeFaults = (node: Node, parent: string, depth: number): string[] => {
  const faults: string[] = [];
  const kind = ['numbers', 'start'].reduce((name, key) => (key in node ? `${name} with ${key}` : name), node.t);
  if (KEYS[kind] !== Object.keys(node).sort().join()) faults.push(`node ${JSON.stringify(node).slice(0, 80)}`);
  if (BLOCKS.has(node.t) !== (parent === '' || parent === 'quote' || parent === 'ul' || parent === 'ol')) {
    faults.push(`${node.t} in ${parent}`);
  }
  if (depth > MAX_TREE_DEPTH) faults.push(`${node.t} at depth ${depth}`);
  if (node.href !== undefined && !/^https?:\/\/[^\s\\@]+$/.test(node.href.replace(/(?<=[/?#].*)@/g, ''))) {
    faults.push(`href ${node.href}`);
  }
  if (node.start !== undefined && !Number.isSafeInteger(node.start)) faults.push(`start ${node.start}`);
  if (node.numbers !== undefined) {
    const numbers = [node.start ?? 1, ...node.numbers.slice(1)];
    const isWritten = numbers.join() === node.numbers.join() && numbers.every((n) => Number.isInteger(n) && n < 1_000);
    if (!isWritten || numbers.length !== node.c?.length) faults.push(`numbers ${node.numbers}`);
  }
  if (node.s !== undefined) faults.push(...stringFaults(node.s));
  if (node.c?.length === 0) faults.push(`empty ${node.t}`);
  const children = node.t === 'ul' || node.t === 'ol' ? (node.c ?? []).flat() : (node.c ?? []);
  return [...faults, ...treeFaults(children, node.t, depth + 1)];
};

const treeFaults = (nodes: unknown[], parent: string, depth: number): string[] =>
  nodes.flatMap((node, index) => {
    if (typeof node !== 'string') return nodeFaults(node as Node, parent, depth);
    const faults = stringFaults(node);
    if (BLOCKS.has(parent) && parent !== 'p') faults.push(`string in ${parent}`);
    if (depth > MAX_TREE_DEPTH) faults.push(`string at depth ${depth}`);
    if (typeof nodes[index + 1] === 'string') faults.push('two strings side by side');
    return faults;
  });

/** The faults of a tree, by rules that are written here a second time and not taken from the code that makes it. */
export const bodyFaults = (body: unknown[]): string[] => treeFaults(body, '', 1);
