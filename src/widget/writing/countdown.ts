import { fill } from '../texts/language.ts';
import type { Desk } from './desk.ts';

/**
 * Writes a sentence with the time that is left, such as "You can post again in 12 s", into `place` each second, and
 * calls `over` at the end, which is a time of the server. It stops when `place` has left the page.
 */
export function countDown({ thread }: Desk, sentence: string, place: HTMLElement, end: number, over: () => void): void {
  const tick = (): void => {
    const left = (end - thread.api.now()) / 1000;
    if (left > 0) place.textContent = fill(sentence, { time: thread.language.duration(left) });
    else {
      clearInterval(timer);
      over();
    }
  };
  const timer = setInterval(() => (place.isConnected ? tick() : clearInterval(timer)), 1000);
  tick();
}
