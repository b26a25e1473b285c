import { countGraphemes } from '../../text/graphemes.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * Empty is judged by what can be read (markup around nothing is nothing), too long by what was typed: that is what the
 * counter under the field shows, and what is stored. Before the ban, so that both answers are the same for everyone,
 * and before the phases that search the text, so that theirs is bounded.
 */
export function length({ source, text, site }: Submission): PhaseVerdict<'length'> {
  if (text === '') return { outcome: 'refuse', problem: { reason: 'comment-empty' } };
  const limit = site.settings.maxGraphemes;
  const graphemes = countGraphemes(source.trim());
  if (graphemes > limit) return { outcome: 'refuse', problem: { reason: 'comment-too-long', graphemes, limit } };
  return { outcome: 'pass' };
}
