import { useEffect, useRef } from 'preact/hooks';
import type { QueueCounts } from '../contract/moderation.ts';
import type { MeView } from '../contract/moderator.ts';
import { type Address, formatAddress } from './address.ts';
import { LISTS } from './lists.ts';

interface SidebarProps {
  me: MeView;
  address: Address;
  counts: QueueCounts | null;
  onHelp: () => void;
  onSignOut: () => void;
}

/** The lists with their counts: at the side on wide screens, two bars on top on narrow ones. */
export function Sidebar({ me, address, counts, onHelp, onSignOut }: SidebarProps) {
  const href = (part: Partial<Address>) => formatAddress({ ...address, order: 'oldest', ...part });
  const current = (here: boolean) => (here ? ('page' as const) : undefined);
  const here = useRef<HTMLAnchorElement>(null);
  // The lists scroll sideways on a phone, and the open one must be in sight.
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [address.list]);
  return (
    <header class="sidebar">
      <p class="brand">
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M3 9h26M7 17h18M7 24h10" />
        </svg>
        <bdi>{me.site.name}</bdi>
      </p>
      <nav class="lists" aria-label="Lists">
        <ul>
          {LISTS.map(({ name, label, about }) => {
            const open = address.page === 'queue' && address.list === name;
            return (
              <li key={name}>
                <a
                  ref={open ? here : null}
                  href={href({ page: 'queue', list: name })}
                  aria-current={current(open)}
                  title={about}
                >
                  {label}
                  {counts && <span class="count">{counts[name]}</span>}
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <div class="sidebar-foot">
        {me.moderator.role === 'admin' && (
          <>
            <a href={href({ page: 'settings' })} aria-current={current(address.page === 'settings')}>
              Settings
            </a>
            <a href={href({ page: 'team' })} aria-current={current(address.page === 'team')}>
              Team
            </a>
          </>
        )}
        <button type="button" class="link keys-button" onClick={onHelp}>
          Keys <kbd>?</kbd>
        </button>
        <button type="button" class="link" onClick={onSignOut}>
          Sign out
        </button>
        <p class="who quiet" dir="auto">
          {me.moderator.name}
        </p>
      </div>
    </header>
  );
}
