import { parseArgs } from 'node:util';
import type { Options } from './commands/command.ts';
import { ALL_COMMANDS, type AnyCommand, HELP, helpOn } from './operator-commands.ts';
import { DEFAULT_STATE_DIR, PlainError } from './project.ts';

const OPTIONS = {
  name: { type: 'string' },
  origin: { type: 'string', multiple: true },
  role: { type: 'string' },
  since: { type: 'string' },
  by: { type: 'string' },
  json: { type: 'boolean' },
  yes: { type: 'string' },
  url: { type: 'string' },
  headline: { type: 'string' },
  published: { type: 'string' },
  section: { type: 'string' },
  topic: { type: 'string', multiple: true },
  author: { type: 'string', multiple: true },
  database: { type: 'string' },
  local: { type: 'boolean' },
  state: { type: 'string' },
  help: { type: 'boolean' },
} as const;

interface Asked {
  command: AnyCommand;
  args: string[];
  options: Options;
  /** The state folder of the server on this machine that is meant; null: the environment says which server. */
  stateDir: string | null;
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

/** The commands that begin with these words; with more than one word, those that begin with the first will do. */
const begunBy = (typed: string[]): AnyCommand[] => {
  const starting = ALL_COMMANDS.filter(({ words }) => typed.length > 0 && words[0] === typed[0]);
  const exact = starting.filter(({ words }) => words.every((word, index) => typed[index] === word));
  return exact.length > 0 ? exact.slice(0, 1) : starting;
};

/** The command that is asked for, with its words and options and nothing beyond them; or the text that helps. */
export function readArguments(argv: string[]): Asked | { help: string } {
  const { values, positionals } = parse(argv);
  const { local = false, state, help = false, ...options } = values;
  const begun = begunBy(positionals);
  if (help || positionals.length === 0) return { help: begun.length > 0 ? helpOn(begun) : HELP };
  const command = ALL_COMMANDS.find(({ words }) => words.every((word, index) => positionals[index] === word));
  const usage = helpOn(begun);
  if (!command) {
    throw new PlainError(`There is no command "${positionals.join(' ')}".\n\n${begun.length > 0 ? usage : HELP}`);
  }
  const args = positionals.slice(command.words.length);
  const name = command.words.join(' ');
  const extra = args[command.takes.args];
  if (extra !== undefined) throw new PlainError(`"${extra}" is one word too many for "${name}".\n\n${usage}`);
  const strange = Object.keys(options).find((option) => !command.takes.options.includes(option as never));
  if (strange !== undefined) throw new PlainError(`"${name}" takes no --${strange}.\n\n${usage}`);
  return { command, args, options, stateDir: state ?? (local ? DEFAULT_STATE_DIR : null) };
}
