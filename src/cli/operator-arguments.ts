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

interface OptionToken {
  name: string;
  rawName: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

/** The id of an API key may begin with a hyphen; it is a word and no option. */
const isKeyId = (arg: string): boolean => /^-[\w-]{7}$/.test(arg) && !(arg.slice(2) in OPTIONS);

/** A key's id after the sign that options end, where it is taken for none. */
function markIds(argv: string[]): string[] {
  const ids = argv.includes('--') ? [] : argv.filter(isKeyId);
  return ids.length === 0 ? argv : [...argv.filter((arg) => !ids.includes(arg)), '--', ...ids];
}

/** The fault of the first option that is none, or has no value, or one too many; null where each is right. */
function faultIn(tokens: OptionToken[]): string | null {
  for (const { name, rawName, value, inlineValue } of tokens) {
    if (!Object.hasOwn(OPTIONS, name) || rawName !== `--${name}`) return `There is no option ${rawName}.`;
    const takesValue = OPTIONS[name as keyof typeof OPTIONS].type === 'string';
    if (!takesValue && value !== undefined) return `${rawName} takes no value.`;
    // A value that looks like an option is one, unless it is joined to its name.
    if (takesValue && (value === undefined || (value.startsWith('-') && !inlineValue)))
      return `${rawName} wants a value; one that begins with a hyphen is written ${rawName}=-…`;
  }
  return null;
}

/** The commands that begin with these words; with more than one word, those that begin with the first will do. */
const begunBy = (typed: string[]): AnyCommand[] => {
  const starting = ALL_COMMANDS.filter(({ words }) => typed.length > 0 && words[0] === typed[0]);
  const exact = starting.filter(({ words }) => words.every((word, index) => typed[index] === word));
  return exact.length > 0 ? exact.slice(0, 1) : starting;
};

/** The command that is asked for, with its words and options and nothing beyond them; or the text that helps. */
export function readArguments(argv: string[]): Asked | { help: string } {
  const parsing = { args: markIds(argv), allowPositionals: true, options: OPTIONS } as const;
  const { tokens, positionals } = parseArgs({ ...parsing, strict: false, tokens: true });
  const begun = begunBy(positionals);
  // An error stays in sight: it comes with the help of what was begun, never with that of all.
  const refusal = (fault: string) =>
    new PlainError(`${fault}\n\n${begun.length > 0 ? helpOn(begun) : 'All commands: npm run belowline -- --help'}`);
  const fault = faultIn(tokens.filter((token) => token.kind === 'option'));
  if (fault !== null) throw refusal(fault);
  const { local = false, state, help = false, ...options } = parseArgs(parsing).values;
  if (help || positionals.length === 0) return { help: begun.length > 0 ? helpOn(begun) : HELP };
  const command = ALL_COMMANDS.find(({ words }) => words.every((word, index) => positionals[index] === word));
  if (!command) throw refusal(`There is no command "${positionals.join(' ')}".`);
  const args = positionals.slice(command.words.length);
  const name = command.words.join(' ');
  const extra = args[command.takes.args];
  if (extra !== undefined) throw refusal(`"${extra}" is one word too many for "${name}".`);
  const strange = Object.keys(options).find((option) => !command.takes.options.includes(option as never));
  if (strange !== undefined) throw refusal(`"${name}" takes no --${strange}.`);
  return { command, args, options, stateDir: state ?? (local ? DEFAULT_STATE_DIR : null) };
}
