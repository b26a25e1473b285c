import { newIdempotencyKey } from './guest.ts';
import { dropStored, readObject, writeStored } from './storage.ts';

export interface Draft {
  body: string;
  /** One key for one comment: a retry with the same key can not post it twice. */
  idempotencyKey: string;
  /** The server has said no to this key's text; a changed text is a new comment and takes a new key. */
  refused: boolean;
  /** The reader put the form away; it is not opened by itself again. */
  closed: boolean;
}

export interface Person {
  name: string;
  email: string;
}

/** What is being written under one article: a draft a place, and who writes. */
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
