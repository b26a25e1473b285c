import type { EventView, VerificationView } from '../contract/log.ts';
import { counted } from './commands/command.ts';
import { PlainError } from './project.ts';

/** A moment as the API takes it; a day stands for its beginning, in UTC. */
export function timeOf(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new PlainError(`--since: "${text}" is no time. Write it as in 2026-11-23T10:00:00Z.`);
  return new Date(at).toISOString();
}

/** Control characters would let a name rewrite the lines above it in a terminal. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** The end of a ban is kept as a number; a person reads a time. */
const factOf = ([name, value]: [string, unknown]): string =>
  `${name}=${name === 'until' && typeof value === 'number' ? new Date(value).toISOString() : JSON.stringify(value)}`;

/** One event as one line: when, who, what, on what, and the facts. */
export function lineOf({ at, actor, verb, subject, article, facts }: EventView): string {
  const who = actor.name ?? (actor.id === null ? actor.kind : `${actor.kind} ${actor.id}`);
  const where = article === null || article === subject.id ? [] : [`under ${article}`];
  return plain([at, who, verb, subject.id, ...where, ...Object.entries(facts).map(factOf)].join('  '));
}

/** One page of a verification; the last one says how the log ends. */
export function describeVerification({ seals, events, broken, last, next }: VerificationView): string {
  const lines = broken.map(
    ({ fault, from, after, to, upTo }) =>
      `${fault.toUpperCase()}  between ${from === null ? 'the beginning' : `${from} (${after})`} and ${to} (${upTo})`,
  );
  const whole = events === 1 ? 'is as it was sealed' : 'are as they were sealed';
  lines.push(
    `${counted(events, 'event')} under ${counted(seals, 'seal')} ${broken.length === 0 ? whole : 'looked at'}.`,
  );
  if (next === null && last !== null)
    lines.push(`The last seal is ${last.hash}, of ${last.sealedAt}, up to ${last.upTo}.`);
  return lines.join('\n');
}
