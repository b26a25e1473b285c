/** Everybody who can act. An actor is made of a credential that was looked up under the site that it acts on. */
export type Actor =
  /** A stranger to the site: actions that are open to all look at no credential. */
  | { kind: 'visitor' }
  | { kind: 'reader'; id: string }
  | { kind: 'moderator'; id: string; name: string; role: 'moderator' | 'admin' }
  /** `id` and `name` are those of the API key. */
  | { kind: 'publisher'; id: string; name: string }
  | { kind: 'operator' }
  | { kind: 'job'; name: string };

export type ReaderActor = Extract<Actor, { kind: 'reader' }>;
export type ModeratorActor = Extract<Actor, { kind: 'moderator' }>;
