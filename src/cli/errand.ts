import type { OperatorTarget } from './operator-target.ts';

/** A command that asks more than once; any other is one route's (commands/). */
export interface Errand {
  words: string[];
  usage: string;
  about: string;
  takes: { args: number; options: 'database'[] };
  run(target: OperatorTarget, args: string[], options: { database?: string | undefined }): Promise<void>;
}
