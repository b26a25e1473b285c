import { backupCommands } from './backup-commands.ts';
import { teamErrands } from './change-team.ts';
import { articleCommands } from './commands/article.ts';
import type { Command } from './commands/command.ts';
import { healthCommands } from './commands/health.ts';
import { keyCommands } from './commands/key.ts';
import { logCommands } from './commands/log.ts';
import { moderatorCommands } from './commands/moderator.ts';
import { readerCommands } from './commands/reader.ts';
import { siteCommands } from './commands/site.ts';
import { wordsCommands } from './commands/words.ts';
import type { Errand } from './errand.ts';
import { removeArticle } from './remove-article.ts';
import { removeOrigin } from './remove-origin.ts';

/** A command of one route, or an errand that asks more than once. */
export type AnyCommand = Command | Errand;

export const ALL_COMMANDS: AnyCommand[] = [
  ...siteCommands,
  removeOrigin,
  ...keyCommands,
  ...moderatorCommands,
  ...teamErrands,
  ...articleCommands,
  removeArticle,
  ...readerCommands,
  ...healthCommands,
  ...logCommands,
  ...wordsCommands,
  ...backupCommands,
];

const lineOf = ({ words, usage, about }: AnyCommand): string =>
  `  ${[...words, usage].join(' ').trim()}\n        ${about}`;

const OPTIONS = `  --local            what \`npm start\` serves on this machine; else BELOWLINE_URL and OPERATOR_KEY say where
  --state <folder>   what \`npm start -- --state <folder>\` serves
  --help             this text; after a command, what that one takes
`;

/** The text of help about some commands. */
export function helpOn(commands: AnyCommand[]): string {
  return `npm run belowline -- <command> [--local | --state <folder>]\n\n${commands.map(lineOf).join('\n')}\n\n${OPTIONS}`;
}

export const HELP = helpOn(ALL_COMMANDS);
