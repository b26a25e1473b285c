import { hash } from 'node:crypto';
import type { Clock } from '../../../src/core/platform/clock.ts';
import type { Hashing } from '../../../src/core/platform/hashing.ts';
import type { Ids } from '../../../src/core/platform/ids.ts';
import type { Mailer } from '../../../src/core/platform/mailer.ts';
import { sortableId } from '../../../src/core/platform/sortable-id.ts';
import type { Bursts } from '../../../src/core/rate-limit/bursts.ts';
import type { CoolDowns } from '../../../src/core/rate-limit/cool-downs.ts';
import { MILLIS_A_DAY, type Network } from '../../../src/core/rate-limit/network.ts';
import type { KnownArticles } from '../../../src/core/rate-limit/read-under-article.ts';
import { createBursts } from '../../../src/platform/bursts.ts';
import { createKnownArticles } from '../../../src/platform/known-articles.ts';

/** A time in the middle of an hour and of a minute, so that a test may go on for a while before either is over. */
const BEGINNING = Date.UTC(2026, 0, 2, 10, 30, 20);

export interface MovedClock extends Clock {
  tick(seconds: number): void;
}

/** A clock that the test moves. */
export function createClock(): MovedClock {
  let at = BEGINNING;
  return {
    now: () => at,
    tick: (seconds) => {
      at += seconds * 1_000;
    },
  };
}

/** Ids in the order in which they were asked for, also within one millisecond. */
export function createIds(): Ids {
  let made = 0;
  return {
    sortable(at) {
      made += 1;
      const digits = Uint8Array.from({ length: 7 }, (_, i) => Math.floor(made / 32 ** (6 - i)) % 32);
      return sortableId(at, digits);
    },
    token() {
      made += 1;
      return `token-${made}`;
    },
  };
}

/** The network of this name, alone in its range, as it is named today and was named yesterday. */
export function networkNamed(name: string, now: number): Network {
  const nameOn = (at: number) =>
    Array(3)
      .fill(`${name} on ${Math.floor(at / MILLIS_A_DAY)}`)
      .join('.');
  return { today: nameOn(now), yesterday: nameOn(now - MILLIS_A_DAY) };
}

/** Counts in memory, and remembers no refusal: the stores are always asked. */
export function createLimiters(): { bursts: Bursts; coolDowns: CoolDowns; knownArticles: KnownArticles } {
  return {
    bursts: createBursts({}),
    coolDowns: { find: async () => null, start: async () => {} },
    knownArticles: createKnownArticles(),
  };
}

/** Says what was hashed, so that a test can read it; no two inputs meet. */
export function createHashing(): Hashing {
  const keyed = async (...parts: string[]) => JSON.stringify(parts);
  return {
    reader: (siteId, guestKey) => keyed('reader', siteId, guestKey),
    network: async (siteId, address, dayKey) => Array(3).fill(`${siteId} ${address} under ${dayKey}`).join('.'),
    text: (siteId, text) => keyed('text', siteId, text),
    token: (token) => keyed('token', token),
    tokens: async (token) => [await keyed('token', token)],
    formerReader: async () => null,
    session: (siteId, linkToken, key) => keyed('session', siteId, linkToken, key),
    form: (siteId, ...parts) => keyed('form', siteId, ...parts),
    // A seal's hash is in the next one's text, which would double with each.
    digest: async (text) => hash('sha256', text),
  };
}

export type Mail = Parameters<Mailer['send']>[0];

/** Keeps what it sends. */
export function createMailer({ isSetUp = true, isRefusing = false } = {}): Mailer & { sent: Mail[] } {
  const sent: Mail[] = [];
  return {
    isSetUp,
    sent,
    async send(mail) {
      if (isRefusing) throw new Error('the mail was refused');
      if (isSetUp) sent.push(mail);
      return isSetUp;
    },
  };
}
