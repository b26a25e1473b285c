import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** From here on the details stand beside the list. The same number is in queue.css. */
const WIDE = '(min-width: 1100px)';

export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const follow = () => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return wide;
}

/** Well before the end is reached: about ten rows. */
const AHEAD = '1200px';

/**
 * Loads the next page when the end of the list comes near. Observing again after each change of `layout` matters:
 * the observer speaks only when something crosses its line, and an end that stays in sight crosses nothing.
 */
export function useMoreInSight(loadMore: () => void, layout: string): RefObject<HTMLDivElement | null> {
  const tail = useRef<HTMLDivElement>(null);
  // The length stands for the layout that it changes.
  useEffect(() => {
    const element = tail.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) loadMore();
      },
      { root: element.closest('.queue-main'), rootMargin: AHEAD },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [loadMore, layout, tail.current]);
  return tail;
}
