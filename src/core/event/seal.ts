import type { Hashing } from '../platform/hashing.ts';
import type { Event } from './event.ts';
import type { Seal } from './event-log.ts';

/** An event as one line, which is the same everywhere and at all times. */
export function lineOf({ site, id, verb, actor, subject, articleKey, facts }: Event): string {
  const names = Object.keys(facts).sort();
  return JSON.stringify([
    ...[site, id, verb, subject.kind, subject.id],
    ...[actor.kind, actor.id, actor.name, articleKey],
    Object.fromEntries(names.map((name) => [name, facts[name]])),
  ]);
}

/** The hash of these events on top of the seal before them. */
export function hashOf(hashing: Pick<Hashing, 'digest'>, previous: Seal | null, events: Event[]): Promise<string> {
  return hashing.digest([previous?.hash ?? '', ...events.map(lineOf)].join('\n'));
}
