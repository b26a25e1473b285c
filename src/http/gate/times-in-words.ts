export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** "30 November 2026 at 14:05 UTC", for a sentence that no client has put into the reader's own time. */
export function timeInWords(at: number): string {
  return `${new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
}

export function secondsUntil(at: number, now: number): number {
  return Math.max(1, Math.ceil((at - now) / 1_000));
}

/** "It goes on in about 3 hours." */
export function waitInWords(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const [count, unit] = minutes < 120 ? [minutes, 'minute'] : [Math.round(minutes / 60), 'hour'];
  return `It goes on in about ${count} ${unit}${count === 1 ? '' : 's'}.`;
}

/** "60 seconds", "15 minutes", "23 hours": never less than it is. */
export function spanInWords(seconds: number): string {
  if (seconds > 7_200) return `${Math.ceil(seconds / 3_600)} hours`;
  if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
