/** How the names begin by which campaigns mark their links: Google Analytics' (most others took them over), Matomo's. */
const CAMPAIGNS = ['utm_', 'mtm_'];

/** What networks, advertisements and newsletters add to a link, a value for each click or each recipient. */
const CLICKS = new Set([
  ...['fbclid', 'igshid', 'igsh', 'twclid', 'ttclid', 'li_fat_id'],
  ...['gclid', 'gclsrc', 'gbraid', 'wbraid', 'dclid', 'srsltid', '_ga', '_gl', 'msclkid', 'yclid', 'ysclid'],
  ...['mc_cid', 'mc_eid', '_hsenc', '_hsmi', 'mkt_tok'],
]);

const isTracking = (name: string): boolean =>
  CLICKS.has(name) || CAMPAIGNS.some((campaign) => name.startsWith(campaign));

/**
 * The query of a page's address without what tells how one visitor came there: the first of them registers the article
 * and would have everybody counted as come that way. All else stays as it was written, because there are sites whose
 * articles differ by their query alone (`?p=123`). The core has no `URL`; the query comes without its question mark.
 */
export const withoutTracking = (query: string): string =>
  query
    .split('&')
    .filter((pair) => !isTracking((pair.split('=')[0] ?? '').toLowerCase()))
    .join('&');
