import { useState } from 'preact/hooks';
import type { BanInput, QueueItem } from '../contract/moderation.ts';
import { type Api, sentenceOf } from './api.ts';
import { day } from './time.tsx';
import type { Say } from './toast.tsx';
import { useKeptFocus } from './use-focus.ts';

export interface BanChange {
  readerId: string;
  ban: BanInput['ban'];
  banUntil: string | null;
}

/** The terms of a ban; `null` days are for good. */
const TERMS: readonly { days: number | null; label: string }[] = [
  { days: 1, label: '1 day' },
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 365, label: 'a year' },
  { days: null, label: 'good' },
];

/** The hours for which what comes from the reader's network waits, too. */
const HOLDS: readonly { hours: number; label: string }[] = [
  { hours: 0, label: 'no' },
  { hours: 6, label: '6 hours' },
  { hours: 24, label: '1 day' },
  { hours: 72, label: '3 days' },
];

const DAY_MS = 86_400_000;

interface BanProps {
  api: Api;
  reader: QueueItem['reader'];
  name: string;
  say: Say;
  onBan: (change: BanChange) => void;
}

export function BanControls({ api, reader, name, say, onBan }: BanProps) {
  const [sending, setSending] = useState(false);
  const place = useKeptFocus<HTMLDivElement>(`${reader.ban} ${sending}`);

  async function set(ban: BanInput['ban'], days: number | null, holdNetworkHours = 0) {
    setSending(true);
    try {
      await api.ban(reader.id, { ban, days, holdNetworkHours });
      const banUntil = days === null || ban === 'none' ? null : new Date(Date.now() + days * DAY_MS).toISOString();
      onBan({ readerId: reader.id, ban, banUntil });
      say({
        text: ban === 'none' ? `${name} may comment again.` : `${name} is ${ban === 'ban' ? '' : 'shadow-'}banned.`,
      });
    } catch (error) {
      say({ text: `Not saved. ${sentenceOf(error)}`, tone: 'bad' });
    } finally {
      setSending(false);
    }
  }

  return (
    <div ref={place}>
      {reader.ban === 'none' ? (
        <BanForm sending={sending} onSend={set} />
      ) : (
        <div class="ban">
          <p>
            <span class="chip chip-bad">{reader.ban === 'ban' ? 'banned' : 'shadow-banned'}</span>{' '}
            {reader.banUntil ? `until ${day(reader.banUntil)}` : 'for good'}
          </p>
          <button type="button" class="button" disabled={sending} onClick={() => set('none', null)}>
            Lift the ban
          </button>
        </div>
      )}
    </div>
  );
}

interface BanFormProps {
  sending: boolean;
  onSend: (ban: BanInput['ban'], days: number | null, holdNetworkHours: number) => void;
}

function BanForm({ sending, onSend }: BanFormProps) {
  const [term, setTerm] = useState(1);
  const [hours, setHours] = useState(0);
  const days = TERMS[term]?.days ?? null;
  return (
    <details class="ban">
      <summary>Ban this reader</summary>
      <label>
        For{' '}
        <select value={term} onChange={(event) => setTerm(Number(event.currentTarget.value))}>
          {TERMS.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Also hold what comes from this network:{' '}
        <select value={hours} onChange={(event) => setHours(Number(event.currentTarget.value))}>
          {HOLDS.map(({ hours: value, label }) => (
            <option key={label} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div class="buttons">
        <button
          type="button"
          class="button button-reject"
          disabled={sending}
          onClick={() => onSend('ban', days, hours)}
        >
          Ban
        </button>
        <button type="button" class="button" disabled={sending} onClick={() => onSend('shadow-ban', days, hours)}>
          Shadow ban
        </button>
      </div>
      <p class="quiet">
        Ban: this reader is told and cannot post. Shadow ban: the reader alone sees the new comments, as if they were
        published.
      </p>
    </details>
  );
}
