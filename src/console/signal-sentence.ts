import type { SignalView } from '../contract/moderation.ts';

type WordSignal = Extract<SignalView, { phase: 'banned-words' | 'suspect-words' }>;

function wordsOf(kind: string, { words, spelledOtherwise = [], more = 0 }: WordSignal): string {
  const written = words.filter((word) => !spelledOtherwise.includes(word));
  const kinds = words.length === 1 ? `${kind} word` : `${kind} words`;
  const end = more === 0 ? '.' : `, and ${more} more.`;
  if (spelledOtherwise.length === 0) return `${kinds}: ${written.join(', ')}${end}`;
  const otherwise = `spelled otherwise: ${spelledOtherwise.join(', ')}${end}`;
  return written.length === 0 ? `${kinds}, ${otherwise}` : `${kinds}: ${written.join(', ')}; ${otherwise}`;
}

function repeatedText({ by, comments }: Extract<SignalView, { phase: 'repeated-text' }>): string {
  if (by === 'others') return `${comments} other comments have the same text.`;
  return comments === 1
    ? 'The reader posted the same text elsewhere.'
    : `The reader posted the same text in ${comments} other places.`;
}

const BANS: Record<Extract<SignalView, { phase: 'ban' }>['because'], string> = {
  'shadow-ban': 'The reader is shadow-banned.',
  'in-shadow': 'Its author alone sees what it answers, or saw its earlier text.',
  network: 'It comes from the network of a banned reader.',
};

/** The reason why a phase of the screening spoke, for a moderator. A phase unknown to this console is shown by name. */
export function signalSentence(signal: SignalView): string {
  switch (signal.phase) {
    case 'repeated-text':
      return repeatedText(signal);
    case 'ban':
      return BANS[signal.because];
    case 'banned-words':
      return wordsOf('Banned', signal);
    case 'suspect-words':
      return wordsOf('Suspect', signal);
    case 'links':
      return `${signal.count === 1 ? '1 link' : `${signal.count} links`}; the limit is ${signal.limit}.`;
    case 'first-comment':
      return 'The reader had no approved comment then.';
    case 'pre-moderation':
      return 'Every comment under this article is approved first.';
    default:
      return (signal satisfies never as { phase: string }).phase;
  }
}
