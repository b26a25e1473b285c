import type { Hashing } from '../core/platform/hashing.ts';
import { placesOf } from './network.ts';

const encoder = new TextEncoder();

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function digest(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** 128 bits: nobody finds two that meet, and half the room in every index. */
const KEY_BYTES = 16;

/** 48 bits tell the 65,536 networks of a range apart. */
const PART_LENGTH = 8;

/**
 * HMAC-SHA-256 under a secret. Each use names its purpose in what is hashed, and its site where it has one, so that a
 * value from one place means nothing in another. A token has none there: it is random, and looked up in its own site.
 */
function keyedBy(secret: string) {
  // The key and not the promise of it: no request may wait on a promise of another one.
  let key: CryptoKey | undefined;
  return async (purpose: string, ...parts: string[]): Promise<string> => {
    key ??= await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    const message = encoder.encode([purpose, ...parts].join('\u0000'));
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
    return toBase64Url(mac.subarray(0, KEY_BYTES));
  };
}

/** A mark by which a secret is recognised and nothing else: it is hashed under itself. */
export function markOf(secret: string): Promise<string> {
  return keyedBy(secret)('mark');
}

/** @param before the secret that was used until now, while what is hashed under it still counts */
export function createHashing(secret: string, before: string | null = null): Hashing {
  const keyed = keyedBy(secret);
  const former = before === null || before === secret ? null : keyedBy(before);
  return {
    reader: (siteId, guestKey) => keyed('reader', siteId, guestKey),
    network: async (siteId, address, dayKey) => {
      const key = dayKey ?? '';
      const { range, block, network } = placesOf(address);
      const [ofRange, ofBlock, ofNetwork] = await Promise.all([
        keyed('range', siteId, key, range),
        block === network ? null : keyed('block', siteId, key, block),
        keyed('network', siteId, key, network),
      ]);
      const last = ofNetwork.slice(0, PART_LENGTH);
      return [ofRange, ofBlock?.slice(0, PART_LENGTH) ?? last, last].join('.');
    },
    text: (siteId, text) => keyed('text', siteId, text),
    token: (token) => keyed('token', token),
    tokens: (token) => Promise.all([keyed, ...(former === null ? [] : [former])].map((hash) => hash('token', token))),
    formerReader: async (siteId, guestKey) => (former === null ? null : former('reader', siteId, guestKey)),
    session: (siteId, linkToken, key) => keyed('session', siteId, linkToken, key),
    form: (siteId, ...parts) => keyed('form', siteId, ...parts),
    digest,
  };
}

export { toBase64Url };
