import { bodyLinks } from '../../body/body-text.ts';
import type { Phase } from '../screening.ts';

/**
 * Spam lives by its links; a reader who gives a source needs one or two. Counted in the tree, so that an address that
 * was refused and stayed text does not count. After the words: what a comment says tells more than how much it links.
 */
export const links: Phase = ({ body, site }) => {
  const count = bodyLinks(body).length;
  const limit = site.settings.maxLinks;
  return count > limit ? { outcome: 'hold', detail: `${count} links; the limit is ${limit}.` } : { outcome: 'pass' };
};
