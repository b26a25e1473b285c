import type { Failure } from '../reading/api.ts';
import type { ThreadScope } from '../reading/scopes.ts';
import { adopt } from '../reading/styles.ts';
import { News } from './news.ts';
import { secondsAfter } from './pace.ts';
import { CSS } from './styles.ts';

const TIMES_MS = 60_000;

/** No cache keeps a page for longer, so an answer is never older than the one before it. */
const APART_MS = 15_000;

function refreshTimes({ root, language, api }: ThreadScope): void {
  for (const time of root.querySelectorAll('time')) time.textContent = language.relativeTime(time.dateTime, api.now());
}

/** Keeps a thread up to date while somebody looks at its page. */
export function startLiving(thread: ThreadScope): void {
  const { root, end } = thread;
  const ended = end.signal;
  if (ended.aborted) return;
  const page = root.ownerDocument;
  adopt(root, CSS);
  const news = new News(thread);
  let timer = 0;
  let inVain = 0;
  let earliest = 0;
  let isAsking = false;

  const wait = (seconds: number): void => {
    clearTimeout(timer);
    if (!ended.aborted && !page.hidden)
      timer = setTimeout(() => void ask(), Math.max(seconds * 1000, earliest - Date.now()));
  };
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    earliest = Date.now() + APART_MS;
    // An answer that makes no sense is one that did not come.
    const found = await news.ask().catch((): Failure => ({ reason: 'internal', passing: true }));
    isAsking = false;
    inVain = found === 'news' ? 0 : inVain + 1;
    if (typeof found === 'object') {
      // Whoever is refused, or reaches nobody, does not come back soon.
      inVain = Math.max(inVain, 4);
      earliest = Date.now() + (found.waitSeconds || secondsAfter(inVain)) * 1000;
    }
    wait(secondsAfter(inVain));
  };
  const times = setInterval(() => page.hidden || refreshTimes(thread), TIMES_MS);
  const turn = (): void => {
    inVain = 0;
    if (!page.hidden) refreshTimes(thread);
    wait(0);
  };
  page.addEventListener('visibilitychange', turn, { signal: ended });
  ended.addEventListener('abort', () => {
    clearTimeout(timer);
    clearInterval(times);
  });
  wait(0);
}
