import type { QueueItem, QueueName } from '../contract/moderation.ts';
import type { Api } from './api.ts';
import { DetailPane } from './detail-pane.tsx';
import { EmptyState, QueueSkeleton } from './empty-state.tsx';
import { isTypingNow } from './keyboard.ts';
import { labelOf } from './lists.ts';
import { QueueList } from './queue-list.tsx';
import { RejectForm } from './reject-form.tsx';
import type { Desk } from './use-desk.ts';
import { useMoreInSight } from './use-layout.ts';
import type { Queue } from './use-queue.ts';

/** The details of one comment. Actions there may change its row. */
export function DeskDetail({ api, desk, item }: { api: Api; desk: Desk; item: QueueItem }) {
  const { dispatch, say, focusRow } = desk;
  return (
    <DetailPane
      key={item.id}
      api={api}
      item={item}
      say={say}
      onBan={(change) => dispatch({ type: 'banned', ...change })}
      onRuled={(ruled) => {
        dispatch({ type: 'replaced', item: ruled });
        // The button that was pressed is gone; a field that was gone to in the meantime is not.
        if (!isTypingNow()) focusRow();
      }}
    />
  );
}

/** The end of the list: the next page loads by itself, unless a filter is on, because the end is then always near. */
function MoreComments({ state, loadMore }: Pick<Queue, 'state' | 'loadMore'>) {
  const tail = useMoreInSight(loadMore, `${state.items.length} ${state.filter}`);
  if (state.more === 'failed') {
    return (
      <p class="failed" role="alert">
        The next comments could not be loaded.{' '}
        <button type="button" class="button" onClick={loadMore}>
          Try again
        </button>
      </p>
    );
  }
  if (state.next === null) return null;
  if (state.filter === '') return <div ref={tail} class="skeleton skeleton-row" aria-hidden="true" />;
  return (
    <button type="button" class="button load-more" disabled={state.more === 'loading'} onClick={loadMore}>
      Load more to filter
    </button>
  );
}

interface BodyProps {
  api: Api;
  desk: Desk;
  hrefOf: (list: QueueName) => string;
}

function Rows({ api, desk }: Omit<BodyProps, 'hrefOf'>) {
  const { list, state, shown, detail, wide, rejecting } = desk;
  return (
    <QueueList
      label={labelOf(list)}
      list={list}
      state={state}
      dispatch={desk.dispatch}
      shown={shown}
      detailShown={detail}
      onDecide={desk.askInRow}
      onDetail={(isShown) => desk.setDetail(!isShown)}
      below={(item) => (
        <>
          {rejecting === item.id && <RejectForm count={1} onSend={desk.sendReason} onCancel={desk.stopRejecting} />}
          {detail && !wide && <DeskDetail api={api} desk={desk} item={item} />}
        </>
      )}
    />
  );
}

/** The comments of a list, or a skeleton, an error or a sentence in their place. */
export function QueueBody({ api, desk, hrefOf }: BodyProps) {
  const { list, queue, state, shown } = desk;
  if (state.load === 'loading') return <QueueSkeleton />;
  if (state.load === 'failed') {
    return (
      <div class="failed" role="alert">
        <p>{state.problem}</p>
        <button type="button" class="button button-approve" onClick={() => queue.load(false)}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <>
      {shown.length > 0 && <Rows api={api} desk={desk} />}
      {shown.length === 0 && state.items.length > 0 && (
        <p class="nothing-found">No loaded comment matches “{state.filter.trim()}”.</p>
      )}
      {state.items.length === 0 && state.next === null && (
        <EmptyState list={list} counts={state.counts} hrefOf={hrefOf} />
      )}
      <MoreComments state={state} loadMore={queue.loadMore} />
    </>
  );
}
