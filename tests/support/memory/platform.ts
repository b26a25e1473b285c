import { hash } from 'node:crypto';
import type { Clock } from '../../../src/core/platform/clock.ts';
import type { Hashing } from '../../../src/core/platform/hashing.ts';
import type { Ids } from '../../../src/core/platform/ids.ts';
import type { Mailer } from '../../../src/core/platform/mailer.ts';
import { sortableId } from '../../../src/core/platform/sortable-id.ts';

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

/** Says what was hashed, so that a test can read it; no two inputs meet. */
export function createHashing(): Hashing {
  const keyed = async (...parts: string[]) => JSON.stringify(parts);
  return {
    reader: (siteId, guestKey) => keyed('reader', siteId, guestKey),
    network: (siteId, address, now) => keyed('network', siteId, address, String(Math.floor(now / 86_400_000))),
    text: (siteId, text) => keyed('text', siteId, text),
    token: (token) => keyed('token', token),
    tokens: async (token) => [await keyed('token', token)],
    formerReader: async () => null,
    session: (siteId, linkToken, key) => keyed('session', siteId, linkToken, key),
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
