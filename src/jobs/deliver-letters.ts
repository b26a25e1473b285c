import {
  DELIVERY_MILLIS,
  deliverLetters as deliverLettersOf,
  type Receiver,
  turnAt,
} from '../core/outbox/deliver-letters.ts';
import type { Job } from './job.ts';

/** A receiver that has not answered in time counts as one that failed, and holds up nobody any longer. */
const inTime =
  (receiver: Receiver): Receiver =>
  async (letter) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('No answer in time')), DELIVERY_MILLIS);
    });
    try {
      await Promise.race([receiver(letter), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  };

/** Delivers the letters of the outbox to their receivers. */
export const deliverLetters: Job = {
  name: 'deliver-letters',
  steps: 50,
  due: ({ outbox, clock }, limit) => outbox.findSitesWithLetters(turnAt(clock.now()), limit),
  step: (deps, site) => {
    const receivers = new Map([...deps.receivers].map(([name, receiver]) => [name, inTime(receiver)]));
    return deliverLettersOf({ ...deps, receivers }, site);
  },
};
