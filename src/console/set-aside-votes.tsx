import { useState } from 'preact/hooks';
import type { QueueItem, VoteRuling } from '../contract/moderation.ts';
import { type Api, placeOf, sentenceOf } from './api.ts';
import type { Say } from './toast.tsx';
import { useKeptFocus } from './use-focus.ts';

export function votesOf(count: number) {
  return count === 1 ? '1 vote' : `${count} votes`;
}

const LABELS: Record<VoteRuling, { ask: string; button: string; done: string }> = {
  'count-votes': { ask: 'Count', button: 'Count them', done: 'counted' },
  'discard-votes': { ask: 'Discard', button: 'Discard them', done: 'discarded' },
};

interface SetAsideProps {
  api: Api;
  item: QueueItem;
  say: Say;
  /** Called after each part, too: the server takes many votes in several calls. */
  onRuled: (item: QueueItem) => void;
}

/** Votes that wait for a moderator. A ruling cannot be undone, so the moderator has to confirm it. */
export function SetAsideVotes({ api, item, say, onRuled }: SetAsideProps) {
  const [asked, setAsked] = useState<VoteRuling | null>(null);
  const [sending, setSending] = useState(false);
  const place = useKeptFocus<HTMLElement>(asked);

  async function rule(ruling: VoteRuling) {
    setSending(true);
    let [now, settled] = [item, 0];
    try {
      for (let last = 1; last > 0 && now.setAsideVotes > 0; ) {
        const { votes, ...totals } = await api.ruleOnVotes(placeOf(item), ruling);
        [now, settled, last] = [{ ...now, ...totals }, settled + votes, votes];
      }
      say({
        text: settled === 0 ? 'There are no votes set aside any more.' : `${votesOf(settled)} ${LABELS[ruling].done}.`,
      });
    } catch (error) {
      const part = settled === 0 ? 'Not saved.' : `Only ${votesOf(settled)} ${LABELS[ruling].done}.`;
      say({ text: `${part} ${sentenceOf(error)}`, tone: 'bad' });
    }
    setSending(false);
    setAsked(null);
    onRuled(now);
  }

  return (
    <section ref={place}>
      <h3>Votes set aside</h3>
      <p>
        {votesOf(item.setAsideVotes)} came in a burst from one network, or while bursts could not be told. They are
        kept, and not counted.
      </p>
      {asked === null ? (
        <div key="rulings" class="buttons">
          <button type="button" class="button button-approve" onClick={() => setAsked('count-votes')}>
            {LABELS['count-votes'].button}
          </button>
          <button type="button" class="button" onClick={() => setAsked('discard-votes')}>
            {LABELS['discard-votes'].button}
          </button>
        </div>
      ) : (
        <div key="question" class="buttons">
          <span id={`ask-votes-${item.id}`}>
            {LABELS[asked].ask} {votesOf(item.setAsideVotes)}? This cannot be taken back.
          </span>
          <button
            type="button"
            class={`button ${asked === 'count-votes' ? 'button-approve' : 'button-reject'}`}
            aria-describedby={`ask-votes-${item.id}`}
            disabled={sending}
            onClick={() => rule(asked)}
          >
            {LABELS[asked].ask} {votesOf(item.setAsideVotes)}
          </button>
          <button type="button" class="button" disabled={sending} onClick={() => setAsked(null)}>
            Leave them
          </button>
        </div>
      )}
    </section>
  );
}
