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

type Ban = Pick<ReaderStanding, 'ban' | 'banUntil'>;

/** The ban as it stands at a time: one that is over is none, whether or not a job has ended it. */
export function banAt({ ban, banUntil }: Ban, now: number): Ban {
  return banUntil !== null && banUntil <= now ? { ban: 'none', banUntil: null } : { ban, banUntil };
}
