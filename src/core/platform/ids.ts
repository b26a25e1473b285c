export interface Ids {
  /** Sorts by `at`. Serves comments and events. */
  sortable(at: number): string;
  /** 256 random bits, base64url. */
  token(): string;
}
