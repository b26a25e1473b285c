import { h, parentOf } from '../dom.ts';

/** The lightness of middle grey in oklch: above it, dark text reads better. */
const LIGHT = 0.6;

const followers = new Set<HTMLElement>();
const lookAgain = (): void => followers.forEach(look);
const page = new MutationObserver(lookAgain);

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', lookAgain);
// Style sheets may come after the script (their events do not bubble), and a page may fade from one look into the other.
for (const event of ['load', 'transitionend']) document.addEventListener(event, lookAgain, true);

function look(element: HTMLElement): void {
  const probe = h('i');
  let scheme = '';
  element.shadowRoot?.append(probe);
  for (let at = parentOf(element); at; at = parentOf(at)) {
    // Whatever stands around the element may be what a page switches its look by.
    page.observe(at, { attributes: true });
    // The browser itself computes the lightness of a colour, however it is written.
    probe.style.color = `oklch(from ${getComputedStyle(at).backgroundColor} l alpha 0)`;
    const [lightness = 0, alpha = 0] = getComputedStyle(probe).color.slice(6).split(' ').map(Number);
    if (alpha > 0.5) scheme ||= lightness < LIGHT ? 'dark' : 'light';
  }
  probe.remove();
  element.style.colorScheme = scheme;
}

/**
 * Makes the element light or dark as the page behind it, whatever the reader's system prefers: most pages have one look
 * only. Where nothing behind it has a colour, the page's own `color-scheme` is inherited.
 */
export function followPage(element: HTMLElement): void {
  followers.add(element);
  look(element);
}

export function leavePage(element: HTMLElement): void {
  followers.delete(element);
}
