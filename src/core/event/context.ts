import type { Network } from '../rate-limit/network.ts';
import type { Actor } from './actor.ts';

/** The site, the actor, the time and the network of a request or a job's step; the gate or the job makes it, once. */
export interface Context<Who extends Actor = Actor> {
  /** The site's id; empty for what concerns the whole house. */
  site: string;
  actor: Who;
  requestId: string;
  /** Epoch milliseconds. */
  now: number;
  /** The network that the request comes from, made when it is needed: the database has the keys of its names. */
  network(): Promise<Network>;
  /** Its name for what is counted in passing and never stored, the same for every site; the database is not asked. */
  passingNetwork(): Promise<string>;
}
