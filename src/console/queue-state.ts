import type { BanInput, QueueCounts, QueueItem, QueueName, QueueView } from '../contract/moderation.ts';
import { plainText } from './plain-text.ts';

/** A row that was taken out of the list, with its position, so that it can be put back. */
export interface TakenRow {
  item: QueueItem;
  index: number;
}

/** A sentence in a row itself, such as "Mara already rejected this." */
export interface Notice {
  text: string;
  /** True when the comment no longer belongs in this list and is shown only so that it does not vanish silently. */
  gone: boolean;
}

export interface QueueState {
  load: 'loading' | 'ready' | 'failed';
  more: 'idle' | 'loading' | 'failed';
  problem: string | null;
  items: QueueItem[];
  next: string | null;
  counts: QueueCounts | null;
  /** The time of the latest counts. Answers overtake one another, and an older one must not set the counts. */
  countsAsOf: number;
  /** The length of the list as far as is known here. Comments that the server counts beyond it have newly arrived. */
  expected: number;
  selectedId: string | null;
  /** A number that grows when the console or the keyboard moves the selection, and the focus must follow. */
  focusTurn: number;
  marked: ReadonlySet<string>;
  filter: string;
  notices: ReadonlyMap<string, Notice>;
}

export type QueueAction =
  | { type: 'opened'; keepRows?: boolean }
  | { type: 'loaded'; view: QueueView; list: QueueName; asOf: number }
  | { type: 'load-failed'; problem: string }
  | { type: 'more-asked' }
  | { type: 'more-loaded'; view: QueueView; list: QueueName; asOf: number; skip: ReadonlySet<string> }
  | { type: 'more-failed' }
  | { type: 'counted'; counts: QueueCounts; list: QueueName; asOf: number }
  | { type: 'moved'; step: 1 | -1 }
  | { type: 'selected'; id: string; focus?: boolean }
  | { type: 'marked'; id: string }
  | { type: 'marked-all'; on: boolean }
  | { type: 'filtered'; text: string }
  | { type: 'taken'; ids: readonly string[]; focus?: boolean }
  | { type: 'put-back'; rows: TakenRow[]; notices: ReadonlyMap<string, Notice>; focus?: boolean }
  | { type: 'dismissed'; id: string }
  | { type: 'replaced'; item: QueueItem }
  | { type: 'banned'; readerId: string; ban: BanInput['ban']; banUntil: string | null };

export const EMPTY_QUEUE: QueueState = {
  load: 'loading',
  more: 'idle',
  problem: null,
  items: [],
  next: null,
  counts: null,
  countsAsOf: 0,
  expected: 0,
  selectedId: null,
  focusTurn: 0,
  marked: new Set(),
  filter: '',
  notices: new Map(),
};

/** The loaded rows that the filter lets through. */
export function shownItems({ items, filter }: Pick<QueueState, 'items' | 'filter'>): QueueItem[] {
  const words = filter.trim().toLocaleLowerCase();
  if (!words) return items;
  return items.filter((item) =>
    [item.authorName, item.article.headline ?? '', plainText(item.body)].join('\n').toLocaleLowerCase().includes(words),
  );
}

const without = <T>(set: ReadonlySet<T>, gone: readonly T[]): Set<T> => {
  const rest = new Set(set);
  for (const entry of gone) rest.delete(entry);
  return rest;
};

function counted(state: QueueState, counts: QueueCounts, list: QueueName, asOf: number): QueueState {
  if (asOf < state.countsAsOf) return state;
  // A colleague's decisions lower the count: lower the expectation with it, or the next arrivals would go unseen.
  return { ...state, counts, countsAsOf: asOf, expected: Math.min(state.expected, counts[list]) };
}

/** The rows leave immediately, and the next one below is selected: the moderator goes on without waiting. */
function taken(state: QueueState, ids: readonly string[], focus = true): QueueState {
  const shown = shownItems(state);
  const leaving = new Set(ids);
  const from = shown.findIndex((item) => item.id === state.selectedId);
  const stays = (item: QueueItem) => !leaving.has(item.id);
  const next = shown.slice(Math.max(from, 0)).find(stays) ?? shown.slice(0, Math.max(from, 0)).findLast(stays);
  const notices = new Map(state.notices);
  for (const id of ids) notices.delete(id);
  const items = state.items.filter(stays);
  const left = state.items.filter((item) => !stays(item) && !state.notices.get(item.id)?.gone).length;
  return {
    ...state,
    items,
    expected: state.expected - left,
    marked: without(state.marked, ids),
    notices,
    selectedId: next?.id ?? null,
    focusTurn: focus ? state.focusTurn + 1 : state.focusTurn,
  };
}

