/** The plan of the account at Cloudflare, which limits the size of a database. */
export type Plan = 'free' | 'paid';

const LIMIT_BYTES: Readonly<Record<Plan, number>> = { free: 500_000_000, paid: 10_000_000_000 };

/** The percentages of the limit at which the operator is warned: to plan, to act, and at once. */
const MARKS = [95, 85, 70] as const;

export interface Size {
  bytes: number;
  limitBytes: number;
  /** Rounded down, so that a database is full at 100 and not before. */
  percent: number;
  /** The highest mark that it has reached, 0 below the first. */
  mark: (typeof MARKS)[number] | 0;
}

/**
 * The size of a database against its limit.
 * @param plan null where the operator has not said: the smaller limit counts until the database is past it
 */
export function sizeOf(bytes: number, plan: Plan | null): Size {
  const limitBytes = LIMIT_BYTES[plan ?? (bytes > LIMIT_BYTES.free ? 'paid' : 'free')];
  const percent = Math.floor((bytes * 100) / limitBytes);
  return { bytes, limitBytes, percent, mark: MARKS.find((mark) => percent >= mark) ?? 0 };
}

/** The part of the limit that readers may fill. The rest is kept for moderators, who make room, and for the jobs. */
const FOR_READERS = 0.99;

/** @param plan null where the operator has not said, so that nobody knows how much room there is */
export function isFullForReaders(bytes: number, plan: Plan | null): boolean {
  return plan !== null && bytes >= LIMIT_BYTES[plan] * FOR_READERS;
}
