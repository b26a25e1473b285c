import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { MeView } from '../contract/moderator.ts';
import { createApi, ProblemError, sentenceOf } from './api.ts';

export type Session =
  | { state: 'unknown' }
  | { state: 'failed'; problem: string }
  /** `ended`: there was a session in this page. The address stays, so signing in comes back to the same list. */
  | { state: 'signed-out'; ended: boolean }
  | { state: 'signed-in'; me: MeView };

/** Whether somebody is signed in, asked of the server and kept up to date. `token`: a sign-in link is in hand. */
export function useSession(site: string, token: string | null) {
  const [session, setSession] = useState<Session>({ state: 'unknown' });
  const onSignedOut = useCallback(() => setSession({ state: 'signed-out', ended: true }), []);
  const api = useMemo(() => createApi(site, onSignedOut), [site, onSignedOut]);
  const fail = useCallback((error: unknown) => setSession({ state: 'failed', problem: sentenceOf(error) }), []);

  const look = useCallback(() => {
    api.me().then(
      (me) => setSession({ state: 'signed-in', me }),
      (error) => {
        const signedOut = error instanceof ProblemError && error.document.status === 401;
        setSession((now) => {
          if (now.state === 'signed-out') return now;
          return signedOut ? { state: 'signed-out', ended: false } : { state: 'failed', problem: sentenceOf(error) };
        });
      },
    );
  }, [api]);

  // With a sign-in link in hand there is nothing to ask yet: its button decides who this is.
  useEffect(() => {
    if (!token) look();
  }, [look, token]);

  // The mail's link opens in a tab of its own. Back in this one, the session is there: go on where it ended.
  const waiting = session.state === 'signed-out' && !token;
  useEffect(() => {
    if (!waiting) return;
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [waiting, look]);

  const signedIn = (me: MeView) => setSession({ state: 'signed-in', me });
  const signOut = () => void api.signOut().then(() => setSession({ state: 'signed-out', ended: false }), fail);
  return { session, api, look, signedIn, signOut };
}
