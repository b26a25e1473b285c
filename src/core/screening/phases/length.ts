import type { Problem } from '../../problem.ts';
import { countBytes } from '../../text/bytes.ts';
import { countGraphemes } from '../../text/graphemes.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/** The tree and the source are stored by one statement, which may have 100,000 bytes. No letter to an editor comes near. */
const MOST_TREE_BYTES = 48_000;

const TOO_MANY_MARKS: Problem = {
  reason: 'invalid-input',
  errors: [{ field: 'body', message: 'This has too many short lines and too much emphasis. Write it more plainly.' }],
};

/**
 * Empty is judged by what can be read (markup around nothing is nothing), too long by what was typed: that is what the
 * counter under the field shows, and what is stored. Before the ban, so that both answers are the same for everyone,
 * and before the phases that search the text, so that theirs is bounded.
 */
export function length({ source, body, text, site }: Submission): PhaseVerdict<'length'> {
  if (text === '') return { outcome: 'refuse', problem: { reason: 'comment-empty' } };
  const limit = site.settings.maxGraphemes;
  const graphemes = countGraphemes(source.trim());
  if (graphemes > limit) return { outcome: 'refuse', problem: { reason: 'comment-too-long', graphemes, limit } };
  if (countBytes(JSON.stringify(body)) > MOST_TREE_BYTES) return { outcome: 'refuse', problem: TOO_MANY_MARKS };
  return { outcome: 'pass' };
}
