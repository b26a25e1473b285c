import { inject } from 'vitest';
import { type AnswerAt, requestTo, type Sending } from '../../src/contract/client.ts';
import type { Address } from '../../src/contract/routes.ts';

/** Asks the server under test. Fails unless the answer is a success. */
export async function ask<At extends Address>(
  token: string,
  at: At,
  sending: Sending<At>,
  network = '203.0.113.1',
): Promise<AnswerAt<At>> {
  const { method, path, body } = requestTo(at, sending);
  const headers = {
    Authorization: `Bearer ${token}`,
    'CF-Connecting-IP': network,
    ...(body && { 'Content-Type': 'application/json' }),
  };
  const response = await fetch(inject('local').url + path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as AnswerAt<At>;
}
