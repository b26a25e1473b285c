import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DecisionKind, QueueCounts, QueueItem, QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import type { Api } from './api.ts';
import { DetailPane } from './detail-pane.tsx';
import { EmptyState, QueueSkeleton } from './empty-state.tsx';
import { type Command, useKeyboard } from './keyboard.ts';
import { decisionsFor, LISTS, placeOf } from './lists.ts';
import { QueueList } from './queue-list.tsx';
import { rowId } from './queue-row.tsx';
import { shownItems } from './queue-state.ts';
import { BulkBar, bulkDecisions, QueueToolbar } from './queue-toolbar.tsx';
import { RejectForm } from './reject-form.tsx';
import { Toast, useToast } from './toast.tsx';
import { useDecisions } from './use-decisions.ts';
import { useMoreInSight, useWide } from './use-layout.ts';
import { useQueue } from './use-queue.ts';

interface QueuePageProps {
  api: Api;
  list: QueueName;
  order: Order;
  keysOn: boolean;
  hrefOf: (list: QueueName) => string;
  onOrder: (order: Order) => void;
  onCounts: (counts: QueueCounts) => void;
  onHelp: () => void;
}

/** Stands for all marked comments where else one comment's id stands. No id looks like this. */
const MARKED = 'all marked';

export function QueuePage({ api, list, order, keysOn, hrefOf, onOrder, onCounts, onHelp }: QueuePageProps) {
  const queue = useQueue(api, list, order);
  const { state, dispatch } = queue;
  const { toast, say, dismiss } = useToast();
  const { decide, undo } = useDecisions(api, list, queue, say);
  const wide = useWide();
  const [detail, setDetail] = useState(wide);
  const [rejecting, setRejecting] = useState<string | null>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const tail = useMoreInSight(queue.loadMore, `${state.items.length} ${state.filter}`);

  const shown = shownItems(state);
  const selected = shown.find((item) => item.id === state.selectedId) ?? null;
  const marked = [...state.marked];
  const entry = LISTS.find(({ name }) => name === list);

  useEffect(() => {
    if (state.counts) onCounts(state.counts);
  }, [state.counts, onCounts]);

  const focusRow = () => {
    const row = selected && document.getElementById(rowId(selected.id));
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };

  // Focus follows only when the console moved the selection.
  useLayoutEffect(() => {
    setRejecting(null);
    if (state.focusTurn > 0) focusRow();
  }, [state.focusTurn]);

  function stopRejecting() {
    setRejecting(null);
    focusRow();
  }

  const idsOf = (which: string) => (which === MARKED ? marked : [which]);

  /** By key or for many: only what the buttons offer, too. A rejection asks for its reason first. */
  function ask(decision: DecisionKind, which: string | undefined) {
    if (which === undefined) return;
    const offered = which === MARKED ? bulkDecisions(list) : selected ? decisionsFor(selected.status, list) : [];
    if (!offered.includes(decision) || idsOf(which).length === 0) return;
    if (decision === 'reject') setRejecting(which);
    else decide(idsOf(which), decision);
  }

  const commands: Record<Command, () => void> = {
    next: () => dispatch({ type: 'moved', step: 1 }),
    previous: () => dispatch({ type: 'moved', step: -1 }),
    approve: () => ask('approve', selected?.id),
    reject: () => ask('reject', selected?.id),
    spam: () => ask('spam', selected?.id),
    'approve-marked': () => ask('approve', MARKED),
    'reject-marked': () => ask('reject', MARKED),
    'spam-marked': () => ask('spam', MARKED),
    undo,
    mark: () => selected && dispatch({ type: 'marked', id: selected.id }),
    'open-article': () => selected && window.open(placeOf(selected), '_blank', 'noopener,noreferrer'),
    'toggle-detail': () => setDetail(!detail),
    'focus-filter': () => filterField.current?.focus(),
    help: onHelp,
    close: () => {
      if (rejecting) stopRejecting();
      else if (toast) dismiss();
      else if (detail && !wide) setDetail(false);
      else dispatch({ type: 'marked-all', on: false });
    },
  };
  useKeyboard(keysOn, (command) => commands[command]());

  const sendReason = (reason: string) => {
    if (rejecting) decide(idsOf(rejecting), 'reject', reason);
    setRejecting(null);
  };
  const arrivalsText = `${queue.arrivals} new ${queue.arrivals === 1 ? 'comment' : 'comments'}`;
  const pane = (item: QueueItem) => (
    <DetailPane
      key={item.id}
      api={api}
      item={item}
      say={say}
      onBan={(change) => dispatch({ type: 'banned', ...change })}
      onRuled={(ruled) => {
        dispatch({ type: 'replaced', item: ruled });
        focusRow();
      }}
    />
  );

  return (
    <div class={`queue ${wide && detail && selected ? 'queue-with-detail' : ''}`}>
      <main class="queue-main">
        <QueueToolbar
          title={entry?.label ?? list}
          about={entry?.about ?? ''}
          order={order}
          onOrder={onOrder}
          filter={state.filter}
          onFilter={(text) => dispatch({ type: 'filtered', text })}
          filterField={filterField}
          shown={shown.length}
          loaded={state.items.length}
          markedCount={shown.filter(({ id }) => state.marked.has(id)).length}
          onMarkAll={(on) => dispatch({ type: 'marked-all', on })}
        />
        <div class="arrivals" role="status">
          {queue.arrivals > 0 && (
            <button type="button" class="arrivals-button" onClick={() => queue.load(true)}>
              {arrivalsText} – show
            </button>
          )}
        </div>
        {state.load === 'loading' && <QueueSkeleton />}
        {state.load === 'failed' && (
          <div class="failed" role="alert">
            <p>{state.problem}</p>
            <button type="button" class="button button-approve" onClick={() => queue.load(false)}>
              Try again
            </button>
          </div>
        )}
        {state.load === 'ready' && (
          <>
            {shown.length > 0 && (
              <QueueList
                label={entry?.label ?? list}
                list={list}
                state={state}
                dispatch={dispatch}
                shown={shown}
                detailShown={detail}
                onDecide={(item, decision) => {
                  dispatch({ type: 'selected', id: item.id });
                  if (decision === 'reject') setRejecting(item.id);
                  else decide([item.id], decision);
                }}
                onDetail={(item) => setDetail(item.id === state.selectedId ? !detail : true)}
                below={(item) => (
                  <>
                    {rejecting === item.id && <RejectForm count={1} onSend={sendReason} onCancel={stopRejecting} />}
                    {detail && !wide && pane(item)}
                  </>
                )}
              />
            )}
            {shown.length === 0 && state.items.length > 0 && (
              <p class="nothing-found">No loaded comment matches “{state.filter.trim()}”.</p>
            )}
            {state.items.length === 0 && state.next === null && (
              <EmptyState list={list} counts={state.counts} hrefOf={hrefOf} />
            )}
            {state.more === 'failed' && (
              <p class="failed" role="alert">
                The next comments could not be loaded.{' '}
                <button type="button" class="button" onClick={queue.loadMore}>
                  Try again
                </button>
              </p>
            )}
            {state.next !== null && state.more !== 'failed' && state.filter === '' && (
              <div ref={tail} class="skeleton skeleton-row" aria-hidden="true" />
            )}
            {state.next !== null && state.more !== 'failed' && state.filter !== '' && (
              <button
                type="button"
                class="button load-more"
                disabled={state.more === 'loading'}
                onClick={queue.loadMore}
              >
                Load more to filter
              </button>
            )}
          </>
        )}
        <div class="queue-foot">
          <Toast toast={toast} onUndo={undo} onDismiss={dismiss} />
          {marked.length > 0 && rejecting === MARKED && (
            <RejectForm count={marked.length} onSend={sendReason} onCancel={stopRejecting} />
          )}
          {marked.length > 0 && (
            <BulkBar
              count={marked.length}
              list={list}
              onDecide={(decision) => ask(decision, MARKED)}
              onClear={() => dispatch({ type: 'marked-all', on: false })}
            />
          )}
        </div>
      </main>
      {wide && detail && selected && (
        <aside class="queue-detail" aria-label="Details">
          {pane(selected)}
        </aside>
      )}
    </div>
  );
}
