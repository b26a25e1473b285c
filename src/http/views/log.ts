import type { EventView, VerificationView } from '../../contract/log.ts';
import type { Event } from '../../core/event/event.ts';
import type { Verified } from '../../core/event/verify-log.ts';
import { timeOfId } from '../../core/platform/sortable-id.ts';
import { isoTime } from './article.ts';

export function eventView({ id, verb, actor, subject, articleKey, facts }: Event): EventView {
  return { id, at: isoTime(timeOfId(id)), verb, actor, subject, article: articleKey, facts };
}

export function verificationView({ seals, events, broken, last, next }: Verified): VerificationView {
  return {
    seals,
    events,
    broken: broken.map(({ fault, after, upTo }) => ({
      fault,
      after: after || null,
      from: after === '' ? null : isoTime(timeOfId(after)),
      upTo,
      to: isoTime(timeOfId(upTo)),
    })),
    last: last === null ? null : { upTo: last.lastId, hash: last.hash, sealedAt: isoTime(last.sealedAt) },
    next,
  };
}
