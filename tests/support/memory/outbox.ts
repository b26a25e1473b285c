import type { Happening, Letter, Outbox } from '../../../src/core/outbox/outbox.ts';
import { byText, type StoredLetter, type Tables } from './tables.ts';

type Word = Omit<Letter, 'receiver' | 'attempt'>;

/** Inserts a letter to each receiver that listens. */
export function insertLetters(tables: Tables, { site, id, verb, subject }: Word): void {
  for (const listener of tables.listeners) {
    if (listener.site !== site || listener.verb !== verb) continue;
    tables.outbox.push({ site, id, verb, subject, receiver: listener.receiver, attempt: 0, notBefore: 0 });
  }
}

export function insertLetterAboutPublished(
  tables: Tables,
  deed: { site: string; id: string },
  commentId: string,
): void {
  const subject = { kind: 'comment', id: commentId } as const;
  insertLetters(tables, { site: deed.site, id: deed.id, verb: 'comment.published', subject });
}

const byDeed = (a: Word, b: Word): number =>
  byText(a.id, b.id) ||
  byText(a.subject.kind, b.subject.kind) ||
  byText(a.subject.id, b.subject.id) ||
  byText(a.verb, b.verb);

export function createOutbox(tables: Tables): Outbox {
  /** The letter, as long as nobody else has claimed it. */
  const find = (letter: Letter): StoredLetter | undefined =>
    tables.outbox.find(
      (one) =>
        one.site === letter.site &&
        one.receiver === letter.receiver &&
        one.attempt === letter.attempt &&
        byDeed(one, letter) === 0,
    );
  const take = (letter: Letter): StoredLetter | undefined => {
    const found = find(letter);
    tables.outbox = tables.outbox.filter((one) => one !== found);
    return found;
  };

  const firstOf = (site: string, receiver: string) =>
    tables.outbox.filter((one) => one.site === site && one.receiver === receiver).sort(byDeed)[0];

  return {
    async listen(site, receiver, happenings: readonly Happening[]) {
      const others = tables.listeners.filter((one) => one.site !== site || one.receiver !== receiver);
      tables.listeners = [...others, ...happenings.map((verb) => ({ site, receiver, verb }))];
    },

    async findSitesWithLetters({ now, upTo }, limit) {
      const isFirst = (one: StoredLetter) => firstOf(one.site, one.receiver) === one;
      const due = tables.outbox.filter((one) => one.id < upTo && one.notBefore <= now && isFirst(one));
      return [...new Set(due.map(({ site }) => site))].slice(0, limit);
    },

    async findReceivers(siteId) {
      const waiting = tables.outbox.filter(({ site }) => site === siteId);
      return [...new Set(waiting.map(({ receiver }) => receiver))].sort(byText);
    },

    async claim(siteId, receiver, { now, upTo }, until) {
      const first = firstOf(siteId, receiver);
      if (first === undefined || first.id >= upTo || first.notBefore > now) return null;
      first.attempt += 1;
      first.notBefore = until;
      const { notBefore: _, ...letter } = first;
      return letter;
    },

    async remove(letter) {
      take(letter);
    },

    async postpone(letter, notBefore) {
      const found = find(letter);
      if (found !== undefined) found.notBefore = notBefore;
    },

    async bury(letter, now) {
      const found = take(letter);
      if (found !== undefined) tables.deadLetters.push({ ...found, diedAt: now });
    },
  };
}
