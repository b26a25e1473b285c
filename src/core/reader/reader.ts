/** A reader's record as screening needs it when they post. `banUntil` null with a ban means for good. */
export interface ReaderStanding {
  approvedCount: number;
  ban: 'none' | 'ban' | 'shadow-ban';
  banUntil: number | null;
}
