import type { BrowserContext, Frame } from 'playwright-core';

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}

declare global {
  interface Window {
    /** The layout shifts that no reader's act explains, with the elements that moved. */
    shifts: { value: number; moved: string[]; at: number }[];
    /** The time at which the script had come. */
    definedAt: number;
    takeShifts(): void;
  }
}

/** Every page of the context keeps what has shifted in it. */
export async function watchShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.shifts = [];
    void customElements.whenDefined('belowline-comments').then(() => {
      window.definedAt = performance.now();
    });
    const keep = (entries: PerformanceEntryList): void => {
      for (const { value, hadRecentInput, sources, startTime } of entries as Shift[]) {
        const moved = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : `${node}`));
        if (!hadRecentInput) window.shifts.push({ value, moved, at: startTime });
      }
    };
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.takeShifts = () => keep(observer.takeRecords());
  });
}

/**
 * The sum of the layout shifts, after what is on its way to the screen has come to it; and what moved.
 * @param since `the script` leaves out what the page did by itself before
 */
export async function shiftsOf(
  frame: Frame,
  since: 'the page' | 'the script' = 'the page',
): Promise<{ total: number; moved: string[] }> {
  const shifts = await frame.evaluate(async (isAll) => {
    for (let n = 0; n < 3; n++) await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    window.takeShifts();
    return window.shifts.filter(({ at }) => isAll || at >= window.definedAt);
  }, since === 'the page');
  return {
    total: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts.map(({ value, moved }) => `${value.toFixed(4)} ${moved.join(' | ')}`),
  };
}
