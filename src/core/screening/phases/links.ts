import { bodyLinks } from '../../body/body-text.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * Spam lives by its links; a reader who gives a source needs one or two. Counted in the tree, so that an address that
 * was refused and stayed text does not count. After the words: what a comment says tells more than how much it links.
 */
export function links({ body, site }: Submission): PhaseVerdict<'links'> {
  const count = bodyLinks(body).length;
  const limit = site.settings.maxLinks;
  return count > limit ? { outcome: 'hold', signal: { phase: 'links', count, limit } } : { outcome: 'pass' };
}
