import type { Actor } from './actor.ts';

/** The actor, the place and the time of a deed: made once, by the gate, a job, the command line or an importer. */
export interface Context<Who extends Actor = Actor> {
  /** The site's id; empty for what concerns the whole house. */
  site: string;
  actor: Who;
  requestId: string;
  /** Epoch milliseconds. */
  now: number;
  /** Today's key of the network that the request comes from, computed when it is needed. */
  network(): Promise<string>;
}
