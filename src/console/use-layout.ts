import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** The width at which the details stand beside the list. The same number is in queue.css. */
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

/** The distance to the end at which the next page loads: about ten rows. */
const AHEAD = '1200px';

/**
 * Loads the next page when the end of the list comes near. It observes again after each change of `layout`,
 * because an observer reports only crossings of its line, and an end that stays in sight crosses nothing.
 */
export function useMoreInSight(loadMore: () => void, layout: string): RefObject<HTMLDivElement | null> {
  const tail = useRef<HTMLDivElement>(null);
  // `layout` is not read: a change of it is the reason to observe again.
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
