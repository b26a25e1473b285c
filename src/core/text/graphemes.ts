/** People count what they see: a family emoji or a letter with its accents is one. The locale does not matter here. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const ASCII = /^\p{ASCII}*$/u;

export function countGraphemes(text: string): number {
  if (ASCII.test(text)) return text.replaceAll('\r\n', '\n').length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
}
