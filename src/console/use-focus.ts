import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the focus where buttons take the place of other buttons: a pressed button that is gone takes it along, and the
 * first of the new ones gets it before the next keypress. A focus that is elsewhere by then stays there. Each change of
 * `shown` is such a replacement; the element that gets the reference holds the buttons, whichever they are.
 */
export function useKeptFocus<E extends HTMLElement>(shown: unknown): RefObject<E | null> {
  const place = useRef<E | null>(null);
  const last = useRef(shown);
  useLayoutEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>('button, summary')?.focus();
  }, [shown]);
  return place;
}
