import { fill, type Language } from '../texts/language.ts';
import type { Failure } from './api.ts';

/** A sentence for somebody who reads, in their language: the server's own is English. */
export function failureSentence(language: Language, { reason, waitSeconds }: Failure): string {
  const { words } = language;
  if (reason === 'no-connection') return words.noConnection;
  if (waitSeconds) return fill(words.tooMany, { time: language.duration(waitSeconds) });
  return words.serverTrouble;
}
