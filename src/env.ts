import * as z from 'zod/mini';
import type { Plan } from './core/health/size.ts';
import { FIRST_PLACE } from './core/site/directory.ts';
import type { RateLimiters } from './platform/bursts.ts';

const Secret = z.string('is missing').check(z.minLength(32, 'has fewer than 32 characters'));

export const HINT =
  'Make a secret with `openssl rand -hex 32` and set it with `npx wrangler secret put NAME`, or locally in .dev.vars ' +
  '(see .dev.vars.example); variables stand in wrangler.toml.';

const SECRETS = ['SECRET', 'SECRET_BEFORE', 'OPERATOR_KEY'];

const NO_ORIGIN = 'is not an address such as https://comments.example, without a path';

const NO_EMAIL = 'is not an e-mail address';

const isOrigin = (url: URL | null): boolean =>
  url !== null && /^https?:/.test(url.href) && url.href === `${url.origin}/`;

/** The address as browsers write an origin, which it is compared with. */
const PublicUrl = z.string(NO_ORIGIN).check(
  z.refine((address) => isOrigin(URL.parse(address)), { error: NO_ORIGIN, abort: true }),
  z.overwrite((address) => new URL(address).origin),
);

const Settings = z.object({
  SECRET: Secret,
  SECRET_BEFORE: z.optional(Secret),
  OPERATOR_KEY: Secret,
  PUBLIC_URL: z.optional(PublicUrl),
  MAIL_FROM: z.optional(z.string(NO_EMAIL).check(z.regex(z.regexes.email, NO_EMAIL))),
  PLAN: z.optional(z.enum(['free', 'paid'], 'is neither "free" nor "paid"')),
});

export interface Env extends z.infer<typeof Settings> {
  DB: D1Database;
  [further: `DB_${number}`]: D1Database | undefined;
  KV: KVNamespace;
  ASSETS: Fetcher;
  BURSTS?: RateLimit;
  BURSTS_OF_RANGES?: RateLimit;
  UNKNOWN_ARTICLES?: RateLimit;
  UNKNOWN_ARTICLES_OF_RANGES?: RateLimit;
  EMAIL?: SendEmail;
}

export interface Config {
  secret: string;
  /** The secret until now, while what is hashed under it still counts; null: none. */
  secretBefore: string | null;
  operatorKey: string;
  /** null: whatever address the request came to. */
  publicUrl: string | null;
  mailFrom: string | null;
  /** null: not said. */
  plan: Plan | null;
  /** The databases by the names of their bindings, `DB` first. */
  databases: ReadonlyMap<string, D1Database>;
  kv: KVNamespace;
  rateLimiters: RateLimiters;
  email: SendEmail | null;
}

/** `DB`, then `DB_1`, `DB_2` and so on, as far as they are bound. */
const databasesOf = (env: Env): Map<string, D1Database> => {
  const numbers = Object.keys(env).flatMap((name) => /^DB_([1-9]\d*)$/.exec(name)?.slice(1).map(Number) ?? []);
  const databases = new Map([[FIRST_PLACE.database, env.DB]]);
  for (const number of numbers.sort((a, b) => a - b)) {
    const further = env[`DB_${number}`];
    if (further !== undefined) databases.set(`DB_${number}`, further);
  }
  return databases;
};

/** A secret is put; all else stands in wrangler.toml. */
const faultOf = ({ path, message }: { path: PropertyKey[]; message: string }): string => {
  const name = String(path[0]);
  return `${name}: ${message}${SECRETS.includes(name) ? ` \u2014 \`npx wrangler secret put ${name}\`` : ', see wrangler.toml'}`;
};

/** The settings are not whole. Its message says which and what to do, without a value. */
export class NotSetUp extends Error {
  override name = 'NotSetUp';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Belowline cannot start. ${faults.join('; ')}. ${HINT}`);
    this.faults = faults;
  }
}

/** Once a start: the Worker answers nothing before its settings are whole, and says which one is not and what to do. */
export function readConfig(env: Env): Config {
  const parsed = Settings.safeParse(env);
  const missing = (['DB', 'KV'] as const).filter((name) => env[name] === undefined);
  if (!parsed.success || missing.length > 0) {
    const faults = parsed.success ? [] : parsed.error.issues.map(faultOf);
    throw new NotSetUp([...faults, ...missing.map((name) => `${name}: the binding is missing from wrangler.toml`)]);
  }
  const { SECRET, SECRET_BEFORE, OPERATOR_KEY, PUBLIC_URL, MAIL_FROM, PLAN } = parsed.data;
  const bursts = { network: env.BURSTS, range: env.BURSTS_OF_RANGES };
  const unknown = { network: env.UNKNOWN_ARTICLES, range: env.UNKNOWN_ARTICLES_OF_RANGES };
  return {
    secret: SECRET,
    secretBefore: SECRET_BEFORE ?? null,
    operatorKey: OPERATOR_KEY,
    publicUrl: PUBLIC_URL ?? null,
    mailFrom: MAIL_FROM ?? null,
    plan: PLAN ?? null,
    databases: databasesOf(env),
    kv: env.KV,
    rateLimiters: { preview: bursts, 'comment-attempt': bursts, 'unknown-article': unknown },
    email: env.EMAIL ?? null,
  };
}
