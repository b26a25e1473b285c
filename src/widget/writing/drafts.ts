import { hasStored } from '../reading/has-stored.ts';
import { newIdempotencyKey } from './guest.ts';
import { dropStored, readObject, writeStored } from './storage.ts';

export interface Draft {
  body: string;
  /** One key for one comment: a retry with the same key cannot post it twice. */
  idempotencyKey: string;
  /** True when the server has refused this key's text; a changed text is a new comment and takes a new key. */
  refused: boolean;
  /** True when the reader has closed the form, which then does not open by itself again. */
  closed: boolean;
}

export interface Person {
  name: string;
  email: string;
}

/** The drafts under one article, one for each place, and the name and e-mail of the writer. */
export class Drafts {
  readonly #site: string;
  readonly #articleKey: string;

  constructor(site: string, articleKey: string) {
    this.#site = site;
    this.#articleKey = articleKey;
  }

  /** `place`: empty for the form at the end, a comment's id for a reply to it, `edit-` and an id for a change of it. */
  #key(place: string): string {
    return `belowline:draft:${this.#site}:${this.#articleKey}:${place}`;
  }

  /** True when a text is kept under this article. */
  get any(): boolean {
    return hasStored(this.#key(''));
  }

  read(place: string): Draft | null {
    const { body, idempotencyKey, refused = false, closed = false } = readObject<Draft>(this.#key(place));
    return body ? { body, idempotencyKey: idempotencyKey || newIdempotencyKey(), refused, closed } : null;
  }

  write(place: string, draft: Draft): void {
    if (draft.body === '') this.drop(place);
    else writeStored(this.#key(place), JSON.stringify(draft));
  }

  drop(place: string): void {
    dropStored(this.#key(place));
  }

  person(): Person {
    const { name = '', email = '' } = readObject<Person>(`belowline:person:${this.#site}`);
    return { name, email };
  }

  rememberPerson(person: Person): void {
    writeStored(`belowline:person:${this.#site}`, JSON.stringify(person));
  }
}

export function emptyDraft(): Draft {
  return {
    body: '',
    idempotencyKey: newIdempotencyKey(),
    refused: false,
    closed: false,
  };
}

/** The draft after a change of its text. */
export function withBody(draft: Draft, body: string): Draft {
  return {
    body,
    idempotencyKey: draft.refused ? newIdempotencyKey() : draft.idempotencyKey,
    refused: false,
    closed: false,
  };
}
