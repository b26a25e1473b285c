import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import type { QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import { type Api, sentenceOf } from './api.ts';
import { EMPTY_QUEUE, queueReducer } from './queue-state.ts';

/** The longest time for which a colleague's work or a reader's comment is missing from the counts. */
const RECOUNT_MS = 20_000;

/** Loads one list: its first page, the pages after it, and its counts as time goes by. */
export function useQueue(api: Api, list: QueueName, order: Order) {
  const [state, dispatch] = useReducer(queueReducer, EMPTY_QUEUE);
  const latest = useRef(state);
  latest.current = state;
  const questions = useRef(0);
  const loading = useRef<AbortController | null>(null);
  /** The comments that are decided here and perhaps not yet at the server: a page loaded meanwhile may hold them. */
  const onTheirWay = useRef(new Set<string>());

  const load = useCallback(
    (keepRows: boolean) => {
      loading.current?.abort();
      loading.current = new AbortController();
      const { signal } = loading.current;
      const asOf = ++questions.current;
      dispatch({ type: 'opened', keepRows });
      api.queue({ list, order }, signal).then(
        (view) => {
          const items = view.items.filter((item) => !onTheirWay.current.has(item.id));
          dispatch({ type: 'loaded', view: { ...view, items }, list, asOf });
        },
        (error) => {
          if (!signal.aborted) dispatch({ type: 'load-failed', problem: sentenceOf(error) });
        },
      );
    },
    [api, list, order],
  );

  useEffect(() => {
    load(false);
    return () => loading.current?.abort();
  }, [load]);

  const loadMore = useCallback(() => {
    const { load: phase, more, next } = latest.current;
    const signal = loading.current?.signal;
    if (phase !== 'ready' || more === 'loading' || next === null || !signal) return;
    const asOf = ++questions.current;
    dispatch({ type: 'more-asked' });
    api.queue({ list, order, cursor: next }, signal).then(
      (view) => dispatch({ type: 'more-loaded', view, list, asOf, skip: onTheirWay.current }),
      () => {
        if (!signal.aborted) dispatch({ type: 'more-failed' });
      },
    );
  }, [api, list, order]);

  const recount = useCallback(() => {
    const signal = loading.current?.signal;
    const asOf = ++questions.current;
    // A failed recount is not reported: the next one comes soon, and every decision brings counts, too.
    api.queue({ list, order, limit: 1 }, signal).then(
      ({ counts }) => dispatch({ type: 'counted', counts, list, asOf }),
      () => undefined,
    );
  }, [api, list, order]);

  useEffect(() => {
    const tick = () => {
      if (document.visibilityState === 'visible') recount();
    };
    const timer = setInterval(tick, RECOUNT_MS);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [recount]);

  // New comments stand at the end where the oldest come first: paging reaches them, so nothing is said until then.
  const reachedByPaging = order === 'oldest' && state.next !== null;
  const settled = state.load === 'ready' && onTheirWay.current.size === 0;
  const arrivals = settled && !reachedByPaging && state.counts ? Math.max(state.counts[list] - state.expected, 0) : 0;

  return { state, dispatch, latest, questions, onTheirWay, arrivals, load, loadMore, recount };
}

export type Queue = ReturnType<typeof useQueue>;
