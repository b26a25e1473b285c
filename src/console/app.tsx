import { useEffect } from 'preact/hooks';
import type { MeView } from '../contract/moderator.ts';
import { type Address, usePlace } from './address.ts';
import { ChooseSite, SignInPage } from './sign-in-page.tsx';
import { SiteConsole } from './site-console.tsx';
import { useSession } from './use-session.ts';

export function App() {
  const { address, token, forgetToken } = usePlace();
  if (!address.site) return <ChooseSite />;
  return <SiteDoor key={address.site} site={address.site} address={address} token={token} forgetToken={forgetToken} />;
}

interface SiteDoorProps {
  site: string;
  address: Address;
  token: string | null;
  forgetToken: () => void;
}

/** The console of one site for people who are signed in; the sign-in page for others. */
function SiteDoor({ site, address, token, forgetToken }: SiteDoorProps) {
  const { session, api, look, signedIn, signOut } = useSession(site, token);
  const isIn = session.state === 'signed-in' && !token;
  useEffect(() => {
    if (!isIn) document.title = `Sign in · ${site}`;
  }, [isIn, site]);

  if (token || session.state === 'signed-out') {
    const ended = session.state === 'signed-out' && session.ended;
    const onSignedIn = (me: MeView) => {
      signedIn(me);
      forgetToken();
    };
    return <SignInPage key={token} api={api} site={site} token={token} ended={ended} onSignedIn={onSignedIn} />;
  }
  if (session.state === 'failed') {
    return (
      <main class="card">
        <p role="alert">{session.problem}</p>
        <button type="button" class="button button-approve" onClick={look}>
          Try again
        </button>
      </main>
    );
  }
  if (session.state === 'unknown') {
    return (
      <p class="spoken" role="status">
        Loading the console
      </p>
    );
  }
  return <SiteConsole api={api} me={session.me} address={address} onMyself={look} onSignOut={signOut} />;
}
