import { readStored, writeStored } from './storage.ts';

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const random = (bytes: number): string => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

const storageKey = (site: string): string => `belowline:guest:${site}`;

/** The whole identity of a guest, or null for somebody who has never written here. */
export function guestKey(site: string): string | null {
  const stored = readStored(storageKey(site));
  return stored !== null && /^[\w-]{43}$/.test(stored) ? stored : null;
}

/** The key is made at the first write, so that mere reading leaves nothing in the browser. */
export function guestKeyForWriting(site: string): string {
  const known = guestKey(site);
  if (known !== null) return known;
  const made = random(32);
  writeStored(storageKey(site), made);
  return made;
}

export function newIdempotencyKey(): string {
  return random(16);
}
