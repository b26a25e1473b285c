/** People count what they see: a family emoji or a letter with its accents is one. The locale does not matter here. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const ASCII = /^\p{ASCII}*$/u;

export const countGraphemes = (text: string): number => {
  if (ASCII.test(text)) return text.replaceAll('\r\n', '\n').length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
};

/** The first `limit` graphemes, never half of one. */
export const truncateGraphemes = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  let left = limit;
  for (const { index } of segmenter.segment(text)) {
    if (left-- <= 0) return text.slice(0, index);
  }
  return text;
};