function putBack(state: QueueState, action: Extract<QueueAction, { type: 'put-back' }>): QueueState {
  // A list that failed shows no rows, and a key must find none; loaded again, it has these as the server knows them.
  if (state.load === 'failed') return state;
  const back = new Set(action.rows.map(({ item }) => item.id));
  const items = state.items.filter((item) => !back.has(item.id));
  for (const { item, index } of [...action.rows].sort((a, b) => a.index - b.index)) items.splice(index, 0, item);
  const first = action.rows[0]?.item.id ?? null;
  return {
    ...state,
    items,
    // This is too high where a colleague was first. The next counts lower it; until then nothing looks newly arrived.
    expected: state.expected + action.rows.length,
    notices: new Map([...state.notices, ...action.notices]),
    selectedId: action.focus || state.selectedId === null ? first : state.selectedId,
    focusTurn: action.focus ? state.focusTurn + 1 : state.focusTurn,
  };
}

function moved(state: QueueState, step: 1 | -1): QueueState {
  const shown = shownItems(state);
  const at = shown.findIndex((item) => item.id === state.selectedId);
  const to = at < 0 ? shown[0] : shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
  return { ...state, selectedId: to?.id ?? null, focusTurn: state.focusTurn + 1 };
}

/** No row is shown, so there is none to decide on. */
function failed(state: QueueState, problem: string): QueueState {
  const { items, next, selectedId, marked, notices } = EMPTY_QUEUE;
  return { ...state, load: 'failed', problem, items, next, selectedId, marked, notices };
}

export function queueReducer(state: QueueState, action: QueueAction): QueueState {
  switch (action.type) {
    case 'opened':
      return action.keepRows
        ? { ...state, problem: null, notices: new Map() }
        : { ...EMPTY_QUEUE, counts: state.counts, countsAsOf: state.countsAsOf, focusTurn: state.focusTurn };
    case 'loaded': {
      const { items, next, counts } = action.view;
      const kept = items.some((item) => item.id === state.selectedId);
      const ids = new Set(items.map((item) => item.id));
      const marked = new Set([...state.marked].filter((id) => ids.has(id)));
      const selectedId = kept ? state.selectedId : (items[0]?.id ?? null);
      const fresh: QueueState = {
        ...state,
        load: 'ready',
        more: 'idle',
        problem: null,
        items,
        next,
        selectedId,
        marked,
      };
      return counted({ ...fresh, expected: counts[action.list] }, counts, action.list, action.asOf);
    }
    case 'load-failed':
      return failed(state, action.problem);
    case 'more-asked':
      return { ...state, more: 'loading' };
    case 'more-loaded': {
      const known = new Set(state.items.map((item) => item.id));
      const added = action.view.items.filter((item) => !known.has(item.id) && !action.skip.has(item.id));
      const items = [...state.items, ...added];
      const selectedId = state.selectedId ?? items[0]?.id ?? null;
      const longer: QueueState = { ...state, more: 'idle', items, next: action.view.next, selectedId };
      return counted(longer, action.view.counts, action.list, action.asOf);
    }
    case 'more-failed':
      return { ...state, more: 'failed' };
    case 'counted':
      return counted(state, action.counts, action.list, action.asOf);
    case 'moved':
      return moved(state, action.step);
    case 'selected':
      return { ...state, selectedId: action.id, focusTurn: action.focus ? state.focusTurn + 1 : state.focusTurn };
    case 'marked': {
      const marked = new Set(state.marked);
      if (!marked.delete(action.id)) marked.add(action.id);
      return { ...state, marked };
    }
    case 'marked-all':
      return { ...state, marked: new Set(action.on ? shownItems(state).map((item) => item.id) : []) };
    case 'filtered': {
      const shown = shownItems({ items: state.items, filter: action.text });
      const kept = shown.some((item) => item.id === state.selectedId);
      return { ...state, filter: action.text, selectedId: kept ? state.selectedId : (shown[0]?.id ?? null) };
    }
    case 'taken':
      return taken(state, action.ids, action.focus);
    case 'put-back':
      return putBack(state, action);
    case 'dismissed':
      return { ...taken(state, [action.id]), expected: state.expected };
    case 'replaced':
      return { ...state, items: state.items.map((item) => (item.id === action.item.id ? action.item : item)) };
    case 'banned': {
      const { ban, banUntil } = action;
      const items = state.items.map((item) =>
        item.reader.id === action.readerId ? { ...item, reader: { ...item.reader, ban, banUntil } } : item,
      );
      return { ...state, items };
    }
  }
}
