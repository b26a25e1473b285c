import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

// Runs before each file: storage is isolated per file, so each begins with an empty, fully migrated database.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
