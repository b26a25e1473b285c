import { env } from 'cloudflare:workers';

/** The names of our tables, sorted. */
export const listTables = async (database = env.DB): Promise<string[]> => {
  const { results } = await database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'
      AND name NOT LIKE 'sqlite%' AND name <> 'd1_migrations' ORDER BY name`,
    )
    .all<{ name: string }>();
  return results.map(({ name }) => name);
};

/** Every row of every table, as text to compare or to search. */
export const dumpTables = async (database = env.DB): Promise<Record<string, string>> => {
  const dump: Record<string, string> = {};
  for (const name of await listTables(database)) {
    const { results } = await database.prepare(`SELECT * FROM "${name}"`).all();
    dump[name] = JSON.stringify(results);
  }
  return dump;
};
