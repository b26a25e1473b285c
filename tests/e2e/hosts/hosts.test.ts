import { test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { HOSTS } from './hosts.ts';
import { walk } from './walk.ts';

// A frame without an origin may ask a server of the internet, but none of this machine.
const browser = await openBrowser(['LocalNetworkAccessChecks']);

test.each(HOSTS)('a reader reads, follows, sorts, writes, reports and votes in $name', { timeout: 180_000 }, (host) =>
  walk(browser, host),
);
