import { commentId, idAfter, timeOfId } from '../core/comment/comment-id.ts';
import type { Ids } from '../core/ports.ts';
import { toBase64Url } from './hashing.ts';

let latest = '';

/** Within one millisecond each id comes after the one before it, so that the order of ids is the order of events. */
const sortable = (at: number): string => {
  const fresh = commentId(at, crypto.getRandomValues(new Uint8Array(7)));
  const isSameTime = latest !== '' && timeOfId(latest) === at;
  latest = isSameTime && fresh <= latest ? idAfter(latest) : fresh;
  return latest;
};

export const ids: Ids = {
  sortable,
  token: () => toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
};
