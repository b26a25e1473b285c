const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter() : null;

/** Counts characters as readers do: a flag or a family emoji is one. */
export function countGraphemes(text: string): number {
  if (segmenter === null) return [...text].length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
}
