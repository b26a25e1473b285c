import { newIdempotencyKey } from './guest.ts';
import { dropStored, objectOf, readStored, writeStored } from './storage.ts';

/** A draft as it is stored, under its idempotency key: one key for one comment, so that no retry posts it twice. */
export interface StoredDraft {
  body: string;
  /** True when the server has refused this key's text; a changed text is a new comment and takes a new key. */
  refused: boolean;
  /** True when the reader has closed the form, which then does not open by itself again. */
  closed: boolean;
  /** The time of the last change. */
  at: number;
  /** The page that has it open, and the tab that the page is in. */
  by: string;
  tab: string;
  /** False while that page has only shown what it found. */
  changed: boolean;
}

export interface Place {
  beginning: string;
  root: Node;
  lose(address: string): void;
}

/** This page among the tabs that may have the same drafts. */
const here = newIdempotencyKey();

/** The name of this tab, which outlives a reload; a tab that is copied has the name of the first one. */
export function tabName(): string {
  try {
    sessionStorage['belowline:tab'] ??= here;
    return sessionStorage['belowline:tab'];
  } catch {
    return here;
  }
}

const held = new Map<string, HeldDraft>();

/** The addresses of drafts that are open in this page, or were before their widget went. */
export const heldAddresses = (): string[] => [...held.keys()];

/** A draft that a form has open. Each of two tabs keeps its own text, whatever the other one does. */
export class HeldDraft {
  body: string;
  key: string;
  #refused: boolean;
  #closed = false;
  #changed = false;
  readonly #place: Place;

  constructor(
    place: Place,
    { body, key = newIdempotencyKey(), refused = false, tab = '' }: Partial<StoredDraft & { key: string }>,
  ) {
    this.#place = place;
    this.body = body ?? '';
    this.key = key;
    this.#refused = refused;
    // After a reload it is this tab's as before.
    this.#changed = tab !== '' && tab === tabName();
  }

  /** True when a draft is open in another widget of this page. */
  static isTaken(address: string, root: Node): boolean {
    const other = held.get(address)?.root;
    return other !== undefined && other !== root && other.isConnected;
  }

  get root(): Node {
    return this.#place.root;
  }

  get #address(): string {
    return this.#place.beginning + this.key;
  }

  /** Keeps the draft as it is; another tab that has it open says so. */
  put(): void {
    held.set(this.#address, this);
    const { body } = this;
    const state = { refused: this.#refused, closed: this.#closed, changed: this.#changed };
    if (body) writeStored(this.#address, JSON.stringify({ body, ...state, at: Date.now(), by: here, tab: tabName() }));
    else dropStored(this.#address);
  }

  change(body: string): void {
    if (this.#refused) this.renew();
    this.#refused = this.#closed = false;
    this.#changed = true;
    this.body = body;
    this.put();
  }

  close(): void {
    this.#closed = true;
    if (this.body) this.put();
    else held.delete(this.#address);
  }

  refuse(isDefinite: boolean): void {
    this.#refused = isDefinite;
    if (held.get(this.#address) === this) this.put();
  }

  /** It is about to be sent. */
  use(): void {
    this.#changed = true;
    this.put();
  }

  /** The text sent under the key is another comment than this one. */
  renew(): void {
    dropStored(this.#address);
    this.#part();
  }

  #part(): void {
    held.delete(this.#address);
    this.key = newIdempotencyKey();
    this.put();
  }

  /** The text was taken. It may be open in another form by now, which has come when the thread was read anew. */
  drop(): void {
    dropStored(this.#address);
    const open = held.get(this.#address);
    held.delete(this.#address);
    if (open !== this) open?.lose();
  }

  lose(): void {
    held.delete(this.#address);
    this.#place.lose(this.#address);
  }

  /** Another tab has written here. What was only found goes on there; two texts part. */
  meet(value: string | null): void {
    const { by, changed } = objectOf<StoredDraft>(value);
    if (by === here) return;
    if (!this.#changed) this.lose();
    else if (value !== null && !changed) this.put();
    else this.#part();
  }
}

const onStorage = ({ key, newValue }: StorageEvent): void => held.get(key ?? '')?.meet(newValue);

const onReturn = ({ persisted }: PageTransitionEvent): void => {
  if (persisted) for (const [address, draft] of [...held]) draft.meet(readStored(address));
};

/** Listens to the other tabs; a page does so once, however many widgets it has. */
export function meetOtherTabs(): void {
  addEventListener('storage', onStorage);
  addEventListener('pageshow', onReturn);
}
