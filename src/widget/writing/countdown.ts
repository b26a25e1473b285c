import { fill } from '../texts/language.ts';
import type { Desk } from './desk.ts';

/**
 * Writes "You can post again in 12 s" into `place` each second, and calls `over` at the end. It stops when `place` has
 * left the page.
 */
export function countDown({ thread, words }: Desk, place: HTMLElement, seconds: number, over: () => void): void {
  const end = performance.now() + seconds * 1000;
  const tick = (): void => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left <= 0 || !place.isConnected) {
      clearInterval(timer);
      over();
    } else {
      place.textContent = fill(words.wait, { time: thread.language.duration(left) });
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}
