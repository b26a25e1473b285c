import { texts } from './texts.ts';

/** The remaining time in seconds while it is short, otherwise in minutes. */
export function remaining(seconds: number): string {
  return seconds > 90 ? texts.minutes(Math.ceil(seconds / 60)) : texts.seconds(seconds);
}

/**
 * Writes "You can post again in 12 s" into `place` each second, and calls `over` at the end. It stops when `place` has
 * left the page.
 */
export function countDown(place: HTMLElement, seconds: number, over: () => void): void {
  const end = performance.now() + seconds * 1000;
  const tick = (): void => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left <= 0 || !place.isConnected) {
      clearInterval(timer);
      over();
    } else {
      place.textContent = texts.wait(remaining(left));
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}
