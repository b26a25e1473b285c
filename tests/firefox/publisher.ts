import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A publisher's own server, of another origin than Belowline's, with the pages that it is given. */
export async function openPublisher() {
  const pages = new Map<string, { html: string; policy: string }>();
  const server = createServer(({ url = '/' }, answer) => {
    const page = pages.get(new URL(url, 'http://localhost').pathname);
    answer.statusCode = page ? 200 : 404;
    answer.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (page?.policy) answer.setHeader('Content-Security-Policy', page.policy);
    answer.end(page?.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    /** The address of a new page with this in its body. */
    put(body: string, { head = '', html = 'lang="en"', policy = '' } = {}): string {
      const path = `/${pages.size + 1}`;
      const meta = '<meta charset="utf-8"><link rel="icon" href="data:,"><title>The ferry sails</title>';
      pages.set(path, {
        html: `<!doctype html><html ${html}><head>${meta}${head}</head><body>${body}</body></html>`,
        policy,
      });
      return origin + path;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
