/** The beginnings of the names with which campaigns mark links: Google Analytics' (and most others'), Matomo's. */
const CAMPAIGNS = ['utm_', 'mtm_'];

/** Names that networks, advertisements and newsletters add to a link, with a value for each click or each recipient. */
const CLICKS = [
  ...['fbclid', 'igshid', 'igsh', 'twclid', 'ttclid', 'li_fat_id'],
  ...['gclid', 'gclsrc', 'gbraid', 'wbraid', 'dclid', 'srsltid', '_ga', '_gl', 'msclkid', 'yclid', 'ysclid'],
  ...['mc_cid', 'mc_eid', '_hsenc', '_hsmi', 'mkt_tok'],
];

/** Names of what belongs to one visitor: who they are, and what would let others in as them. */
const PERSONAL = [
  ...['email', 'e-mail', 'mail', 'password'],
  ...['token', 'access_token', 'auth', 'key', 'signature'],
  ...['sid', 'session', 'sessionid', 'phpsessid', 'jsessionid'],
];

/** The order in which somebody reads the comments (src/widget/browsing/paging.ts). */
const OURS = ['comments-sort'];

const DROPPED = new Set([...CLICKS, ...PERSONAL, ...OURS]);

/** An e-mail address in any parameter that a newsletter or a form passes on, however often it was encoded. */
const AT_SIGN = /@|%(?:25)*40/;

/** A parameter as a server reads it; a text that is no encoding is taken as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const isOfOneVisitor = (pair: string): boolean => {
  const name = decoded(pair.replace(/=.*/s, '')).toLowerCase();
  return DROPPED.has(name) || CAMPAIGNS.some((campaign) => name.startsWith(campaign)) || AT_SIGN.test(pair);
};

/**
 * The query of a page's address without what is of one visitor, or tells how one came there: the first of them
 * registers the article, and its address is public. All else stays as it was written, because there are sites whose
 * articles differ by their query alone (`?p=123`). The core has no `URL`; the query comes without its question mark.
 */
export function withoutVisitor(query: string): string {
  return query
    .split('&')
    .filter((pair) => !isOfOneVisitor(pair))
    .join('&');
}
