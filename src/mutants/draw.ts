import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../bench/crowd/random.ts';
import { OPERATORS } from './operators.ts';
import { applied, type Edit, nodesOf, parse } from './syntax.ts';
import { filesUnder } from './tree.ts';

/** Rooms whose defects show in answers alone; those of other rooms are seen in a browser or at a terminal. */
export const ROOMS = ['src/core', 'src/store', 'src/http'];

/** One change of one file of the product that a test should notice. */
export interface Mutant extends Edit {
  /** The path from the root of the tree, with slashes. */
  file: string;
  line: number;
  operator: string;
  /** The text that was there. */
  from: string;
}

export function mutantsOf(file: string, source: string): Mutant[] {
  const nodes = [...nodesOf(parse(file, source))];
  const mutants = Object.entries(OPERATORS).flatMap(([operator, edits]) =>
    nodes
      .flatMap((node) => edits(node, source))
      .map((edit) => ({
        ...edit,
        file,
        operator,
        from: source.slice(edit.start, edit.end),
        line: source.slice(0, edit.start).split('\n').length,
      })),
  );
  // Two operators may produce the same text.
  return [...new Map(mutants.map((mutant) => [applied(source, mutant), mutant])).values()];
}

/** All mutants, in an order that the seed alone decides. */
export function drawMutants(root: string, seed: number): Mutant[] {
  const files = ROOMS.flatMap((room) => filesUnder(root, room)).filter((file) => file.endsWith('.ts'));
  const mutants = files.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), 'utf8')));
  const random = seededRandom(seed);
  for (let last = mutants.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [mutants[last], mutants[other]] = [mutants[other] as Mutant, mutants[last] as Mutant];
  }
  return mutants;
}
