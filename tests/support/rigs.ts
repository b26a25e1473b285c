import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    rigs: 'short' | 'long';
  }
}

/** The rounds of a long rig: `RIGS=long npm test` takes the long number, as CI does. */
export const rounds = ({ short, long }: { short: number; long: number }): number =>
  inject('rigs') === 'long' ? long : short;
