import { EmailMessage } from 'cloudflare:email';
import { compose } from './compose.ts';
import type { Clock } from './core/platform/clock.ts';
import { type Env, HINT, NotSetUp, readConfig } from './env.ts';
import { createApp } from './http/app.ts';
import { createPublicCache } from './http/cache/public-cache.ts';
import { publicAddressOf } from './http/cache/public-read.ts';
import { notSetUp } from './http/pages/not-set-up.ts';
import { keepHouse } from './jobs/keep-house.ts';
import { log } from './log.ts';

const clock: Clock = { now: () => Date.now() };

const app = createApp();

interface Served {
  fetch(request: Request, context: ExecutionContext): Response | Promise<Response>;
  /** The work of a minute. */
  run(): Promise<unknown>;
}

const serve = (env: Env): Served => {
  const dependencies = compose(readConfig(env), clock, (from, to, raw) => new EmailMessage(from, to, raw));
  const answer = async (request: Request, context?: ExecutionContext) => app.fetch(request, dependencies, context);
  const fromCache = createPublicCache(dependencies, answer);
  return {
    fetch(request, context) {
      if (HOME.test(request.url)) return env.ASSETS.fetch(request);
      const address = publicAddressOf(request);
      if (address === null) return answer(request, context);
      return fromCache(request, address, (work) => context.waitUntil(work));
    },
    run: () => keepHouse(dependencies),
  };
};

/** The bare address is a file. It comes by the Worker so that a deployment that is not set up can say so there. */
const HOME = /^https?:\/\/[^/]+\/(?:\?|$)/;

/** A deployment whose settings are not whole answers, and says which. */
const serveOrSayWhyNot = (env: Env): Served => {
  try {
    return serve(env);
  } catch (error) {
    if (!(error instanceof NotSetUp)) throw error;
    const { faults, message } = error;
    log('not-set-up', { message });
    return {
      fetch: (request) => notSetUp(request, faults, HINT),
      run: async () => log('not-set-up', { message }),
    };
  }
};

/** One composition for each environment object, which workerd keeps for the life of the isolate. */
const serving = new WeakMap<Env, Served>();

const servedBy = (env: Env): Served => {
  const known = serving.get(env);
  if (known !== undefined) return known;
  const served = serveOrSayWhyNot(env);
  serving.set(env, served);
  return served;
};

export default {
  fetch: (request, env, context) => servedBy(env).fetch(request, context),

  scheduled: async (_controller, env) => {
    await servedBy(env).run();
  },
} satisfies ExportedHandler<Env>;
