import { join } from 'node:path';
import { unstable_readConfig as readConfig } from 'wrangler';
import { PlainError, ROOT } from './project.ts';

export interface BoundDatabase {
  binding: string;
  name: string;
  /** False: wrangler finds the database by its name, or it is still to be made. */
  hasId: boolean;
}

/** The databases that wrangler.toml binds, in its order. */
export function readBoundDatabases(): BoundDatabase[] {
  const config = readConfig({ config: join(ROOT, 'wrangler.toml') });
  const bound = config.d1_databases as { binding: string; database_name?: string; database_id?: string }[];
  if (bound.length === 0) throw new PlainError('wrangler.toml names no database.');
  return bound.map(({ binding, database_name: name, database_id: id }) => {
    if (!name) throw new PlainError(`${binding} has no database_name in wrangler.toml.`);
    return { binding, name, hasId: Boolean(id) };
  });
}
