import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DecisionKind, QueueItem, QueueName } from '../contract/moderation.ts';
import { BodyView } from './body-view.tsx';
import { DECISION_LABELS, decisionsFor, linkTo, STATUS_LABELS } from './lists.ts';
import { plainText } from './plain-text.ts';
import type { Notice } from './queue-state.ts';
import { signalSentence } from './signal-sentence.ts';
import { Ago, day } from './time.tsx';

export function rowId(id: string) {
  return `row-${id}`;
}

interface RowProps {
  item: QueueItem;
  list: QueueName;
  position: number;
  setSize: number;
  selected: boolean;
  marked: boolean;
  notice: Notice | undefined;
  onSelect: () => void;
  onMark: () => void;
  onDecide: (decision: DecisionKind) => void;
  /** @param isShown whether this row's details are there already */
  onDetail: (isShown: boolean) => void;
  onDismiss: () => void;
  detailShown: boolean;
  /** The reason field or the inline details, below the row's own content. */
  children?: ComponentChildren;
}

/** A click that follows quickly on the same spot hits the next comment's button: nobody has read that one yet. */
const isRepeatedClick = (event: MouseEvent) => event.detail > 1;

function Record({ reader }: { reader: QueueItem['reader'] }) {
  const { approvedCount, rejectedCount, firstSeenAt, ban } = reader;
  const isNew = approvedCount === 0 && rejectedCount === 0;
  return (
    <span class="record">
      {isNew ? (
        <span class="record-new">new reader</span>
      ) : (
        <>
          <span class="record-good">{approvedCount} approved</span>
          <span class={rejectedCount > 0 ? 'record-bad' : ''}>{rejectedCount} rejected</span>
        </>
      )}
      <span class="record-since">since {day(firstSeenAt)}</span>
      {ban !== 'none' && <span class="chip chip-bad">{ban === 'ban' ? 'banned' : 'shadow-banned'}</span>}
    </span>
  );
}

/** The body, cut at a few lines; the button is there only where something was cut. */
function ClampedBody({ item, tabIndex }: { item: QueueItem; tabIndex: number }) {
  const [open, setOpen] = useState(false);
  const [cut, setCut] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || open) return;
    const measure = () => setCut(element.scrollHeight > element.clientHeight + 2);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [open, item.body]);
  return (
    <div class="row-body">
      <div id={`body-${item.id}`} ref={box} class={open ? '' : 'clamp'}>
        <BodyView body={item.body} />
      </div>
      {(cut || open) && (
        <button type="button" class="more" tabIndex={tabIndex} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Less' : 'More'}
        </button>
      )}
    </div>
  );
}

function Reasons({ item }: { item: QueueItem }) {
  if (item.signals.length === 0 && item.flagCount === 0 && item.setAsideVotes === 0) return null;
  return (
    <ul class="chips" aria-label="Why it is here">
      {item.flagCount > 0 && (
        <li class="chip chip-flag">{item.flagCount === 1 ? '1 report' : `${item.flagCount} reports`}</li>
      )}
      {item.setAsideVotes > 0 && (
        <li class="chip chip-flag" title="They are kept, and not counted until you say so: see the details.">
          {item.setAsideVotes === 1 ? '1 vote set aside' : `${item.setAsideVotes} votes set aside`}
        </li>
      )}
      {item.signals.map((signal) => (
        <li class="chip chip-signal" key={signal.phase} title={signalSentence(signal)} dir="auto">
          {signalSentence(signal)}
        </li>
      ))}
    </ul>
  );
}

function RowHead({ item, withStatus }: { item: QueueItem; withStatus: boolean }) {
  return (
    <div class="row-head">
      <h2 id={`author-${item.id}`}>
        <bdi>{item.authorName}</bdi>
      </h2>
      <Ago at={item.createdAt} />
      {item.editedAt && <span class="quiet">edited</span>}
      {withStatus && <span class={`chip chip-${item.status}`}>{STATUS_LABELS[item.status]}</span>}
      <Record reader={item.reader} />
    </div>
  );
}

/** The comment's article, and the comment that it answers. */
function Context({ item, tabIndex }: { item: QueueItem; tabIndex: number }) {
  const { article, parent } = item;
  return (
    <>
      <p class="row-context">
        <a href={linkTo(item)} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex} title={article.url}>
          <bdi>{article.headline ?? article.key}</bdi>
          <span class="spoken"> (opens in a new tab)</span>
        </a>
        {article.section && (
          <span class="section">
            <bdi>{article.section}</bdi>
          </span>
        )}
      </p>
      {parent && (
        <p class="row-parent">
          <span class="spoken">In reply to </span>
          <span aria-hidden="true">↪ </span>
          <b>
            <bdi>{parent.authorName}</bdi>
          </b>{' '}
          {/* A comment that its author has deleted has neither name nor text. */}
          {parent.status === 'deleted' ? 'a comment that its author has deleted' : <bdi>{plainText(parent.body)}</bdi>}
        </p>
      )}
    </>
  );
}

function Actions({ item, list, selected, detailShown, onDecide, onDetail }: RowProps) {
  const tabIndex = selected ? 0 : -1;
  const shown = selected && detailShown;
  // A press selects its row before it becomes a click; it is about what was there when it began.
  const shownAtPress = useRef(shown);
  return (
    <div class="row-actions">
      {decisionsFor(item.status, list).map((decision) => (
        <button
          key={decision}
          type="button"
          class={`button button-${decision}`}
          tabIndex={tabIndex}
          onClick={(event) => {
            if (!isRepeatedClick(event)) onDecide(decision);
          }}
        >
          {DECISION_LABELS[decision].button}
        </button>
      ))}
      <button
        type="button"
        class="button button-detail"
        tabIndex={tabIndex}
        aria-expanded={shown}
        onPointerDown={() => {
          shownAtPress.current = shown;
        }}
        onClick={(event) => onDetail(event.detail === 0 ? shown : shownAtPress.current)}
      >
        Details
      </button>
    </div>
  );
}

export function QueueRow(props: RowProps) {
  const { item, list, selected, marked, notice } = props;
  // Tab goes through the selected row only; j and k go from row to row.
  const tabIndex = selected ? 0 : -1;
  return (
    <article
      id={rowId(item.id)}
      class={`row ${selected ? 'row-selected' : ''} ${marked ? 'row-marked' : ''}`}
      tabIndex={tabIndex}
      aria-labelledby={`author-${item.id}`}
      aria-describedby={`body-${item.id}`}
      aria-posinset={props.position}
      aria-setsize={props.setSize}
      aria-current={selected ? 'true' : undefined}
      onFocusIn={props.onSelect}
    >
      <label class="row-mark">
        <input type="checkbox" checked={marked} tabIndex={tabIndex} onChange={props.onMark} />
        <span class="spoken">Select the comment by {item.authorName}</span>
      </label>
      <RowHead item={item} withStatus={notice !== undefined || list === 'reported'} />
      <Context item={item} tabIndex={tabIndex} />
      <ClampedBody item={item} tabIndex={tabIndex} />
      <Reasons item={item} />
      {notice && (
        <p class="row-notice">
          <span dir="auto">{notice.text}</span>{' '}
          {notice.gone && (
            <button type="button" class="more" tabIndex={tabIndex} onClick={props.onDismiss}>
              Take it off the list
            </button>
          )}
        </p>
      )}
      <Actions {...props} />
      {props.children && <div class="row-below">{props.children}</div>}
    </article>
  );
}
