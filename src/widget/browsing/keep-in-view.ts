import { parentOf } from '../dom.ts';

/** Pictures that have not come by then move the page as they move any other. */
const LONGEST_MS = 10_000;

/** The way of a reader who goes on from where they were led. */
const READER_ACTS = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

let letGo = (): void => {};

/** Goes to an element, and again whenever something around it takes another size, until the reader goes on. */
export function keepInView(element: HTMLElement, block: ScrollLogicalPosition): void {
  letGo();
  const observer = new ResizeObserver(() => element.scrollIntoView({ block, behavior: 'instant' }));
  const end = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    for (const act of READER_ACTS) removeEventListener(act, end, true);
  };
  const timer = setTimeout(end, LONGEST_MS);
  for (const act of READER_ACTS) addEventListener(act, end, true);
  for (let at: Element | null = element; at; at = parentOf(at))
    for (const beside of at.parentElement?.children ?? []) observer.observe(beside);
  letGo = end;
}
