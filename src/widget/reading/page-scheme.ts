import { h } from '../dom.ts';

/** The lightness of middle grey in oklch: above it, dark text reads better. */
const LIGHT = 0.6;

const looks = new Set<() => void>();
const lookAgain = (): void => {
  for (const look of looks) look();
};
const page = new MutationObserver(lookAgain);

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', lookAgain);
// Style sheets may come after the script, and a page may fade from one look into the other.
for (const event of ['load', 'transitionend']) addEventListener(event, lookAgain);

/**
 * Makes the element light or dark as the page behind it, whatever the reader's system prefers: most pages have one look
 * only. Where nothing behind it has a colour, the page's own `color-scheme` is inherited. Returns a stop function.
 */
export function followPage(element: HTMLElement, root: ShadowRoot): () => void {
  const probe = h('i');
  const look = (): void => {
    let scheme = '';
    root.append(probe);
    for (let at = element.parentElement; at && !scheme; at = at.parentElement) {
      // The browser itself computes the lightness of a colour, however it is written.
      probe.style.color = `oklch(from ${getComputedStyle(at).backgroundColor} l alpha 0)`;
      const [lightness = 0, alpha = 0] = getComputedStyle(probe).color.slice(6).split(' ').map(Number);
      if (alpha > 0.5) scheme = lightness < LIGHT ? 'dark' : 'light';
    }
    probe.remove();
    element.style.colorScheme = scheme;
  };
  for (const node of [document.documentElement, document.body]) page.observe(node, { attributes: true });
  looks.add(look);
  look();
  return () => looks.delete(look);
}
