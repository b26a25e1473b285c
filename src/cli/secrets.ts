import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from './project.ts';

/** The secrets without which the Worker does not start. */
export const SECRET_NAMES = ['SECRET', 'OPERATOR_KEY'] as const;

/** A shorter one is refused by the Worker. */
export const MIN_SECRET_CHARACTERS = 32;

export type Secrets = Record<(typeof SECRET_NAMES)[number], string>;

export function generateSecrets(): Secrets {
  return { SECRET: randomBytes(32).toString('hex'), OPERATOR_KEY: randomBytes(32).toString('hex') };
}

/** NAME=value lines, which is also what `wrangler deploy --secrets-file` reads. */
export function readSecretsFile(path: string): Secrets | null {
  if (!existsSync(path)) return null;
  const lines = new Map(
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1).trim()];
      }),
  );
  const [secret, operatorKey] = SECRET_NAMES.map((name) => lines.get(name));
  if (!secret || !operatorKey)
    throw new PlainError(`${path} is damaged: it should hold ${SECRET_NAMES.join(' and ')}.`);
  return { SECRET: secret, OPERATOR_KEY: operatorKey };
}

export function writeSecretsFile(path: string, secrets: Secrets): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // `wx` and the mode in one call: the file is never readable by others, and none is ever overwritten.
  writeFileSync(path, `${SECRET_NAMES.map((name) => `${name}=${secrets[name]}`).join('\n')}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
}

export function readOrCreateSecrets(path: string): Secrets {
  const existing = readSecretsFile(path);
  if (existing) return existing;
  const secrets = generateSecrets();
  writeSecretsFile(path, secrets);
  return secrets;
}
