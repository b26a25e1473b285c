import type { Deed, Event, Facts, SubjectKind, Verb } from '../../../src/core/event/event.ts';
import { insertLetters } from './outbox.ts';
import { byText, type Tables } from './tables.ts';

interface Happened {
  verb: Verb;
  subject: { kind: SubjectKind; id: string };
  articleKey?: string;
  /** Facts that are null are left out. */
  facts?: Facts;
}

export function insertEvent(tables: Tables, deed: Deed, { verb, subject, articleKey, facts = {} }: Happened): void {
  const { site, id, actor } = deed;
  const said = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  tables.events.push({ site, id, verb, actor, subject, articleKey: articleKey ?? null, facts: said });
  insertLetters(tables, { site, id, verb, subject });
}

/** The events on one subject, the latest first. */
export function eventsOn(tables: Tables, site: string, kind: SubjectKind, id: string): Event[] {
  return tables.events
    .filter((event) => event.site === site && event.subject.kind === kind && event.subject.id === id)
    .sort((a, b) => byText(b.id, a.id));
}
