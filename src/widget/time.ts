import { texts } from './texts.ts';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const relativeFormat = new Intl.RelativeTimeFormat(texts.lang, { numeric: 'auto' });
const absoluteFormat = new Intl.DateTimeFormat(texts.lang, { dateStyle: 'long', timeStyle: 'short' });

export function absoluteTime(timestamp: string): string {
  return absoluteFormat.format(new Date(timestamp));
}

export function relativeTime(timestamp: string, now = Date.now()): string {
  const seconds = (Date.parse(timestamp) - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (-seconds >= size) return relativeFormat.format(Math.ceil(seconds / size), unit);
  }
  return texts.justNow;
}

export function refreshTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll('time')) time.textContent = relativeTime(time.dateTime);
}
