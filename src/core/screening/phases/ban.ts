import { banAt } from '../../reader/reader.ts';
import type { PhaseVerdict, Submission } from '../screening.ts';

/**
 * A moderator has decided about this reader already, so no rule about words is asked. A banned reader is told, and
 * until when; a shadow-banned one is not told anything, and goes on writing for nobody but themselves. The phase comes
 * after those that refuse for other reasons: a shadow-banned reader whose text is accepted where everybody else's is
 * refused would notice the ban. What is in the shadow stays there when the ban is over, and so does what its author
 * answers to it: to the author it is published all the time, and nobody else could read what is being answered.
 * A banned reader who clears the browser comes back as another one from the same network, where moderators may have all
 * held that nobody has trusted yet; readers with an approved comment go on.
 */
export function ban({ reader, isNetworkHeld, isInShadow, now }: Submission): PhaseVerdict<'ban'> {
  const { ban: standing, banUntil } = banAt(reader, now);
  if (standing === 'ban') return { outcome: 'refuse', problem: { reason: 'banned', until: banUntil } };
  if (standing === 'shadow-ban') return { outcome: 'shadow', signal: { phase: 'ban', because: 'shadow-ban' } };
  if (isInShadow) return { outcome: 'shadow', signal: { phase: 'ban', because: 'in-shadow' } };
  if (isNetworkHeld && reader.approvedCount === 0)
    return { outcome: 'hold', signal: { phase: 'ban', because: 'network' } };
  return { outcome: 'pass' };
}
