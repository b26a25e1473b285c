import { parseArgs } from 'node:util';
import { ERRANDS, type Errand } from './backup-commands.ts';
import { COMMANDS, type Command, HELP, type Options } from './operator-commands.ts';
import { PlainError } from './project.ts';

const OPTIONS = {
  name: { type: 'string' },
  origin: { type: 'string', multiple: true },
  role: { type: 'string' },
  since: { type: 'string' },
  by: { type: 'string' },
  json: { type: 'boolean' },
  database: { type: 'string' },
  local: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

interface Asked {
  command: Command | Errand;
  args: string[];
  options: Options;
  isLocal: boolean;
}

/** The id of an API key may begin with a hyphen; it is a word and no option. */
const isKeyId = (arg: string): boolean => /^-[\w-]{7}$/.test(arg) && !(arg.slice(2) in OPTIONS);

function parse(argv: string[]) {
  const ids = argv.includes('--') ? [] : argv.filter(isKeyId);
  const args = ids.length === 0 ? argv : [...argv.filter((arg) => !ids.includes(arg)), '--', ...ids];
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

/** The command that is asked for, with its words and options and nothing beyond them; null where help is. */
export function readArguments(argv: string[]): Asked | null {
  const { values, positionals } = parse(argv);
  const { local = false, help = false, ...options } = values;
  if (help || positionals.length === 0) return null;
  const command = [...COMMANDS, ...ERRANDS].find(({ words }) =>
    words.every((word, index) => positionals[index] === word),
  );
  if (!command) throw new PlainError(`There is no command "${positionals.join(' ')}".\n\n${HELP}`);
  const args = positionals.slice(command.words.length);
  const name = command.words.join(' ');
  const extra = args[command.takes.args];
  if (extra !== undefined) throw new PlainError(`"${extra}" is one word too many for "${name}".\n\n${HELP}`);
  const strange = Object.keys(options).find((option) => !command.takes.options.includes(option as never));
  if (strange !== undefined) throw new PlainError(`"${name}" takes no --${strange}.\n\n${HELP}`);
  return { command, args, options, isLocal: local };
}
