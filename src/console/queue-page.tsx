import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DecisionKind, QueueCounts, QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import type { Api } from './api.ts';
import { DetailPane } from './detail-pane.tsx';
import { EmptyState, QueueSkeleton } from './empty-state.tsx';
import { type Command, useKeyboard } from './keyboard.ts';
import { decisionsFor, LISTS } from './lists.ts';
import { QueueRow, rowId } from './queue-row.tsx';
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

/** Which comments a reason is being written for: the selected row's, or all that are marked. */
type Rejecting = 'row' | 'marked' | null;

export function QueuePage({ api, list, order, keysOn, hrefOf, onOrder, onCounts, onHelp }: QueuePageProps) {
  const queue = useQueue(api, list, order);
  const { state, dispatch } = queue;
  const { toast, say, dismiss } = useToast();
  const { decide, undo } = useDecisions(api, list, queue, say);
  const wide = useWide();
  const [detail, setDetail] = useState(wide);
  const [rejecting, setRejecting] = useState<Rejecting>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const tail = useMoreInSight(queue.loadMore, state.items.length);

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

  function ask(decision: DecisionKind, which: 'row' | 'marked') {
    if (which === 'row' && (!selected || !decisionsFor(selected.status, list).includes(decision))) return;
    if (which === 'marked' && (marked.length === 0 || !bulkDecisions(list).includes(decision))) return;
    if (decision === 'reject') setRejecting(which);
    else decide(which === 'row' && selected ? [selected.id] : marked, decision);
  }

  const approval: DecisionKind = list === 'rejected' || list === 'spam' ? 'restore' : 'approve';
  const commands: Record<Command, () => void> = {
    next: () => dispatch({ type: 'moved', step: 1 }),
    previous: () => dispatch({ type: 'moved', step: -1 }),
    approve: () => ask(selected?.status === 'rejected' || selected?.status === 'spam' ? 'restore' : 'approve', 'row'),
    reject: () => ask('reject', 'row'),
    spam: () => ask('spam', 'row'),
    'approve-marked': () => ask(approval, 'marked'),
    'reject-marked': () => ask('reject', 'marked'),
    'spam-marked': () => ask('spam', 'marked'),
    undo,
    mark: () => selected && dispatch({ type: 'marked', id: selected.id }),
    'open-article': () => selected && window.open(selected.article.url, '_blank', 'noopener,noreferrer'),
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
    decide(rejecting === 'marked' ? marked : selected ? [selected.id] : [], 'reject', reason);
    setRejecting(null);
  };
  const arrivalsText = `${queue.arrivals} new ${queue.arrivals === 1 ? 'comment' : 'comments'}`;
  const setSize = state.counts && state.filter === '' ? Math.max(state.counts[list], shown.length) : shown.length;

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
          markedCount={marked.length}
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
              <div role="feed" aria-label={entry?.label} aria-busy={state.more === 'loading'}>
                {shown.map((item, index) => {
                  const here = item.id === state.selectedId;
                  return (
                    <QueueRow
                      key={item.id}
                      item={item}
                      list={list}
                      position={index + 1}
                      setSize={setSize}
                      selected={here}
                      marked={state.marked.has(item.id)}
                      notice={state.notices.get(item.id)}
                      onSelect={() => here || dispatch({ type: 'selected', id: item.id })}
                      onMark={() => dispatch({ type: 'marked', id: item.id })}
                      onDecide={(decision) => {
                        dispatch({ type: 'selected', id: item.id });
                        if (decision === 'reject') setRejecting('row');
                        else decide([item.id], decision);
                      }}
                      onDetail={() => setDetail(here ? !detail : true)}
                      detailShown={detail}
                    >
                      {here && rejecting === 'row' && (
                        <RejectForm count={1} onSend={sendReason} onCancel={stopRejecting} />
                      )}
                      {here && detail && !wide && (
                        <DetailPane
                          api={api}
                          item={item}
                          say={say}
                          onBan={(change) => dispatch({ type: 'banned', ...change })}
                        />
                      )}
                    </QueueRow>
                  );
                })}
              </div>
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
            {state.next !== null && state.more !== 'failed' && (
              <div ref={tail} class="skeleton skeleton-row" aria-hidden="true" />
            )}
          </>
        )}
        {marked.length > 0 && (
          <div class="bulk-holder">
            {rejecting === 'marked' && (
              <RejectForm count={marked.length} onSend={sendReason} onCancel={stopRejecting} />
            )}
            <BulkBar
              count={marked.length}
              list={list}
              onDecide={(decision) => ask(decision, 'marked')}
              onClear={() => dispatch({ type: 'marked-all', on: false })}
            />
          </div>
        )}
      </main>
      {wide && detail && selected && (
        <aside class="queue-detail" aria-label="Details">
          <DetailPane
            key={selected.id}
            api={api}
            item={selected}
            say={say}
            onBan={(change) => dispatch({ type: 'banned', ...change })}
          />
        </aside>
      )}
      <Toast toast={toast} onUndo={undo} onDismiss={dismiss} />
    </div>
  );
}
