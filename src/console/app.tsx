import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { QueueCounts } from '../contract/moderation.ts';
import type { MeView } from '../contract/moderator.ts';
import { type Address, formatAddress, usePlace } from './address.ts';
import { createApi, ProblemError, sentenceOf } from './api.ts';
import { HelpDialog } from './help-dialog.tsx';
import { readKeysSwitch, writeKeysSwitch } from './keyboard.ts';
import { LISTS } from './lists.ts';
import { QueuePage } from './queue-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import { Sidebar } from './sidebar.tsx';
import { ChooseSite, SignInPage } from './sign-in-page.tsx';
import { TeamPage } from './team-page.tsx';

type Session =
  | { state: 'unknown' }
  | { state: 'failed'; problem: string }
  /** `ended`: there was a session in this page. The address stays, so signing in comes back to the same list. */
  | { state: 'signed-out'; ended: boolean }
  | { state: 'signed-in'; me: MeView };

export function App() {
  const { address, token, forgetToken } = usePlace();
  if (!address.site) return <ChooseSite />;
  return (
    <SiteConsole key={address.site} site={address.site} address={address} token={token} forgetToken={forgetToken} />
  );
}

interface SiteConsoleProps {
  site: string;
  address: Address;
  token: string | null;
  forgetToken: () => void;
}

function SiteConsole({ site, address, token, forgetToken }: SiteConsoleProps) {
  const [session, setSession] = useState<Session>({ state: 'unknown' });
  const [counts, setCounts] = useState<QueueCounts | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const [keysOn, setKeysOn] = useState(readKeysSwitch);
  const onSignedOut = useCallback(() => setSession({ state: 'signed-out', ended: true }), []);
  const api = useMemo(() => createApi(site, onSignedOut), [site, onSignedOut]);

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

  // The queue brings the counts itself; the other pages have to ask for them once.
  const countless = session.state === 'signed-in' && counts === null && address.page !== 'queue';
  useEffect(() => {
    if (!countless) return;
    api.queue({ list: 'pending', order: 'oldest', limit: 1 }).then(
      (view) => setCounts(view.counts),
      () => undefined,
    );
  }, [countless, api]);

  const place = LISTS.find(({ name }) => name === address.list)?.label ?? '';
  const open = counts && address.page === 'queue' ? `(${counts[address.list]}) ` : '';
  const title = address.page === 'queue' ? place : address.page === 'team' ? 'Team' : 'Settings';
  useEffect(() => {
    document.title = session.state === 'signed-in' ? `${open}${title} · ${session.me.site.name}` : `Sign in · ${site}`;
  }, [session, open, title, site]);

  if (token || session.state === 'signed-out') {
    const ended = session.state === 'signed-out' && session.ended;
    const onSignedIn = (me: MeView) => {
      setSession({ state: 'signed-in', me });
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
  if (session.state === 'unknown')
    return (
      <p class="spoken" role="status">
        Loading the console
      </p>
    );

  const { me } = session;
  const admin = me.moderator.role === 'admin';
  const signOut = () => {
    api.signOut().then(
      () => setSession({ state: 'signed-out', ended: false }),
      (error) => setSession({ state: 'failed', problem: sentenceOf(error) }),
    );
  };
  return (
    <div class="console">
      <Sidebar me={me} address={address} counts={counts} onHelp={() => setHelpOpen(true)} onSignOut={signOut} />
      {address.page === 'queue' && (
        <QueuePage
          api={api}
          list={address.list}
          order={address.order}
          keysOn={keysOn}
          hrefOf={(list) => formatAddress({ ...address, list, order: 'oldest' })}
          onOrder={(order) => location.assign(formatAddress({ ...address, order }))}
          onCounts={setCounts}
          onHelp={() => setHelpOpen(true)}
        />
      )}
      {address.page !== 'queue' && !admin && (
        <main class="page">
          <h1>{title}</h1>
          <p>Only admins see this page. Ask one of yours if something should change.</p>
        </main>
      )}
      {address.page === 'settings' && admin && <SettingsPage api={api} />}
      {address.page === 'team' && admin && <TeamPage api={api} me={me} />}
      {helpOpen && (
        <HelpDialog
          keysOn={keysOn}
          onKeysSwitch={(on) => {
            writeKeysSwitch(on);
            setKeysOn(on);
          }}
          onClose={() => setHelpOpen(false)}
        />
      )}
    </div>
  );
}
