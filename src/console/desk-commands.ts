import type { Command } from './keyboard.ts';
import { linkTo } from './lists.ts';
import { type Desk, MARKED } from './use-desk.ts';

/** The action of each key at a desk. */
export function deskCommands(
  desk: Desk,
  { focusFilter, help }: { focusFilter: () => void; help: () => void },
): Record<Command, () => void> {
  const { selected, detail, dispatch, ask } = desk;
  return {
    next: () => dispatch({ type: 'moved', step: 1 }),
    previous: () => dispatch({ type: 'moved', step: -1 }),
    approve: () => ask('approve', selected?.id),
    reject: () => ask('reject', selected?.id),
    spam: () => ask('spam', selected?.id),
    'approve-marked': () => ask('approve', MARKED),
    'reject-marked': () => ask('reject', MARKED),
    'spam-marked': () => ask('spam', MARKED),
    undo: desk.undo,
    mark: () => selected && dispatch({ type: 'marked', id: selected.id }),
    'open-article': () => selected && window.open(linkTo(selected), '_blank', 'noopener,noreferrer'),
    'toggle-detail': () => desk.setDetail(!detail),
    'focus-filter': focusFilter,
    help,
    close: desk.close,
  };
}
