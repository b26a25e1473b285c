import type { Context } from '../../core/event/context.ts';
import type { Hashing } from '../../core/platform/hashing.ts';
import type { Ids } from '../../core/platform/ids.ts';

/** No person reads a form, writes a sentence and sends it in less. */
const SOONEST_MILLIS = 3_000;

/** Somebody may leave a page open over night. */
const LATEST_MILLIS = 86_400_000;

const STAMP = /^([0-9a-z]{1,10})\.([\w-]{43})\.([\w-]{22})$/;

/** A form of before, by its stamp: good for a post, or too early for one, or old or not of this site. */
export type Stamp = { state: 'good' | 'early'; guestKey: string; idempotencyKey: string } | { state: 'over' };

/**
 * The time and the key of a form, signed. By the key whoever sends the form is a guest, in this one form
 * alone; so a second sending of it is found.
 */
export async function makeStamp(
  { hashing, ids }: { hashing: Hashing; ids: Ids },
  { site, now }: Context,
): Promise<string> {
  const [at, key] = [now.toString(36), ids.token()];
  return [at, key, await hashing.form(site, at, key)].join('.');
}

export async function readStamp(
  { hashing }: { hashing: Hashing },
  { site, now }: Context,
  stamp: string,
): Promise<Stamp> {
  const [, at = '', guestKey = '', signature = ''] = STAMP.exec(stamp) ?? [];
  const expected = await hashing.form(site, at, guestKey);
  // Both sides are hashed, so how long the comparison takes tells nothing of the signature.
  const isOurs = (await hashing.token(signature)) === (await hashing.token(expected));
  const age = now - Number.parseInt(at, 36);
  if (!isOurs || age < 0 || age > LATEST_MILLIS) return { state: 'over' };
  return { state: age < SOONEST_MILLIS ? 'early' : 'good', guestKey, idempotencyKey: signature };
}
