/** A flag or a family as a whole. */
export function firstGrapheme(text: string): string {
  const [first] = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text) : [];
  return first?.segment ?? text.slice(0, 1);
}
