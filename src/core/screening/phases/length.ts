import type { Problem } from '../../problem.ts';
import { countStatementBytes } from '../../text/bytes.ts';
import { countGraphemes } from '../../text/graphemes.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * The tree and the source stand in one row, of which a statement may have 100,000 bytes: this much is left beside the
 * signals, the name and the address. No letter to an editor comes near.
 */
const MOST_BYTES = 72_000;

const TOO_MANY_MARKS: Problem = {
  reason: 'invalid-input',
  errors: [{ field: 'body', message: 'This has too many short lines and too much emphasis. Write it more plainly.' }],
};

/**
 * Empty is judged by what can be read, too long by what was typed: that is what the counter under the field shows, and
 * what is stored. Before the ban, because a shadow-banned reader must be refused what everybody is, and before the
 * phases that search the text, so that theirs is bounded.
 */
export function length({ source, body, text, site }: Submission): PhaseVerdict<'length'> {
  if (text === '') return { outcome: 'refuse', problem: { reason: 'comment-empty' } };
  const limit = site.settings.maxGraphemes;
  const graphemes = countGraphemes(source.trim());
  if (graphemes > limit) return { outcome: 'refuse', problem: { reason: 'comment-too-long', graphemes, limit } };
  const bytes = countStatementBytes(JSON.stringify(body)) + countStatementBytes(source);
  if (bytes > MOST_BYTES) return { outcome: 'refuse', problem: TOO_MANY_MARKS };
  return { outcome: 'pass' };
}
