/** Keyed hashes, but for the last: without the secret nothing can be looked up in them. */
export interface Hashing {
  reader(siteId: string, guestKey: string): Promise<string>;
  /**
   * The network's name, `range.block.network` (core/rate-limit/network.ts).
   * @param dayKey null makes a name for what is counted in passing, which is the same every day and must not be stored
   */
  network(siteId: string, address: string, dayKey: string | null): Promise<string>;
  text(siteId: string, text: string): Promise<string>;
  token(token: string): Promise<string>;
  /** The hashes to look for a token by: under the secret, then under the one before while there still is one. */
  tokens(token: string): Promise<string[]>;
  /** The reader's id under the secret before; null while there is none. */
  formerReader(siteId: string, guestKey: string): Promise<string | null>;
  /** The token of the session that a sign-in link opens together with this key, and with no other. */
  session(siteId: string, linkToken: string, key: string): Promise<string>;
  /** The signature under a form: that it was made here, with these parts. */
  form(siteId: string, ...parts: string[]): Promise<string>;
  /** SHA-256 without a key, as 64 hexadecimal digits: for values that anybody may compute again. */
  digest(text: string): Promise<string>;
}
