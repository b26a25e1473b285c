/** The groups of an IPv6 address, written out; a tail in IPv4 notation counts as two groups. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const tailGroups = after.at(-1)?.includes('.') ? after.length + 1 : after.length;
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - tailGroups);
  return [...before, ...Array<string>(missing).fill('0'), ...after];
};

const MAPPED_IPV4 = /^(?:0*:)*:?(?:0*:)*ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Who stands behind an address: all of an IPv4 address, the first 64 bits of an IPv6 one, because a household or a
 * server has a whole /64 to change addresses in.
 */
export const networkOf = (address: string): string => {
  const mapped = MAPPED_IPV4.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  return groupsOf(address)
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};
