let graphemes: Intl.Segmenter | undefined;

/** A flag or a family as a whole. One segmenter serves all names, since making it takes longer than a name. */
export function firstGrapheme(text: string): string {
  if (!graphemes && 'Segmenter' in Intl) graphemes = new Intl.Segmenter();
  const [first] = graphemes?.segment(text) ?? [];
  return first?.segment ?? text.slice(0, 1);
}
