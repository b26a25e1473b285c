import { settledUpTo } from '../event/seal-events.ts';
import type { Clock } from '../platform/clock.ts';
import type { Letter, Outbox, Turn } from './outbox.ts';

/** Delivers one letter, which may be given more than once. It throws where the letter must be sent again. */
export type Receiver = (letter: Letter) => Promise<void>;

/** The longest that a receiver may take over a letter; whoever runs the receivers ends what takes longer. */
export const DELIVERY_MILLIS = 60_000;

/** After this time the deliverer that claimed the letter is taken to be gone. */
const LEASE_MILLIS = 2 * DELIVERY_MILLIS;

/** The attempts at a letter. With the waits below, a receiver may be away for half a day. */
export const MOST_ATTEMPTS = 12;

const FIRST_WAIT_MILLIS = 30_000;
const LONGEST_WAIT_MILLIS = 6 * 3_600_000;

/** The most letters that a step delivers to one receiver. */
const LETTERS_A_STEP = 20;

interface Deps {
  outbox: Outbox;
  receivers: ReadonlyMap<string, Receiver>;
  clock: Clock;
  /** A random number of at least 0 and less than 1. */
  random(): number;
}

/** A turn waits for the log to settle: a deed has its id before its batch is written, and another may overtake it. */
export function turnAt(now: number): Turn {
  return { now, upTo: settledUpTo(now) };
}

/** The wait doubles with each attempt, and is cut by up to half at random, so that failed letters spread out. */
export function waitAfter(attempt: number, random: () => number): number {
  const whole = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** (attempt - 1));
  return Math.round(whole * (0.5 + random() / 2));
}

/** True when the letter has arrived. A receiver unknown to this version counts as one that does not answer. */
async function arrives(receiver: Receiver | undefined, letter: Letter): Promise<boolean> {
  if (receiver === undefined) return false;
  try {
    await receiver(letter);
    return true;
  } catch {
    return false;
  }
}

/** Delivers to one receiver until no letter is left, the first one has to wait, or the others have their turn. */
async function deliverTo(deps: Deps, site: string, name: string): Promise<{ delivered: number; isMore: boolean }> {
  const { outbox, clock } = deps;
  let delivered = 0;
  for (let taken = 0; taken < LETTERS_A_STEP; taken += 1) {
    const now = clock.now();
    const letter = await outbox.claim(site, name, turnAt(now), now + LEASE_MILLIS);
    if (letter === null) return { delivered, isMore: false };
    // Deliverers that claimed it before have ended in the middle of it, and so would this one.
    if (letter.attempt > MOST_ATTEMPTS) {
      await outbox.bury(letter, clock.now());
      continue;
    }
    if (await arrives(deps.receivers.get(name), letter)) {
      await outbox.remove(letter);
      delivered += 1;
    } else if (letter.attempt >= MOST_ATTEMPTS) {
      await outbox.bury(letter, clock.now());
    } else {
      await outbox.postpone(letter, clock.now() + waitAfter(letter.attempt, deps.random));
      return { delivered, isMore: false };
    }
  }
  return { delivered, isMore: true };
}

/**
 * Takes one step at one site, each receiver on its own, so that one that does not answer holds up no other. A letter is
 * removed after it has arrived; a Worker that ends in between leaves it to be delivered again: at least once.
 */
export async function deliverLetters(deps: Deps, site: string): Promise<{ done: number; isMore: boolean }> {
  const step = { done: 0, isMore: false };
  for (const name of await deps.outbox.findReceivers(site)) {
    const { delivered, isMore } = await deliverTo(deps, site, name);
    step.done += delivered;
    step.isMore ||= isMore;
  }
  return step;
}
