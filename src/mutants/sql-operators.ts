/** One change of a statement: the letters between two places are replaced. */
type SqlEdit = [from: number, to: number, text: string];

/** An operator answers its changes of a statement. `text` has no values and no strings, but the statement's length. */
export type SqlOperator = (text: string) => SqlEdit[];

const VALUE = '\u0001';
const STRING = '\u0002';

/** A statement's text with a placeholder for every letter of its values and strings. */
export function masked(text: string, holes: [from: number, to: number][]): string {
  const letters = [...Array(text.length).keys()].map((at) =>
    holes.some(([from, to]) => at >= from && at < to) ? VALUE : text.charAt(at),
  );
  return letters.join('').replace(/'[^']*'/g, (string) => STRING.repeat(string.length));
}

const swap =
  (pattern: RegExp, swaps: Record<string, string>): SqlOperator =>
  (text) =>
    [...text.matchAll(pattern)].map(({ index, 0: found }) => [index, index + found.length, swaps[found] ?? '']);

/** Keywords after which a condition is over. */
const AFTER_CONDITION =
  /^(?:AND|OR|GROUP|ORDER|LIMIT|RETURNING|UNION|ON|WHERE|HAVING|JOIN|CROSS|LEFT|THEN|ELSE|END|AS|DO)\b/;

/** The end of the expression that starts here: a comma, an enclosing bracket, or a word that matches `isEnd`. */
const endOf = (text: string, start: number, isEnd: RegExp): number => {
  let depth = 0;
  let between = false;
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth < 0 || (depth === 0 && letter === ',')) return at;
    if (depth > 0 || !/\b/.test(text.slice(at - 1, at + 1)) || /\w/.test(text.charAt(at - 1))) continue;
    const rest = text.slice(at);
    if (/^BETWEEN\b/.test(rest)) between = true;
    else if (between && /^AND\b/.test(rest)) between = false;
    else if (isEnd.test(rest)) return at;
  }
  return text.length;
};

const trimmed = (text: string, from: number, to: number): [number, number] => [
  from,
  from + text.slice(from, to).trimEnd().length,
];

/** BETWEEN has an AND of its own. */
const isOfBetween = (text: string, at: number): boolean => /\bBETWEEN\s+\S+\s+$/.test(text.slice(0, at));

/** A SELECT in the place of a value gives its first row, and EXISTS asks for no other, whatever the limit. */
const isLimitOfValue = (text: string, at: number): boolean => {
  let depth = 0;
  for (let open = at - 1; open >= 0; open -= 1) {
    if (text.charAt(open) === ')') depth += 1;
    if (text.charAt(open) === '(') depth -= 1;
    if (depth < 0)
      return /\bLIMIT\s+$/.test(text.slice(0, at)) && !/\b(?:FROM|JOIN|IN|AS)\s*$/.test(text.slice(0, open));
  }
  return false;
};

export const SQL_OPERATORS: Record<string, SqlOperator> = {
  'SQL comparison moved': swap(/(?<![<>=!-])(?:<=|>=|<>|<|>)(?![=>])/g, {
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '<>': '=',
  }),

  'SQL AND for OR': (text) =>
    [...text.matchAll(/(?<!INSERT |UPDATE )\b(?:AND|OR)\b/g)]
      .filter(({ index }) => !isOfBetween(text, index))
      .map(({ index, 0: word }) => [index, index + word.length, word === 'AND' ? 'OR' : 'AND']),

  'SQL condition dropped': (text) =>
    // A condition that says `true` stands for none.
    [...text.matchAll(/\b(?:WHERE|AND|HAVING|ON(?! CONFLICT))\s+(?!\s|true\b)/g)]
      .filter(({ index }) => !isOfBetween(text, index))
      .map(({ index, 0: word }) => {
        const start = index + word.length;
        return [...trimmed(text, start, endOf(text, start, AFTER_CONDITION)), 'TRUE'];
      }),

  'SQL order turned round': swap(/\b(?:DESC|ASC)\b/g, { DESC: 'ASC', ASC: 'DESC' }),

  'SQL arithmetic turned round': swap(/ [+-] /g, { ' + ': ' - ', ' - ': ' + ' }),

  'SQL call swapped': swap(/\b(?:max|min)(?=\()/g, { max: 'min', min: 'max' }),

  'SQL test negated': swap(/\bIS NOT\b|\bIS\b|\bNOT IN\b|(?<!NOT )\bIN\b|\bNOT EXISTS\b|(?<!NOT )\bEXISTS\b/g, {
    'IS NOT': 'IS',
    IS: 'IS NOT',
    'NOT IN': 'IN',
    IN: 'NOT IN',
    'NOT EXISTS': 'EXISTS',
    EXISTS: 'NOT EXISTS',
  }),

  // Nobody sees the values that EXISTS selects, or that only tell how many rows were written.
  'SQL number changed': (text) =>
    [...text.matchAll(/(?<!SELECT |RETURNING )(?<![\w.])\d+(?![\w.])/g)]
      .filter(({ index }) => !isLimitOfValue(text, index))
      .map(({ index, 0: number }) => [index, index + number.length, String(Number(number) + 1)]),

  'SQL string emptied': (text) =>
    [...text.matchAll(new RegExp(`${STRING}{3,}`, 'g'))].map(({ index, 0: string }) => [
      index,
      index + string.length,
      "''",
    ]),

  'SQL limit dropped': (text) =>
    [...text.matchAll(/\bLIMIT\s+/g)]
      .filter(
        ({ index, 0: word }) =>
          !/^1\s*\)/.test(text.slice(index + word.length)) || !isLimitOfValue(text, index + word.length),
      )
      .map(({ index, 0: word }) => [...trimmed(text, index, endOf(text, index + word.length, AFTER_CONDITION)), '']),

  'SQL assignment dropped': (text) =>
    [...text.matchAll(/\bSET\s+/g)].flatMap(({ index, 0: word }) => {
      const edits: SqlEdit[] = [];
      let at = endOf(text, index + word.length, /^(?:WHERE|RETURNING)\b/);
      while (text.charAt(at) === ',') {
        const end = endOf(text, at + 1, /^(?:WHERE|RETURNING)\b/);
        edits.push([...trimmed(text, at, end), '']);
        at = end;
      }
      return edits;
    }),
};
