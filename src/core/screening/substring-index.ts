const ROOT = 1;
const NONE = 0;

/** Edges of a tree, in a table of numbers alone: at each place of a text it is looked up several times. */
export class Edges {
  private bits = 4;
  private size = 0;
  private keys = new Float64Array(1 << this.bits);
  private nodes = new Int32Array(1 << this.bits);

  /** The node below another one by a letter, or else NONE. */
  below(node: number, letter: number): number {
    return this.nodes[this.slot(node, letter)] as number;
  }

  add(node: number, letter: number, below: number): void {
    if (++this.size * 2 > this.keys.length) this.grow();
    this.put(node, letter, below);
  }

  private slot(node: number, letter: number): number {
    const { keys } = this;
    const key = node * 65_536 + letter;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(letter, 0x85ebca6b)) >>> (32 - this.bits);
    while (keys[slot] !== key && keys[slot] !== 0) slot = (slot + 1) & (keys.length - 1);
    return slot;
  }

  private put(node: number, letter: number, below: number): void {
    const slot = this.slot(node, letter);
    this.keys[slot] = node * 65_536 + letter;
    this.nodes[slot] = below;
  }

  private grow(): void {
    const { keys, nodes } = this;
    this.bits++;
    this.keys = new Float64Array(1 << this.bits);
    this.nodes = new Int32Array(1 << this.bits);
    keys.forEach((key, slot) => {
      if (key !== 0) this.put(Math.floor(key / 65_536), key % 65_536, nodes[slot] as number);
    });
  }
}

/**
 * Finds which of many strings stand in a text, in one pass: at each place it goes down a tree, letter by letter, for as
 * long as some string goes on like the text. A node has one needle, and below it are those that begin as its place in
 * the tree says; so there are no more nodes than needles, and the time hardly grows with their number.
 */
export class SubstringIndex<T> {
  private readonly edges = new Edges();
  private readonly needles = ['', ''];
  private readonly values: T[][] = [[], []];

  add(needle: string, value: T): void {
    let [node, left, values] = [ROOT, needle, [value]];
    for (let depth = 0; this.needles[node] !== left; depth++) {
      // A needle that ends here can go no further: it takes the place of the one that is here.
      if (left.length === depth) {
        [this.needles[node], left] = [left, this.needles[node] as string];
        [this.values[node], values] = [values, this.values[node] as T[]];
      }
      const letter = left.charCodeAt(depth);
      const below = this.edges.below(node, letter);
      if (below === NONE) {
        this.edges.add(node, letter, this.needles.length);
        this.needles.push(left);
        this.values.push(values);
        return;
      }
      node = below;
    }
    this.values[node]?.push(...values);
  }

  get isEmpty(): boolean {
    return this.needles.length === 2 && this.values[ROOT]?.length === 0;
  }

  /** Visits each value that was added with a needle that begins at `start`. */
  at(text: string, start: number, visit: (value: T, start: number) => void): void {
    let node = ROOT;
    for (let place = start; node !== NONE; place++) {
      if (text.startsWith(this.needles[node] as string, start))
        for (const value of this.values[node] as T[]) visit(value, start);
      node = place < text.length ? this.edges.below(node, text.charCodeAt(place)) : NONE;
    }
  }

  in(text: string, visit: (value: T, start: number) => void): void {
    if (this.isEmpty) return;
    for (let start = 0; start < text.length; start++) this.at(text, start, visit);
  }
}
