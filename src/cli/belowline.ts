import { parseArgs } from 'node:util';
import { requestJson } from './operator-api.ts';
import { COMMANDS, HELP } from './operator-commands.ts';
import { localTarget, remoteTarget } from './operator-target.ts';
import { PlainError, runCommand } from './project.ts';

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        origin: { type: 'string', multiple: true },
        role: { type: 'string' },
        database: { type: 'string' },
        local: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

await runCommand(async () => {
  const { values, positionals } = readArguments();
  if (values.help || positionals.length === 0) {
    console.log(HELP);
    return 0;
  }
  const command = COMMANDS.find(({ words }) => words.every((word, index) => positionals[index] === word));
  if (!command) throw new PlainError(`There is no command "${positionals.join(' ')}".\n\n${HELP}`);
  const request = command.prepare(positionals.slice(command.words.length), values);
  const answer = await requestJson(values.local ? localTarget() : remoteTarget(), request);
  console.log(command.describe(answer));
  return 0;
});
