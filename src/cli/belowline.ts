import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requestJson } from './operator-api.ts';
import { COMMANDS, HELP } from './operator-commands.ts';
import { DEFAULT_STATE_DIR, PlainError, runCommand } from './project.ts';
import { readSecretsFile } from './secrets.ts';

interface Target {
  baseUrl: string;
  operatorKey: string;
}

function localTarget(): Target {
  const secrets = readSecretsFile(join(DEFAULT_STATE_DIR, 'secrets'));
  if (!secrets) throw new PlainError('There is no local state yet. Run `npm start` first.');
  return { baseUrl: process.env.BELOWLINE_URL ?? 'http://localhost:8787', operatorKey: secrets.OPERATOR_KEY };
}

function remoteTarget(): Target {
  const { BELOWLINE_URL: baseUrl, OPERATOR_KEY: operatorKey } = process.env;
  if (baseUrl && operatorKey) return { baseUrl, operatorKey };
  throw new PlainError('Set BELOWLINE_URL and OPERATOR_KEY, or add --local for what `npm start` serves.');
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        origin: { type: 'string', multiple: true },
        role: { type: 'string' },
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
  const answer = await requestJson({ ...(values.local ? localTarget() : remoteTarget()), ...request });
  console.log(command.describe(answer));
  return 0;
});
