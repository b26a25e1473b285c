/** The eight groups of an IPv6 address as numbers; a tail in IPv4 notation is two of them. */
const groupsOf = (address: string): number[] => {
  const inHex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...[a, b, c, d]: string[]) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [before = [], after = []] = inHex.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...missing, ...after].map((group) => Number.parseInt(group, 16));
};

const inDots = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

const isPrefix = (prefix: readonly number[], groups: number[]): boolean =>
  prefix.every((group, i) => groups[i] === group);

/**
 * The place of the IPv4 address that an IPv6 one of a prefix stands for: from which group on, and inverted or not.
 * `::ffff:0:0/96` is where systems with one kind of socket put the other kind of address; NAT64 has `64:ff9b::/96` and,
 * for networks of their own, `64:ff9b:1::/48`; `2002::/16` is 6to4. In Teredo's `2001::/32` the server and the port stand
 * before the client, who may choose both.
 */
const CARRIERS: readonly { prefix: readonly number[]; at: number; inverted?: true }[] = [
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  { prefix: [0x64, 0xff9b, 1], at: 6 },
  { prefix: [0x2002], at: 1 },
  { prefix: [0x2001, 0], at: 6, inverted: true },
];

/** The IPv4 address that an IPv6 one stands for. */
const ipv4In = (groups: number[]): string | null => {
  const carrier = CARRIERS.find(({ prefix }) => isPrefix(prefix, groups));
  if (carrier === undefined) return null;
  const mask = carrier.inverted ? 0xffff : 0;
  return inDots(...groups.slice(carrier.at, carrier.at + 2).map((group) => group ^ mask));
};

/** The network behind an address, the block that it lies in, and the range that holds both, in one spelling each. */
interface Places {
  network: string;
  block: string;
  range: string;
}

const placesOfIpv4 = (address: string): Places => ({
  network: address,
  block: address,
  range: address.split('.').slice(0, 3).join('.'),
});

/**
 * All of an IPv4 address and its /24; the /64, /56 and /48 of an IPv6 one, because a household or a server has at least a
 * whole /64 to change addresses in.
 */
export function placesOf(address: string): Places {
  if (!address.includes(':')) return placesOfIpv4(address);
  const groups = groupsOf(address);
  const ipv4 = ipv4In(groups);
  if (ipv4 !== null) return placesOfIpv4(ipv4);
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  const named = (...parts: number[]) => parts.map((group) => group.toString(16)).join(':');
  return { network: named(a, b, c, d), block: named(a, b, c, d >> 8), range: named(a, b, c) };
}
