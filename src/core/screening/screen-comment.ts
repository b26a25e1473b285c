import { ban } from './phases/ban.ts';
import { bannedWords } from './phases/banned-words.ts';
import { commentingClosed } from './phases/commenting-closed.ts';
import { firstComment } from './phases/first-comment.ts';
import { length } from './phases/length.ts';
import { links } from './phases/links.ts';
import { preModeration } from './phases/pre-moderation.ts';
import { repeatedText } from './phases/repeated-text.ts';
import { suspectWords } from './phases/suspect-words.ts';
import { PHASE_NAMES, type Phase, type PhaseName, type Signal, type Submission, type Verdict } from './screening.ts';

/**
 * A name without its phase does not compile, nor one with the phase of another; the order is that of PHASE_NAMES, and
 * why is said in each phase.
 */
const PHASE_OF: { readonly [Name in PhaseName]: Phase<Name> } = {
  'commenting-closed': commentingClosed,
  length,
  'repeated-text': repeatedText,
  ban,
  'banned-words': bannedWords,
  'suspect-words': suspectWords,
  links,
  'first-comment': firstComment,
  'pre-moderation': preModeration,
};

export const PHASES: readonly { name: PhaseName; phase: Phase }[] = PHASE_NAMES.map((name) => ({
  name,
  phase: PHASE_OF[name],
}));

/**
 * The verdict on a comment. A refusal, a rejection and a shadow ban settle it at once; a hold does not, since a later
 * phase may reject, and a moderator is to read every reason.
 */
export function screenComment(submission: Submission): Verdict {
  const signals: Signal[] = [];
  for (const { phase } of PHASES) {
    const verdict = phase(submission);
    if (verdict.outcome === 'pass') continue;
    if (verdict.outcome === 'refuse') return verdict;
    signals.push(verdict.signal);
    if (verdict.outcome !== 'hold') return { outcome: verdict.outcome, signals };
  }
  return { outcome: signals.length > 0 ? 'hold' : 'publish', signals };
}
