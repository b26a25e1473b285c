import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalServer } from './local-server.ts';
import { requestJson } from './operator-api.ts';
import { seedDemo } from './seed-demo.ts';

/** What seeding leaves behind for the next starts. */
export interface SeededDemo {
  siteId: string;
  /** The moderator whom the console's sign-in link is for. */
  moderatorEmail: string;
}

/** Fills an empty site with the demo, once for each state folder. */
export async function seedOnce(server: LocalServer): Promise<SeededDemo> {
  const file = join(server.stateDir, 'demo.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SeededDemo;
  const seeded = await seedDemo({ ...server, stores: await server.openStores() });
  writeFileSync(file, `${JSON.stringify(seeded)}\n`);
  return seeded;
}

/** A sign-in link works once, so each start makes a new one. */
export async function signInLink(server: LocalServer, { siteId, moderatorEmail }: SeededDemo): Promise<string> {
  const { url } = await requestJson<{ url: string }>({
    baseUrl: server.url,
    operatorKey: server.secrets.OPERATOR_KEY,
    path: `/v1/sites/${siteId}/operator/sign-in-links`,
    body: { email: moderatorEmail },
  });
  return url;
}
