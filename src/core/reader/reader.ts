import type { Verb } from '../event/event.ts';

/** A reader's record as screening needs it when they post. `banUntil` null with a ban means for good. */
export interface ReaderStanding {
  approvedCount: number;
  ban: 'none' | 'ban' | 'shadow-ban';
  banUntil: number | null;
}

export const VERB_OF_BAN = {
  none: 'reader.ban-lifted',
  ban: 'reader.banned',
  'shadow-ban': 'reader.shadow-banned',
} as const satisfies Record<ReaderStanding['ban'], Verb>;
