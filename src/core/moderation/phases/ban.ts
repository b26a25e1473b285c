import type { Phase } from '../screening.ts';

/**
 * A moderator has decided about this reader already, so no rule about the text is asked. A banned reader is told, and
 * until when; a shadow-banned one is not told anything, and goes on writing for nobody but themselves. Before
 * repeated-text: its refusal would show a shadow-banned reader that somebody still reads.
 */
export const ban: Phase = ({ reader, now }) => {
  const over = reader.banUntil !== null && reader.banUntil <= now;
  if (reader.ban === 'none' || over) return { outcome: 'pass' };
  if (reader.ban === 'shadow-ban') return { outcome: 'shadow', detail: 'The reader is shadow-banned.' };
  return { outcome: 'refuse', problem: { reason: 'banned', until: reader.banUntil } };
};
