import { once } from 'node:events';
import { type AddressInfo, createServer, isIPv6 } from 'node:net';
import { PlainError } from './project.ts';

/**
 * Fails with words for the terminal when the port is taken. It is called before anything is built or written; the
 * server itself would only find out at the end.
 */
export async function requireFreePort(port: number, host: string): Promise<void> {
  try {
    await probe(port, host);
  } catch (error) {
    throw new PlainError(portProblem((error as NodeJS.ErrnoException).code, port, host));
  }
}

export function findFreePort(host: string): Promise<number> {
  return probe(0, host);
}

const ON_THIS_MACHINE = ['127.0.0.1', '0.0.0.0', '::'];

/**
 * The address at which a browser on this machine finds what listens there. Browsers count localhost as secure, which the
 * `__Host-` cookie needs.
 */
export function addressAt(host: string, port: number): string {
  if (ON_THIS_MACHINE.includes(host)) return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Listens for a moment; gives the port that it had. */
async function probe(port: number, host: string): Promise<number> {
  const server = createServer();
  server.listen({ port, host, exclusive: true });
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return address.port;
}

function portProblem(code: string | undefined, port: number, host: string): string {
  const another = `  npm start -- --port ${port < 65_535 ? port + 1 : 8788}`;
  if (code === 'EADDRINUSE') return `Port ${port} is already in use. Stop what uses it, or take another:\n${another}`;
  if (code === 'EACCES')
    return `Port ${port} needs more rights than you have. Take one above 1023:\n  npm start -- --port 8787`;
  return `Cannot listen on port ${port} of ${host} (${code}).`;
}
