/** The reasons for a report. The contract has the same list: neither can have a reason that the other lacks. */
export const FLAG_REASONS = ['offensive', 'spam', 'personal-information', 'off-topic', 'other'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
