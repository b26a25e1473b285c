import { readdirSync, readFileSync } from 'node:fs';

/** The fields of /proc/<pid>/stat after the program's name, which may itself hold spaces and brackets. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** The workerd processes that this process has started; none where there is no /proc. */
export function workerdPids(): number[] {
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
}

/** Processor seconds that a process's threads have used so far, the kernel's on their behalf too; NaN without /proc. */
export function cpuSeconds(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  // `schedstat` counts nanoseconds; /proc/<pid>/stat counts hundredths of a second, as long as many hits take.
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanos = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((sum, one) => sum + one, 0) / 1e9;
}
