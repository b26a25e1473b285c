import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second, whatever the kernel's own clock. */
const TICKS_A_SECOND = 100;

/** The fields of /proc/<pid>/stat after the program's name, which may itself hold spaces and brackets. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** The workerd processes that this process has started; none where there is no /proc. */
export const workerdPids = (): number[] => {
  if (process.platform !== 'linux') return [];
  const isOurs = (pid: number): boolean => {
    try {
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      return name === 'workerd' && Number(statOf(pid)[1]) === process.pid;
    } catch {
      // It has ended since it was listed.
      return false;
    }
  };
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && isOurs(pid));
};

/** Processor seconds that a process has used so far, its own and the kernel's on its behalf; NaN without /proc. */
export const cpuSeconds = (pid: number | undefined): number => {
  if (pid === undefined) return Number.NaN;
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};
