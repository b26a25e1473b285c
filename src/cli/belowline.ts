import type { Request } from '../contract/client.ts';
import { requestJson } from './operator-api.ts';
import { readArguments } from './operator-arguments.ts';
import { localTarget, remoteTarget } from './operator-target.ts';
import { runCommand } from './project.ts';

await runCommand(async () => {
  const asked = readArguments(process.argv.slice(2));
  if ('help' in asked) {
    console.log(asked.help);
    return 0;
  }
  const { command, args, options, stateDir } = asked;
  const target = stateDir === null ? remoteTarget() : localTarget(stateDir);
  if ('run' in command) {
    await command.run(target, args, options);
    return 0;
  }
  let request: Request | null = command.prepare(args, options);
  let isFault = false;
  while (request !== null) {
    const answer = await requestJson(target, request);
    const text = command.describe(answer, options);
    if (text !== '') console.log(text);
    isFault ||= command.isFault(answer);
    request = command.next(answer, args, options);
  }
  return isFault ? 1 : 0;
});
