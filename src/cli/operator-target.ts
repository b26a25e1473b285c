import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADDRESS_FILE, DEFAULT_STATE_DIR, PlainError } from './project.ts';
import { readSecretsFile } from './secrets.ts';

export interface OperatorTarget {
  baseUrl: string;
  operatorKey: string;
  /** A sentence for whoever gets no answer from there. */
  advice?: string;
}

/** The server that `npm start` runs on this machine over a state folder, or ran last. */
export function localTarget(stateDir: string): OperatorTarget {
  const start = stateDir === DEFAULT_STATE_DIR ? 'npm start' : `npm start -- --state ${stateDir}`;
  const advice = `Run \`${start}\` first.`;
  const secrets = readSecretsFile(join(stateDir, 'secrets'));
  if (!secrets) throw new PlainError(`No server has run over ${stateDir} yet. ${advice}`);
  const file = join(stateDir, ADDRESS_FILE);
  const last = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'http://localhost:8787';
  return { baseUrl: last, operatorKey: secrets.OPERATOR_KEY, advice };
}

export function remoteTarget(env: NodeJS.ProcessEnv = process.env): OperatorTarget {
  const { BELOWLINE_URL: baseUrl, OPERATOR_KEY: operatorKey } = env;
  if (baseUrl && !(URL.canParse(baseUrl) && /^https?:/i.test(baseUrl)))
    throw new PlainError(`BELOWLINE_URL is "${baseUrl}". Write the whole address, such as https://comments.example.`);
  if (baseUrl && operatorKey)
    return {
      baseUrl,
      operatorKey,
      advice: 'See whether BELOWLINE_URL is right; on this machine, `npm start` runs a server.',
    };
  throw new PlainError('Set BELOWLINE_URL and OPERATOR_KEY, or add --local for what `npm start` serves.');
}
