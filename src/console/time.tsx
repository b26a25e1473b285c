const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Short enough for a dense row; the exact moment is in the title. */
export function age(timestamp: string, now = Date.now()): string {
  const passed = now - Date.parse(timestamp);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 14 * DAY) return `${Math.floor(passed / DAY)} d ago`;
  return day(timestamp);
}

export function day(timestamp: string): string {
  return dayFormat.format(new Date(timestamp));
}
export function moment(timestamp: string): string {
  return momentFormat.format(new Date(timestamp));
}

export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={moment(at)}>
      {age(at)}
    </time>
  );
}
