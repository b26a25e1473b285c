import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

// This runs before each file: storage is isolated per file, so each begins with empty, fully migrated databases.
for (const database of [env.DB, env.DB_1]) await applyD1Migrations(database, env.TEST_MIGRATIONS);
