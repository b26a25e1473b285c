import { EmailMessage } from 'cloudflare:email';
import { compose } from './compose.ts';
import type { Clock } from './core/platform/clock.ts';
import { type Env, readConfig } from './env.ts';
import { createApp } from './http/app.ts';
import { createPublicCache } from './http/cache/public-cache.ts';
import { isPublicRead } from './http/cache/public-read.ts';
import type { Dependencies } from './http/dependencies.ts';
import { keepHouse } from './jobs/keep-house.ts';

const clock: Clock = { now: () => Date.now() };

const app = createApp();

interface Served {
  dependencies: Dependencies;
  fetch(request: Request, context: ExecutionContext): Response | Promise<Response>;
}

const serve = (env: Env): Served => {
  const dependencies = compose(readConfig(env), clock, (from, to, raw) => new EmailMessage(from, to, raw));
  const answer = async (request: Request, context?: ExecutionContext) => app.fetch(request, dependencies, context);
  const fromCache = createPublicCache(dependencies, answer);
  return {
    dependencies,
    fetch: (request, context) =>
      isPublicRead(request) ? fromCache(request, (work) => context.waitUntil(work)) : answer(request, context),
  };
};

/** One composition for each environment object, which workerd keeps for the life of the isolate. */
const serving = new WeakMap<Env, Served>();

const servedBy = (env: Env): Served => {
  const known = serving.get(env);
  if (known !== undefined) return known;
  const served = serve(env);
  serving.set(env, served);
  return served;
};

export default {
  fetch: (request, env, context) => servedBy(env).fetch(request, context),

  scheduled: async (_controller, env) => {
    await keepHouse(servedBy(env).dependencies);
  },
} satisfies ExportedHandler<Env>;
