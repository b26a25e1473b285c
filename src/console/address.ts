import { useEffect, useState } from 'preact/hooks';
import type { QueueName } from '../contract/moderation.ts';
import { LISTS } from './lists.ts';

export type Order = 'oldest' | 'newest';

/** The place shown in the console. It stands in the fragment, which never reaches a server or a log. */
export interface Address {
  site: string | null;
  page: 'queue' | 'settings' | 'team';
  list: QueueName;
  order: Order;
}

const START = { page: 'queue', list: 'pending', order: 'oldest' } as const;

/** `#/demo`, `#/demo/reported`, `#/demo/approved/newest`, `#/demo/settings`; `?site=demo` without a fragment. */
export function parseAddress(hash: string, search: string): Address {
  const [site, place, order] = hash.replace(/^#\/?/, '').split('/');
  const named = hash.startsWith('#/') && site ? site : new URLSearchParams(search).get('site');
  const address: Address = { ...START, site: named || null };
  if (place === 'settings' || place === 'team') return { ...address, page: place };
  const list = LISTS.find((entry) => entry.name === place);
  return { ...address, list: list?.name ?? START.list, order: order === 'newest' ? 'newest' : 'oldest' };
}

export function formatAddress(address: Address): string {
  if (address.page !== 'queue') return `#/${address.site}/${address.page}`;
  return `#/${address.site}/${address.list}${address.order === 'newest' ? '/newest' : ''}`;
}

/**
 * Takes the token of a sign-in link out of the address bar immediately, so that it gets into no history, no
 * screenshot and no copied address.
 */
function takeToken(): string | null {
  const token = /^#token=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1] ?? null;
  if (token) {
    const { site } = parseAddress('', location.search);
    history.replaceState(null, '', `${location.pathname}${site ? formatAddress({ ...START, site }) : ''}`);
  }
  return token;
}

interface Place {
  address: Address;
  token: string | null;
}

function readPlace(): Place {
  const token = takeToken();
  return { address: parseAddress(location.hash, location.search), token };
}

/** The address as state. A sign-in link pasted into an open console arrives here as well, as a changed fragment. */
export function usePlace(): Place & { forgetToken: () => void } {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const follow = () => setPlace(readPlace());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return { ...place, forgetToken: () => setPlace((now) => ({ ...now, token: null })) };
}
