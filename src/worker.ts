import { EmailMessage } from 'cloudflare:email';
import { compose } from './compose.ts';
import type { Clock } from './core/ports.ts';
import { type Env, readConfig } from './env.ts';
import { createApp } from './http/app.ts';
import type { Dependencies } from './http/dependencies.ts';
import { keepHouse } from './jobs/keep-house.ts';
import { log } from './log.ts';

const clock: Clock = { now: () => Date.now() };

const app = createApp();

/** One composition for each environment object, which workerd keeps for the life of the isolate. */
const composed = new WeakMap<Env, Dependencies>();

const dependenciesOf = (env: Env): Dependencies => {
  const known = composed.get(env);
  if (known !== undefined) return known;
  const dependencies = compose(readConfig(env), clock, (from, to, raw) => new EmailMessage(from, to, raw));
  composed.set(env, dependencies);
  return dependencies;
};

export default {
  fetch: (request, env, context) => app.fetch(request, dependenciesOf(env), context),

  scheduled: async (_controller, env) => {
    const { openStores } = dependenciesOf(env);
    const relisted = await keepHouse({ clock, ...openStores('first-primary') });
    if (relisted > 0) log('articles-relisted', { relisted });
  },
} satisfies ExportedHandler<Env>;
