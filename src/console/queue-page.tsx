import { useEffect, useRef } from 'preact/hooks';
import type { QueueCounts, QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import type { Api } from './api.ts';
import { BulkBar } from './bulk-bar.tsx';
import { deskCommands } from './desk-commands.ts';
import { useKeyboard } from './keyboard.ts';
import { DeskDetail, QueueBody } from './queue-body.tsx';
import { QueueToolbar } from './queue-toolbar.tsx';
import { RejectForm } from './reject-form.tsx';
import { Toast } from './toast.tsx';
import { type Desk, MARKED, useDesk } from './use-desk.ts';

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

function Arrivals({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div class="arrivals" role="status">
      {count > 0 && (
        <button type="button" class="arrivals-button" onClick={onShow}>
          {`${count} new ${count === 1 ? 'comment' : 'comments'}`} – show
        </button>
      )}
    </div>
  );
}

function QueueFoot({ desk }: { desk: Desk }) {
  const { list, marked, rejecting, toast, dispatch } = desk;
  return (
    <div class="queue-foot">
      <Toast toast={toast} onUndo={desk.undo} onDismiss={desk.dismiss} />
      {marked.length > 0 && rejecting === MARKED && (
        <RejectForm count={marked.length} onSend={desk.sendReason} onCancel={desk.stopRejecting} />
      )}
      {marked.length > 0 && (
        <BulkBar
          count={marked.length}
          list={list}
          onDecide={(decision) => desk.ask(decision, MARKED)}
          onClear={() => dispatch({ type: 'marked-all', on: false })}
        />
      )}
    </div>
  );
}

export function QueuePage({ api, list, order, keysOn, hrefOf, onOrder, onCounts, onHelp }: QueuePageProps) {
  const desk = useDesk(api, list, order);
  const { queue, state, shown, selected, dispatch } = desk;
  const filterField = useRef<HTMLInputElement>(null);
  const commands = deskCommands(desk, { focusFilter: () => filterField.current?.focus(), help: onHelp });
  useKeyboard(keysOn, (command) => commands[command]());

  useEffect(() => {
    if (state.counts) onCounts(state.counts);
  }, [state.counts, onCounts]);

  const beside = desk.wide && desk.detail ? selected : null;
  return (
    <div class={`queue ${beside ? 'queue-with-detail' : ''}`}>
      <main class="queue-main">
        <QueueToolbar
          list={list}
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
        <Arrivals count={queue.arrivals} onShow={() => queue.load(true)} />
        <QueueBody api={api} desk={desk} hrefOf={hrefOf} />
        <QueueFoot desk={desk} />
      </main>
      {beside && (
        <aside class="queue-detail" aria-label="Details">
          <DeskDetail api={api} desk={desk} item={beside} />
        </aside>
      )}
    </div>
  );
}
