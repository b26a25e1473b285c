/** The place of a comment. */
export interface Place {
  site: string;
  article: string;
  id: string;
}

/**
 * One newsroom's day, as a client that others generated from our document does it. Each of them is typed by what was
 * generated, so that a field which the document has wrongly is an error of the compiler there.
 */
export interface Client {
  createSite(operatorKey: string, site: string, origin: string): Promise<number>;
  /** The link by which a new moderator signs in. */
  invite(operatorKey: string, site: string): Promise<string>;
  /** A key for the content system. */
  createKey(operatorKey: string, site: string): Promise<string>;
  putArticle(apiKey: string, site: string, article: string): Promise<'open' | 'closed'>;
  post(guestKey: string, site: string, article: string, text: string): Promise<{ id: string; status: string }>;
  /** The session, as the header `Cookie` takes it. */
  signIn(site: string, token: string): Promise<string>;
  approve(cookie: string, origin: string, at: Place): Promise<string>;
  /** The comments under an article. */
  read(site: string, article: string): Promise<{ id: string; upVotes: number }[]>;
  vote(guestKey: string, at: Place): Promise<number>;
  report(guestKey: string, at: Place): Promise<number>;
  /** Why an empty comment is refused. */
  reasonOfRefusal(guestKey: string, site: string, article: string): Promise<string>;
}

/** The first part of `Set-Cookie` is what `Cookie` takes. */
export function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** The answer itself; a refusal is an error with what was said. */
export function must<T>(answer: T | undefined, refusal: unknown): T {
  if (answer === undefined) throw new Error(JSON.stringify(refusal));
  return answer;
}
