import type { D1Migration } from '@cloudflare/vitest-plugin';

declare global {
  namespace Cloudflare {
    interface Env {
      DB: D1Database;
      DB_1: D1Database;
      KV: KVNamespace;
      BURSTS: RateLimit;
      BURSTS_OF_RANGES: RateLimit;
      UNKNOWN_ARTICLES: RateLimit;
      UNKNOWN_ARTICLES_OF_RANGES: RateLimit;
      ASSETS: Fetcher;
      SECRET: string;
      OPERATOR_KEY: string;
      TEST_MIGRATIONS: D1Migration[];
    }
  }
}
