import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SettingsPatch, SiteView } from '../contract/site.ts';
import { type Api, ProblemError, sentenceOf } from './api.ts';
import { Problem } from './problem.tsx';
import { Choice, LinesField, NumberField, TextField } from './settings-fields.tsx';
import { type Say, Toast, useToast } from './toast.tsx';
import { WordsTest } from './words-test.tsx';

type Draft = SiteView['settings'] & Pick<SiteView, 'name' | 'origins'>;

const draftOf = ({ name, origins, settings }: SiteView): Draft => ({ name, origins, ...settings });

/** The changed fields alone are sent, so that two admins who change different fields do not undo each other. */
function changes(before: Draft, after: Draft): SettingsPatch {
  const differs = (key: keyof Draft) => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const keys = (Object.keys(after) as (keyof Draft)[]).filter(differs);
  return Object.fromEntries(keys.map((key) => [key, after[key]])) as SettingsPatch;
}

/** The settings as they are saved, and what was typed since they were sent. */
function withTyped(fresh: Draft, sent: Draft, now: Draft): Draft {
  return { ...fresh, ...(changes(sent, now) as Partial<Draft>) };
}

/** `bannedWords.2` belongs to the field `bannedWords`, and a person counts its lines from 1. */
function errorsByField(error: unknown): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const errors = error instanceof ProblemError ? (error.document.errors ?? []) : [];
  for (const { field, message } of errors) {
    const [name = '', index] = field.replace(/^settings\./, '').split('.');
    const line = index !== undefined && /^\d+$/.test(index) ? `Line ${Number(index) + 1}: ${message}` : message;
    found.set(name, [...(found.get(name) ?? []), line]);
  }
  return found;
}

export function SettingsPage({ api }: { api: Api }) {
  const [saved, setSaved] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  // A retry loads the settings again.
  useEffect(() => {
    setProblem(null);
    api.settings().then(
      (site) => setSaved(draftOf(site)),
      (error) => setProblem(sentenceOf(error)),
    );
  }, [api, tries]);
  return (
    <main class="page">
      <h1>Settings</h1>
      {problem && <Problem sentence={problem} onRetry={() => setTries(tries + 1)} />}
      {!saved && !problem && <div class="skeleton skeleton-detail" aria-hidden="true" />}
      {saved && <SettingsForm api={api} saved={saved} onSaved={setSaved} />}
    </main>
  );
}

/** The form's state beside the saved settings, and the outcome of saving it. */
function useSettings(api: Api, saved: Draft, onSaved: (draft: Draft) => void, say: Say) {
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState(new Map<string, string[]>());
  const [sending, setSending] = useState(false);
  const patch = changes(saved, draft);

  function bind<K extends keyof Draft>(key: K) {
    const onChange = (value: Draft[K]) => setDraft((now) => ({ ...now, [key]: value }));
    return { name: key, value: draft[key], onChange, errors: errors.get(key) ?? [] };
  }

  async function save(event: Event) {
    event.preventDefault();
    setSending(true);
    try {
      const fresh = draftOf(await api.saveSettings(patch));
      setErrors(new Map());
      onSaved(fresh);
      setDraft((now) => withTyped(fresh, draft, now));
      say({ text: 'Saved. New comments are treated by these settings from now on.' });
    } catch (error) {
      setErrors(errorsByField(error));
      say({ text: `Not saved. ${sentenceOf(error)}`, tone: 'bad' });
    } finally {
      setSending(false);
    }
  }

  return { bind, save, errors, sending, changed: Object.keys(patch).length > 0, putBack: () => setDraft(saved) };
}

const MODES = [
  { value: 'post', label: 'Immediately', about: 'Moderators look afterwards, in Unmoderated.' },
  {
    value: 'first-comment',
    label: 'After a reader’s first approval',
    about: 'The first comment of a reader waits in Pending; once one is approved, the next are seen immediately.',
  },
  { value: 'pre', label: 'After approval', about: 'Every comment waits in Pending.' },
] as const;

const UNKNOWN_ARTICLES = [
  { value: 'register', label: 'Register the article', about: 'If the page is on one of the origins below.' },
  { value: 'refuse', label: 'Refuse the comment', about: 'Articles come only from your publishing system.' },
] as const;

interface FormProps {
  api: Api;
  saved: Draft;
  onSaved: (draft: Draft) => void;
}

function SettingsForm({ api, saved, onSaved }: FormProps) {
  const { toast, say, dismiss } = useToast();
  const { bind, save, errors, sending, changed, putBack } = useSettings(api, saved, onSaved, say);
  const form = useRef<HTMLFormElement>(null);
  // The first field with an error may stand far above the button that was pressed.
  useLayoutEffect(() => {
    const field = errors.size > 0 ? form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') : null;
    field?.focus({ preventScroll: true });
    // The middle of the page is free: the bar with the buttons covers its end.
    field?.scrollIntoView({ block: 'center' });
  }, [errors]);

  return (
    <form ref={form} class="settings" onSubmit={save} noValidate>
      <TextField label="Name of the site" {...bind('name')} />
      <Choice legend="When is a comment seen?" options={MODES} {...bind('moderation')} />
      <Choice
        legend="A comment under an article that nobody registered"
        options={UNKNOWN_ARTICLES}
        {...bind('unknownArticles')}
      />
      <div class="numbers">
        <NumberField
          label="Edit window, minutes"
          about="How long authors may edit. 0: never."
          {...bind('editWindowMinutes')}
        />
        <NumberField label="Longest comment, characters" about="As a reader counts them." {...bind('maxGraphemes')} />
        <NumberField label="Links allowed" about="More than this holds a comment." {...bind('maxLinks')} />
      </div>
      <LinesField
        label="Banned words"
        about="A comment with one of these is rejected. One word or phrase a line."
        {...bind('bannedWords')}
      />
      <LinesField
        label="Suspect words"
        about="A comment with one of these waits in Pending. One word or phrase a line."
        {...bind('suspectWords')}
      />
      <WordsTest
        api={api}
        lists={{ bannedWords: bind('bannedWords').value, suspectWords: bind('suspectWords').value }}
      />
      <LinesField
        label="Origins"
        about="Where the comments may be embedded, as in https://news.example. One a line."
        ltr
        {...bind('origins')}
      />
      <Toast toast={toast} onDismiss={dismiss} />
      <div class="save-bar">
        <button type="submit" class="button button-approve" disabled={!changed || sending}>
          Save
        </button>
        <button type="button" class="button" disabled={!changed || sending} onClick={putBack}>
          Put back
        </button>
        <p class="quiet">{changed ? 'There are changes to save.' : 'Everything is saved.'}</p>
      </div>
    </form>
  );
}
