import type { FormRules } from '../contract/thread.ts';

/** Until the server has said what holds. */
export const NO_RULES: FormRules = {
  commenting: 'closed',
  moderation: 'first-comment',
  maxGraphemes: 5_000,
  maxNameGraphemes: 60,
  maxDepth: 31,
  editWindowMinutes: 15,
};
