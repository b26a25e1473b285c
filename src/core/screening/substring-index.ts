/**
 * Finds which of many strings stand in a text, in one pass: at each place it looks up one slice for each length that
 * any of them has. A list of words has a dozen lengths however long it is, so the time grows with the text alone.
 */
export class SubstringIndex {
  private readonly entries = new Map<string, string[]>();
  private readonly lengths = new Set<number>();

  add(needle: string, entry: string): void {
    this.entries.set(needle, [...(this.entries.get(needle) ?? []), entry]);
    this.lengths.add(needle.length);
  }

  /** The entries whose needle begins at `start`; near the end of the text an entry may be named more than once. */
  at(text: string, start: number): string[] {
    const found: string[] = [];
    for (const length of this.lengths) {
      found.push(...(this.entries.get(text.slice(start, start + length)) ?? []));
    }
    return found;
  }

  in(text: string): string[] {
    // Most lists have no entry of some kinds, and every comment is searched for each.
    if (this.entries.size === 0) return [];
    const found = new Set<string>();
    for (let start = 0; start < text.length; start++) {
      for (const entry of this.at(text, start)) found.add(entry);
    }
    return [...found];
  }
}
