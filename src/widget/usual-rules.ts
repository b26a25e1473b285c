import type { FormRules } from '../contract/thread.ts';

/** For an article that a first comment will register. The server applies its own rules whatever stands here. */
export const USUAL_RULES: FormRules = {
  commenting: 'open',
  moderation: 'first-comment',
  maxGraphemes: 5_000,
  maxNameGraphemes: 60,
  maxDepth: 31,
  editWindowMinutes: 15,
};
