import * as addresses from '../../contract/addresses.ts';
import { describeHealth } from '../health-lines.ts';
import { type Command, command } from './command.ts';

export const healthCommands: Command[] = [
  command('health', addresses.checkHealth, {
    usage: '',
    about: 'whether all that it stands on is well; ends with 1 if something is not',
    takes: { args: 0, options: [] },
    take: () => ({}),
    describe: describeHealth,
    isFault: ({ status }) => status === 'fail',
  }),
];
