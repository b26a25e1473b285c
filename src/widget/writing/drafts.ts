import { HeldDraft, heldAddresses, type Place, type StoredDraft, tabName } from './held-draft.ts';
import { dropStored, readObject, writeStored } from './storage.ts';

export interface Person {
  name: string;
  email: string;
}

/** A draft that is kept for a place. */
export interface Kept extends StoredDraft {
  key: string;
  place: string;
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** The drafts under one article, and the name and e-mail of the writer. */
export class Drafts {
  readonly #site: string;
  readonly #root: Node;
  readonly #beginning: string;
  /** Drafts that are open in another tab. */
  readonly #elsewhere = new Set<string>();

  constructor(site: string, articleKey: string, root: Node) {
    this.#site = site;
    this.#root = root;
    this.#beginning = `belowline:draft:${site}:${articleKey}:`;
  }

  /**
   * All that are not open in another tab or in another widget of this page, as far as that is known: this tab's, then the
   * newest.
   */
  get all(): Kept[] {
    const found = [...new Set([...heldAddresses(), ...storedKeys()])].flatMap((address) => {
      const [, place, key] = /^([\w-]*):([\w-]+)$/.exec(address.slice(this.#beginning.length)) ?? [];
      if (!address.startsWith(this.#beginning) || !key || this.#elsewhere.has(address)) return [];
      if (HeldDraft.isTaken(address, this.#root)) return [];
      const draft = readObject<StoredDraft>(address);
      return typeof draft.body === 'string' && draft.body
        ? [{ ...(draft as StoredDraft), key, place: place as string }]
        : [];
    });
    const isOurs = ({ tab }: Kept): number => Number(tab === tabName());
    return found.sort((a, b) => isOurs(b) - isOurs(a) || b.at - a.at);
  }

  /** `place`: empty for the form at the end, a comment's id for a reply to it, `edit-` and an id for a change of it. */
  find(place: string): Kept | undefined {
    return this.all.find((kept) => kept.place === place);
  }

  /** The draft that a form goes on with. `lose` is told when it has gone on elsewhere, or was sent from there. */
  hold(place: string, kept: Kept | undefined, start: string, lose: () => void): HeldDraft {
    const at: Place = {
      beginning: `${this.#beginning}${place}:`,
      root: this.#root,
      lose: (address) => {
        this.#elsewhere.add(address);
        lose();
      },
    };
    return new HeldDraft(at, kept ?? { body: start });
  }

  forget({ place, key }: Kept): void {
    dropStored(`${this.#beginning}${place}:${key}`);
  }

  person(): Person {
    const { name = '', email = '' } = readObject<Person>(`belowline:person:${this.#site}`);
    return { name, email };
  }

  rememberPerson(person: Person): void {
    writeStored(`belowline:person:${this.#site}`, JSON.stringify(person));
  }
}
