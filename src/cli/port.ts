import { createServer } from 'node:net';
import { PlainError } from './project.ts';

/**
 * Fails with words for the terminal when the port is taken. Asked before anything is built or written; the server
 * itself would only find out at the end.
 */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const probe = createServer();
  probe.once('error', (error: NodeJS.ErrnoException) => reject(new PlainError(portProblem(error.code, port, host))));
  probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve()));
  await promise;
}

function portProblem(code: string | undefined, port: number, host: string): string {
  const another = `  npm start -- --port ${port < 65_535 ? port + 1 : 8788}`;
  if (code === 'EADDRINUSE') return `Port ${port} is already in use. Stop what uses it, or take another:\n${another}`;
  if (code === 'EACCES')
    return `Port ${port} needs more rights than you have. Take one above 1023:\n  npm start -- --port 8787`;
  return `Cannot listen on ${host}:${port} (${code}).`;
}

export async function findFreePort(host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen({ port: 0, host }, () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return promise;
}
