import type { Request } from '../contract/client.ts';
import type { Options } from './commands/command.ts';
import { requestJson } from './operator-api.ts';
import type { AnyCommand } from './operator-commands.ts';
import type { OperatorTarget } from './operator-target.ts';

/** Prints what a command answers, page after page. The result is the exit code: 1 where the answer is bad news. */
export async function carryOut(
  command: AnyCommand,
  target: OperatorTarget,
  args: string[],
  options: Options,
): Promise<number> {
  if ('run' in command) {
    await command.run(target, args, options);
    return 0;
  }
  let request: Request | null = command.prepare(args, options);
  let isFault = false;
  let isSilent = true;
  while (request !== null) {
    const answer = await requestJson(target, request);
    const text = command.describe(answer, options);
    if (text !== '') {
      console.log(text);
      isSilent = false;
    }
    isFault ||= command.isFault(answer);
    request = command.next(answer, args, options);
  }
  // A program that reads JSON is told by silence.
  if (isSilent && command.none !== undefined && !options.json) console.log(command.none);
  return isFault ? 1 : 0;
}
