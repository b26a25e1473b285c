import { createPageCache } from '../http/cache/page-cache.ts';
import { createPublicCache } from '../http/cache/public-cache.ts';
import { publicAddressOf } from '../http/cache/public-read.ts';
import type { LoadRequest } from './load.ts';
import type { Cost } from './meter.ts';
import type { MeteredProduct } from './metered-product.ts';
import { ORIGIN } from './origin.ts';
import type { Scenario } from './scenarios.ts';

const toRequest = ({ method, path, headers = {}, body }: LoadRequest): Request =>
  new Request(`${ORIGIN}${path}`, { method, headers, ...(body !== undefined && { body }) });

/** The cost of one request of a scenario at D1 and KV, behind the page cache as in worker.ts. */
export async function meterScenario(product: MeteredProduct, scenario: Scenario): Promise<Cost> {
  const cached = createPublicCache({ clock: { now: () => Date.now() }, pages: createPageCache() }, product.fetch);
  const ask = async (sent: LoadRequest) => {
    const request = toRequest(sent);
    const address = publicAddressOf(request);
    const response = await (address === null ? product.fetch(request) : cached(request, address, () => {}));
    await response.text();
    return response;
  };
  const [first] = scenario.requests(-1);
  if (first === undefined) throw new Error(`${scenario.name} has nothing to ask`);
  const filled = scenario.isCached ? await ask(first) : undefined;
  const tag = filled?.headers.get('ETag');
  const request = scenario.status === 304 && tag ? { ...first, headers: { 'If-None-Match': tag } } : first;
  product.meter.take();
  const { status } = await ask(request);
  if (status !== scenario.status) throw new Error(`${scenario.name} was answered ${status}`);
  return product.meter.take();
}
