import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { MeView } from '../contract/moderator.ts';
import { createApi, ProblemError, sentenceOf } from './api.ts';

type Session =
  | { state: 'unknown' }
  | { state: 'failed'; problem: string }
  /** `ended`: this page had a session. The address stays, so that signing in leads back to the same list. */
  | { state: 'signed-out'; ended: boolean }
  | { state: 'signed-in'; me: MeView };

/** Asks the server who is signed in and keeps the answer up to date. `token` is the one of an opened sign-in link. */
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

  // An opened sign-in link leaves nothing to ask yet: its button decides who this is.
  useEffect(() => {
    if (!token) look();
  }, [look, token]);

  // The mail's link opens in a tab of its own. This tab finds the session on return and goes on where it ended.
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
