import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { QueueCounts } from '../contract/moderation.ts';
import type { MeView } from '../contract/moderator.ts';
import { type Address, formatAddress } from './address.ts';
import type { Api } from './api.ts';
import { HelpDialog } from './help-dialog.tsx';
import { readKeysSwitch, writeKeysSwitch } from './keyboard.ts';
import { labelOf } from './lists.ts';
import { QueuePage } from './queue-page.tsx';
import type { Unsaved } from './settings-draft.ts';
import { SettingsPage, type SettingsProps } from './settings-page.tsx';
import { Sidebar } from './sidebar.tsx';
import { TeamPage } from './team-page.tsx';

function titleOf({ page, list }: Address): string {
  if (page === 'queue') return labelOf(list);
  return page === 'team' ? 'Team' : 'Settings';
}

/** The counts beside the lists. The queue brings its own; the other pages have to load them once. */
function useCounts(api: Api, page: Address['page']) {
  const [counts, setCounts] = useState<QueueCounts | null>(null);
  const countless = counts === null && page !== 'queue';
  useEffect(() => {
    if (!countless) return;
    api.queue({ list: 'pending', order: 'oldest', limit: 1 }).then(
      (view) => setCounts(view.counts),
      () => undefined,
    );
  }, [countless, api]);
  return [counts, setCounts] as const;
}

function useKeysSwitch() {
  const [keysOn, setKeysOn] = useState(readKeysSwitch);
  const onKeysSwitch = (on: boolean) => {
    writeKeysSwitch(on);
    setKeysOn(on);
  };
  return { keysOn, onKeysSwitch };
}

/** Settings that are typed and not saved: they outlast a look at another page, and the browser asks before it leaves. */
function useUnsaved() {
  const [unsaved, onUnsaved] = useState<Unsaved | null>(null);
  const isUnsaved = unsaved !== null;
  useLayoutEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
  return { unsaved, onUnsaved };
}

interface AdminPageProps extends Pick<SiteConsoleProps, 'api' | 'me' | 'onMyself'>, SettingsProps {
  page: 'settings' | 'team';
}

function AdminPage({ page, ...props }: AdminPageProps) {
  if (props.me.moderator.role === 'admin')
    return page === 'team' ? <TeamPage {...props} /> : <SettingsPage {...props} />;
  return (
    <main class="page">
      <h1>{page === 'team' ? 'Team' : 'Settings'}</h1>
      <p>Only admins see this page. Ask one of them if something should change.</p>
    </main>
  );
}

interface SiteConsoleProps {
  api: Api;
  me: MeView;
  address: Address;
  /** The role of the one who is signed in has changed, or they are no longer in the team. */
  onMyself: () => void;
  onSignOut: () => void;
}

/** One site's console for somebody who is signed in: the lists at the side and one page beside them. */
export function SiteConsole({ api, me, address, onMyself, onSignOut }: SiteConsoleProps) {
  const { page, list, order } = address;
  const [counts, setCounts] = useCounts(api, page);
  const [helpOpen, setHelpOpen] = useState(false);
  const keys = useKeysSwitch();
  const settings = useUnsaved();
  const openHelp = () => setHelpOpen(true);

  const open = counts && page === 'queue' ? `(${counts[list]}) ` : '';
  const title = `${open}${titleOf(address)} · ${me.site.name}`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div class="console">
      <Sidebar me={me} address={address} counts={counts} onHelp={openHelp} onSignOut={onSignOut} />
      {page === 'queue' ? (
        <QueuePage
          api={api}
          list={list}
          order={order}
          keysOn={keys.keysOn}
          hrefOf={(other) => formatAddress({ ...address, list: other, order: 'oldest' })}
          onOrder={(other) => location.assign(formatAddress({ ...address, order: other }))}
          onCounts={setCounts}
          onHelp={openHelp}
        />
      ) : (
        <AdminPage api={api} me={me} page={page} onMyself={onMyself} {...settings} />
      )}
      {helpOpen && <HelpDialog {...keys} onClose={() => setHelpOpen(false)} />}
    </div>
  );
}
