import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSignInLink } from '../contract/addresses.ts';
import type { LocalServer } from './local-server.ts';
import { askAsOperator } from './operator-api.ts';
import { moveDemo, seedDemo } from './seed-demo.ts';

/** The record that seeding leaves for the next starts. */
export interface SeededDemo {
  siteId: string;
  /** The moderator whom the console's sign-in link is for. */
  moderatorEmail: string;
}

/** Fills an empty site with the demo, once for each state folder; later starts bring its addresses up to date. */
export async function seedOnce(server: LocalServer): Promise<SeededDemo> {
  const file = join(server.stateDir, 'demo.json');
  const stores = await server.openStores();
  if (existsSync(file)) {
    await moveDemo({ ...server, stores });
    return JSON.parse(readFileSync(file, 'utf8')) as SeededDemo;
  }
  const seeded = await seedDemo({ ...server, stores });
  // The job fills the lists of most commented articles; its next run is up to a minute away.
  await server.runCron();
  // The file is written last: a demo without it is not complete yet.
  writeFileSync(file, `${JSON.stringify(seeded)}\n`);
  return seeded;
}

/** A sign-in link works once, so each start makes a new one. */
export async function signInLink(server: LocalServer, { siteId, moderatorEmail }: SeededDemo): Promise<string> {
  const operator = { baseUrl: server.url, operatorKey: server.secrets.OPERATOR_KEY };
  const { url } = await askAsOperator(operator, createSignInLink, { site: siteId, body: { email: moderatorEmail } });
  return url;
}
