/** The bearer tokens, by the kind of caller that a route admits; moderators have a session. */
const TOKENS: Readonly<Record<string, string>> = {
  reader: 'the guest key',
  publisher: 'an API key of this site',
  operator: 'the operator key',
};

const SIGN_IN = 'Sign in first: your session is over, or you have been signed out.';

/** Each credential that would do: "Sign in first: … Or send the operator key as a bearer token." */
export function credentialsInWords(needs: readonly string[]): string {
  const tokens = needs.flatMap((one) => TOKENS[one] ?? []).join(' or ');
  if (!needs.includes('moderator') && !needs.includes('admin')) return `Send ${tokens} as a bearer token.`;
  return tokens === '' ? SIGN_IN : `${SIGN_IN} Or send ${tokens} as a bearer token.`;
}

const PERMITTED: Readonly<Record<string, string>> = {
  reader: 'a reader',
  moderator: 'a moderator of this site',
  admin: 'an admin of this site',
  publisher: 'an API key of this site',
  operator: 'the operator key',
  job: 'a job of this server',
  'own-page': 'a page of this server',
};

/** "an admin of this site or the operator key". An admin is a moderator, too. */
export function permittedInWords(needs: readonly string[]): string {
  return needs
    .filter((one) => one !== 'admin' || !needs.includes('moderator'))
    .map((one) => PERMITTED[one] ?? one)
    .join(' or ');
}
