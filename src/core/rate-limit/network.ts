import type { Actor } from './limits.ts';

/**
 * A network as its keyed hash, `range.block.network`: what is narrower begins with what is wider. Each day has a key of
 * its own (day-key-store.ts), so the same network has another name for what it did yesterday.
 */
export interface Network {
  today: string;
  yesterday: string;
}

export const MILLIS_A_DAY = 86_400_000;
export const MILLIS_AN_HOUR = 3_600_000;

const PARTS: Partial<Record<Actor, number>> = { range: 1, block: 2, network: 3 };

/** The part of a network's name that all in its range, its block, or itself alone share. */
export function partOf(network: string, actor: Actor): string {
  return network.split('.').slice(0, PARTS[actor]).join('.');
}
