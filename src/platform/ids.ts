import type { Ids } from '../core/platform/ids.ts';
import { idAfter, sortableId, timeOfId } from '../core/platform/sortable-id.ts';
import { toBase64Url } from './hashing.ts';

let latest = '';

/** Within one millisecond each id comes after the one before it, so that the order of ids is the order of events. */
const sortable = (at: number): string => {
  const fresh = sortableId(at, crypto.getRandomValues(new Uint8Array(7)));
  const isSameTime = latest !== '' && timeOfId(latest) === at;
  latest = isSameTime && fresh <= latest ? idAfter(latest) : fresh;
  return latest;
};

export const ids: Ids = {
  sortable,
  token: () => toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
};
