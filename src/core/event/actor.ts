/** Everybody who can act. A credential has been looked up under the site that it acts on before an actor is made of it. */
export type Actor =
  /** Nobody that the site knows: no credential counts for what is open to all. */
  | { kind: 'visitor' }
  | { kind: 'reader'; id: string }
  | { kind: 'moderator'; id: string; name: string; role: 'moderator' | 'admin' }
  /** `id` and `name` are those of the API key. */
  | { kind: 'publisher'; id: string; name: string }
  | { kind: 'operator' }
  | { kind: 'job'; name: string };

export type ReaderActor = Extract<Actor, { kind: 'reader' }>;
export type ModeratorActor = Extract<Actor, { kind: 'moderator' }>;
