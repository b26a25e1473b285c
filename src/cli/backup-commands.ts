import { backUp } from './backup.ts';
import type { Ask } from './backup-file.ts';
import type { Errand } from './errand.ts';
import { askAsOperator } from './operator-api.ts';
import type { OperatorTarget } from './operator-target.ts';
import { PlainError } from './project.ts';
import { restore } from './restore.ts';

const askOf =
  (target: OperatorTarget): Ask =>
  (at, sending) =>
    askAsOperator(target, at, sending);

const fileOf = ([file]: string[]): string => {
  if (file) return file;
  throw new PlainError('Name the file of the backup.');
};

const takes: Errand['takes'] = { args: 1, options: ['database'] };

export const backupCommands: Errand[] = [
  {
    words: ['backup'],
    usage: '<file> [--database DB_1]',
    about:
      'every row of a database, into a file for you alone; packed where it ends in .gz; goes on with one that was broken off',
    takes,
    async run(target, args, { database = 'DB' }) {
      const file = fileOf(args);
      const { header, footer } = await backUp(askOf(target), file, database);
      const rows = footer.tables.reduce((sum, table) => sum + table.rows, 0).toLocaleString('en');
      console.log(`${file} has ${rows} rows of ${database}, read from ${header.startedAt} to ${footer.finishedAt}.`);
      const isStill = header.bookmark !== null && header.bookmark === footer.bookmark;
      console.log(
        isStill
          ? 'Nothing was written meanwhile: it is the database as it was at that time.'
          : 'What was written meanwhile may or may not be in it; counters may be ahead of their comments by that much.',
      );
    },
  },
  {
    words: ['restore'],
    usage: '<file> [--database DB_1]',
    about: 'puts a backup into an empty database, and checks it there; goes on in the same way',
    takes,
    async run(target, args, { database = 'DB' }) {
      const rows = await restore(askOf(target), fileOf(args), database);
      console.log(`${rows.toLocaleString('en')} rows are in ${database}, each table as it was backed up.`);
    },
  },
];
