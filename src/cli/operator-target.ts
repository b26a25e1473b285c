import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADDRESS_FILE, PlainError } from './project.ts';
import { readSecretsFile } from './secrets.ts';

export interface OperatorTarget {
  baseUrl: string;
  operatorKey: string;
}

/** The server that `npm start` runs on this machine over a state folder, or ran last. */
export function localTarget(stateDir: string): OperatorTarget {
  const secrets = readSecretsFile(join(stateDir, 'secrets'));
  if (!secrets) throw new PlainError(`No server has run over ${stateDir} yet. Run \`npm start\` first.`);
  const file = join(stateDir, ADDRESS_FILE);
  const last = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'http://localhost:8787';
  return { baseUrl: last, operatorKey: secrets.OPERATOR_KEY };
}

export function remoteTarget(env: NodeJS.ProcessEnv = process.env): OperatorTarget {
  const { BELOWLINE_URL: baseUrl, OPERATOR_KEY: operatorKey } = env;
  if (baseUrl && !(URL.canParse(baseUrl) && /^https?:/i.test(baseUrl)))
    throw new PlainError(`BELOWLINE_URL is "${baseUrl}". Write the whole address, such as https://comments.example.`);
  if (baseUrl && operatorKey) return { baseUrl, operatorKey };
  throw new PlainError('Set BELOWLINE_URL and OPERATOR_KEY, or add --local for what `npm start` serves.');
}
