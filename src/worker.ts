import { EmailMessage } from 'cloudflare:email';
import type { Clock } from './core/ports.ts';
import { type Config, type Env, readConfig } from './env.ts';
import { createApp } from './http/app.ts';
import type { Dependencies } from './http/dependencies.ts';
import { keepHouse } from './jobs/keep-house.ts';
import { log } from './log.ts';
import { createHashing } from './platform/hashing.ts';
import { ids } from './platform/ids.ts';
import { createMailer, noMailer } from './platform/mailer.ts';
import { createStores } from './store/stores.ts';

const clock: Clock = { now: () => Date.now() };

const app = createApp();

const composeMailer = ({ email, mailFrom }: Config) =>
  email === null || mailFrom === null
    ? noMailer
    : createMailer(email, mailFrom, (from, to, raw) => new EmailMessage(from, to, raw));

const compose = (config: Config): Dependencies => {
  const hashing = createHashing(config.secret);
  const operatorKeyHash = hashing.token(config.operatorKey);
  return {
    clock,
    ids,
    hashing,
    mailer: composeMailer(config),
    // Both sides are hashed under the secret, so how long the comparison takes tells nothing about the key.
    isOperatorKey: async (key) => (await hashing.token(key)) === (await operatorKeyHash),
    publicUrl: config.publicUrl,
    openStores: (start) => createStores(config.d1, config.kv, start),
    log,
  };
};

/** One composition for each environment object, which workerd keeps for the life of the isolate. */
const composed = new WeakMap<Env, Dependencies>();

const dependenciesOf = (env: Env): Dependencies => {
  const known = composed.get(env);
  if (known !== undefined) return known;
  const dependencies = compose(readConfig(env));
  composed.set(env, dependencies);
  return dependencies;
};

export default {
  fetch: (request, env, context) => app.fetch(request, dependenciesOf(env), context),

  scheduled: async (_controller, env) => {
    const dependencies = dependenciesOf(env);
    const relisted = await keepHouse({ clock, ...dependencies.openStores('first-primary') });
    if (relisted > 0) log('articles-relisted', { relisted });
  },
} satisfies ExportedHandler<Env>;
