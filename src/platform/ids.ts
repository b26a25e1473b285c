import { commentId } from '../core/comment/comment-id.ts';
import type { Ids } from '../core/ports.ts';
import { toBase64Url } from './hashing.ts';

export const ids: Ids = {
  sortable: (at) => commentId(at, crypto.getRandomValues(new Uint8Array(7))),
  token: () => toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
};
