import { carryOut } from './carry-out.ts';
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
  return carryOut(command, stateDir === null ? remoteTarget() : localTarget(stateDir), args, options);
});
