/** A needle of many letters is looked up where its first three stand, and nowhere else. */
const HEAD = 3;

/**
 * Finds which of many strings stand in a text, in one pass: at each place it looks up the letters there, and, where some
 * string begins with them, one slice for each length that such a string has. So the time grows with the text alone.
 */
export class SubstringIndex<T> {
  private readonly values = new Map<string, T[]>();
  private readonly lengths = new Map<string, number[]>();
  private readonly heads = new Set<number>();

  add(needle: string, value: T): void {
    const values = this.values.get(needle);
    if (values !== undefined) {
      values.push(value);
      return;
    }
    this.values.set(needle, [value]);
    const head = needle.slice(0, HEAD);
    this.heads.add(head.length);
    const lengths = this.lengths.get(head) ?? [];
    if (!lengths.includes(needle.length)) this.lengths.set(head, [...lengths, needle.length]);
  }

  get isEmpty(): boolean {
    return this.values.size === 0;
  }

  /** What was added with a needle that begins at `start`. */
  at(text: string, start: number, visit: (value: T) => void): void {
    for (const head of this.heads) {
      for (const length of this.lengths.get(text.slice(start, start + head)) ?? []) {
        for (const value of this.values.get(text.slice(start, start + length)) ?? []) visit(value);
      }
    }
  }

  in(text: string, visit: (value: T, start: number) => void): void {
    if (this.isEmpty) return;
    for (let start = 0; start < text.length; start++) this.at(text, start, (value) => visit(value, start));
  }
}
