import { timeOfId } from '../platform/sortable-id.ts';
import type { Actor } from './actor.ts';
import type { Context } from './context.ts';

/** A subject has a kind, so that an article's key is never taken for a comment's id. */
export type SubjectKind =
  | 'comment'
  | 'votes'
  | 'reader'
  | 'article'
  | 'setting'
  | 'word'
  | 'moderator'
  | 'key'
  | 'site'
  | 'secret';

/** The verbs of all deeds that leave an event: the kind of subject, and the deed in the past tense. */
export const VERBS = [
  'comment.approved',
  'comment.rejected',
  'comment.marked-as-spam',
  'comment.restored',
  'comment.decision-undone',
  'comment.edited',
  'comment.deleted',
  'votes.counted',
  'votes.discarded',
  'reader.banned',
  'reader.shadow-banned',
  'reader.ban-lifted',
  'reader.ban-ended',
  'article.registered',
  'article.created',
  'article.opened',
  'article.closed',
  'article.mode-changed',
  'article.rekeyed',
  'article.removed',
  'settings.changed',
  'word.added',
  'word.removed',
  'moderator.invited',
  'moderator.link-made',
  'moderator.role-changed',
  'moderator.removed',
  'key.created',
  'key.revoked',
  'site.created',
  'address.forgotten',
  'secret.changed',
] as const;
export type Verb = (typeof VERBS)[number];

export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** One deed on one subject, as it is stored. Facts hold no text of an erased comment and no address. */
export interface Event {
  site: string;
  /** The deed's id, which sorts by time. Several subjects of one deed share it. */
  id: string;
  verb: Verb;
  actor: { kind: Actor['kind']; id: string | null; name: string | null };
  subject: { kind: SubjectKind; id: string };
  articleKey: string | null;
  facts: Facts;
}

/** A deed on its way into the store, in whose batch the events about its subjects are written. */
export interface Deed {
  site: string;
  id: string;
  actor: Event['actor'];
  /** Epoch milliseconds. */
  now: number;
}

/** The actor as an event keeps it, by name as it was. A reader's name belongs to the comment and is not kept here. */
export function actorInEvent(actor: Actor): Event['actor'] {
  switch (actor.kind) {
    case 'visitor':
    case 'operator':
      return { kind: actor.kind, id: null, name: null };
    case 'reader':
      return { kind: 'reader', id: actor.id, name: null };
    case 'moderator':
    case 'publisher':
      return { kind: actor.kind, id: actor.id, name: actor.name };
    case 'job':
      return { kind: 'job', id: null, name: actor.name };
  }
}

/** The deed that this context is about to do. */
export function deedOf({ site, actor, now }: Context, ids: { sortable(at: number): string }): Deed {
  return { site, id: ids.sortable(now), actor: actorInEvent(actor), now };
}

/**
 * The same for a deed on a subject whose last event has been read: it comes after that one in the log, even where it was
 * asked for before.
 */
export function deedAfter(lastEventId: string | null, context: Context, ids: { sortable(at: number): string }): Deed {
  const deed = deedOf(context, ids);
  if (lastEventId === null || lastEventId < deed.id) return deed;
  // A random part of its own: two deeds that follow one event are two.
  return { ...deed, id: ids.sortable(timeOfId(lastEventId) + 1) };
}
