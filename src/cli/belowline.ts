import { parseArgs } from 'node:util';
import type { Request } from '../contract/client.ts';
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
        since: { type: 'string' },
        by: { type: 'string' },
        json: { type: 'boolean', default: false },
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
  const args = positionals.slice(command.words.length);
  const target = values.local ? localTarget() : remoteTarget();
  let request: Request | null = command.prepare(args, values);
  let isFault = false;
  while (request !== null) {
    const answer = await requestJson(target, request);
    const text = command.describe(answer, values);
    if (text !== '') console.log(text);
    isFault ||= command.isFault(answer);
    request = command.next(answer, args, values);
  }
  return isFault ? 1 : 0;
});
