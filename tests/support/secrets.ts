import { env } from 'cloudflare:workers';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/env.ts';
import type { Newsroom } from './newsroom.ts';

const NEXT = 'the-next-secret-0123456789-0123456789-0123456789';

/** Deploys the same house with other secrets. */
export const deployWith = (room: Newsroom, secrets: { SECRET: string; SECRET_BEFORE?: string }): void => {
  const config = readConfig({ ...env, ...secrets });
  const { hashing, secretMarks, isOperatorKey } = compose(config, { now: () => room.clock.now }, (from, to, raw) => ({
    from,
    to,
    raw,
  }));
  Object.assign(room.dependencies, { hashing, secretMarks, isOperatorKey });
};

export const overlap = (room: Newsroom): void => deployWith(room, { SECRET: NEXT, SECRET_BEFORE: env.SECRET });

export const change = (room: Newsroom): void => deployWith(room, { SECRET: NEXT });
