interface Lockfile {
  packages?: Record<string, { version?: string; optional?: boolean; name?: string }>;
}

export function reasonToInstall(state: {
  wanted: Lockfile;
  installed: Lockfile | null;
  hasNode: boolean;
}): string | null;
export function systemPath(path: string): string;
