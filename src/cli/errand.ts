import type { Options } from './commands/command.ts';
import type { OperatorTarget } from './operator-target.ts';

/** A command that asks more than once; any other is one route's (commands/). */
export interface Errand {
  words: string[];
  usage: string;
  about: string;
  takes: { args: number; options: (keyof Options)[] };
  run(target: OperatorTarget, args: string[], options: Options): Promise<void>;
}
