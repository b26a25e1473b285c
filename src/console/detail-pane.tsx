import { useEffect, useState } from 'preact/hooks';
import type { DossierView, QueueItem } from '../contract/moderation.ts';
import { type Api, placeOf, sentenceOf } from './api.ts';
import { type BanChange, BanControls } from './ban-controls.tsx';
import { BodyView } from './body-view.tsx';
import { STATUS_LABELS } from './lists.ts';
import { Problem } from './problem.tsx';
import { SetAsideVotes, votesOf } from './set-aside-votes.tsx';
import { signalSentence } from './signal-sentence.ts';
import { Ago } from './time.tsx';
import type { Say } from './toast.tsx';

/** A selection that moves on before this asks for no dossier. */
const DWELL_MS = 200;

const EVENT_LABELS: Record<DossierView['events'][number]['kind'], string> = {
  approve: 'approved',
  reject: 'rejected',
  spam: 'marked as spam',
  restore: 'restored',
  undo: 'took back a decision',
  edit: 'edited',
  delete: 'deleted',
  'count-votes': 'counted',
  'discard-votes': 'discarded',
};

const FLAG_LABELS: Record<DossierView['flags'][number]['reason'], string> = {
  offensive: 'Offensive',
  spam: 'Spam',
  'personal-information': 'Personal information',
  'off-topic': 'Off topic',
  other: 'Other',
};

function useDossier(api: Api, item: QueueItem, again: number) {
  const { article, id } = placeOf(item);
  const { status } = item;
  const [dossier, setDossier] = useState<DossierView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // A new status or a retry loads the same comment again.
  useEffect(() => {
    const stop = new AbortController();
    setDossier(null);
    setProblem(null);
    const timer = setTimeout(() => {
      api.dossier({ article, id }, stop.signal).then(setDossier, (error) => {
        if (!stop.signal.aborted) setProblem(sentenceOf(error));
      });
    }, DWELL_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [api, article, id, status, again]);
  return { dossier, problem };
}

function Flags({ flags }: { flags: DossierView['flags'] }) {
  if (flags.length === 0) return null;
  return (
    <section>
      <h3>Reports</h3>
      <ul class="facts">
        {flags.map((flag) => (
          <li key={flag.at + flag.reason}>
            <b>{FLAG_LABELS[flag.reason]}</b> <Ago at={flag.at} />
            {flag.note && <p dir="auto">{flag.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Events({ events }: { events: DossierView['events'] }) {
  return (
    <section>
      <h3>What happened</h3>
      {events.length === 0 && <p class="quiet">Nobody has decided yet.</p>}
      <ul class="facts">
        {events.map((event) => (
          <li key={event.at + event.kind}>
            <b dir="auto">{event.by === 'author' ? 'The author' : event.by}</b> {EVENT_LABELS[event.kind]}{' '}
            {event.votes !== null && `${votesOf(event.votes)} set aside `}
            <Ago at={event.at} />
            {event.from && event.to && event.from !== event.to && (
              <span class="quiet">
                {' '}
                {STATUS_LABELS[event.from]} → {STATUS_LABELS[event.to]}
              </span>
            )}
            {event.reason && <p dir="auto">“{event.reason}”</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ dossier }: { dossier: DossierView }) {
  const others = dossier.history.filter((comment) => comment.id !== dossier.item.id);
  return (
    <section>
      <h3>Latest by this reader</h3>
      {others.length === 0 && <p class="quiet">This is the only comment.</p>}
      <ul class="facts">
        {others.map((comment) => (
          <li key={comment.id}>
            <span class={`chip chip-${comment.status}`}>{STATUS_LABELS[comment.status]}</span>{' '}
            <Ago at={comment.createdAt} />{' '}
            <span class="quiet" dir="auto">
              {comment.headline ?? comment.articleKey}
            </span>
            <div class="clamp">
              <BodyView body={comment.body} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DetailProps {
  api: Api;
  item: QueueItem;
  say: Say;
  onBan: (change: BanChange) => void;
  onRuled: (item: QueueItem) => void;
}

/** All that is known of one comment: beside the list on wide screens, under its row on narrow ones. */
export function DetailPane({ api, item, say, onBan, onRuled }: DetailProps) {
  const [tries, setTries] = useState(0);
  const { dossier, problem } = useDossier(api, item, tries);
  const { parent, reader } = item;
  return (
    <div class="detail">
      <section>
        <h2 class="detail-title">
          <bdi>{item.authorName}</bdi> <Ago at={item.createdAt} />
        </h2>
        <p class="quiet">
          {STATUS_LABELS[item.status]}
          {item.editedAt && (
            <>
              , edited <Ago at={item.editedAt} />
            </>
          )}
          {item.upVotes + item.downVotes > 0 && `, ${item.upVotes} up and ${item.downVotes} down`}
        </p>
        {parent && (
          <details class="detail-parent">
            <summary>
              In reply to <bdi>{parent.authorName}</bdi> <span class="quiet">({STATUS_LABELS[parent.status]})</span>
            </summary>
            <BodyView body={parent.body} />
          </details>
        )}
        <BodyView body={item.body} />
      </section>
      {item.signals.length > 0 && (
        <section>
          <h3>What screening found</h3>
          <ul class="facts">
            {item.signals.map((signal) => (
              <li key={signal.phase} dir="auto">
                {signalSentence(signal)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {item.setAsideVotes > 0 && (
        <SetAsideVotes
          api={api}
          item={item}
          say={say}
          onRuled={(ruled) => {
            onRuled(ruled);
            setTries(tries + 1);
          }}
        />
      )}
      {dossier && <Flags flags={dossier.flags} />}
      <section>
        <h3>Reader</h3>
        <p>
          {reader.commentCount === 1 ? '1 comment' : `${reader.commentCount} comments`}, {reader.approvedCount}{' '}
          approved, {reader.rejectedCount} rejected. First seen <Ago at={reader.firstSeenAt} />.
        </p>
        {item.authorEmail && <p class="quiet detail-email">{item.authorEmail} (not verified)</p>}
        <BanControls key={reader.id} api={api} reader={reader} name={item.authorName} say={say} onBan={onBan} />
      </section>
      {dossier && <History dossier={dossier} />}
      {dossier && <Events events={dossier.events} />}
      {!dossier && !problem && <div class="skeleton skeleton-detail" aria-hidden="true" />}
      {problem && <Problem sentence={problem} onRetry={() => setTries(tries + 1)} />}
    </div>
  );
}
