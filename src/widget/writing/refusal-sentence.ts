import type { Failure } from '../reading/api.ts';
import { failureSentence } from '../reading/failure-sentence.ts';
import { fill } from '../texts/language.ts';
import type { RefusalReason } from '../texts/texts.ts';
import type { Desk } from './desk.ts';

/** A sentence for somebody whose writing was refused, or did not arrive. `kept`: they have a text to lose. */
export function refusalSentence({ thread, words }: Desk, failure: Failure, kept = false): string {
  const { language } = thread;
  const { until } = failure.problem ?? {};
  if (until) return fill(words.bannedUntil, { time: language.absoluteTime(until) });
  const known = words.refusals[failure.reason as RefusalReason] ?? failureSentence(language, failure);
  return kept && (failure.passing || failure.waitSeconds) ? `${known} ${words.kept}` : known;
}
