import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FIELD_WORDS } from '../contract/field-words.ts';
import { type Api, ProblemError, sentenceOf } from './api.ts';
import { Problem } from './problem.tsx';
import {
  conflictsOf,
  type Draft,
  errorsByField,
  isChanged,
  patchOf,
  rebased,
  type Saved,
  savedOf,
  type Unsaved,
} from './settings-draft.ts';
import { Choice, LinesField, NumberField, TextField } from './settings-fields.tsx';
import { type Say, Toast, useToast } from './toast.tsx';
import { WordsTest } from './words-test.tsx';

export interface SettingsProps {
  api: Api;
  /** The draft that was left here when the page was last open; null when it was saved. */
  unsaved: Unsaved | null;
  onUnsaved: (unsaved: Unsaved | null) => void;
}

export function SettingsPage({ api, unsaved, onUnsaved }: SettingsProps) {
  const [saved, setSaved] = useState(unsaved?.saved ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  // A retry loads the settings again. What was typed stays on the settings that it was typed on: who has changed them
  // meanwhile is told when it is saved.
  useEffect(() => {
    if (saved !== null) return;
    setProblem(null);
    api.settings().then(
      (site) => setSaved(savedOf(site)),
      (error) => setProblem(sentenceOf(error)),
    );
  }, [api, tries]);
  return (
    <main class="page">
      <h1>Settings</h1>
      {problem && <Problem sentence={problem} onRetry={() => setTries(tries + 1)} />}
      {!saved && !problem && <div class="skeleton skeleton-detail" aria-hidden="true" />}
      {saved && (
        <SettingsForm
          api={api}
          saved={saved}
          typed={unsaved?.draft ?? saved.draft}
          onSaved={setSaved}
          onUnsaved={onUnsaved}
        />
      )}
    </main>
  );
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

/** A value as the form calls it. */
const inWords = (value: Draft[keyof Draft]): string =>
  [...MODES, ...UNKNOWN_ARTICLES].find((option) => option.value === value)?.label ?? String(value);

/** The settings as somebody else has saved them meanwhile, where that is why saving failed. */
const savedMeanwhile = (error: unknown): Saved | null => {
  const site =
    error instanceof ProblemError && error.reason === 'settings-changed' ? error.document.currentSite : undefined;
  return site === undefined ? null : savedOf(site);
};

/** The form's state beside the saved settings, and the outcome of saving it. */
function useSettings({ api, saved, typed, onSaved, onUnsaved }: FormProps, say: Say) {
  const [draft, setDraft] = useState(typed);
  const [errors, setErrors] = useState(new Map<string, string[]>());
  const [sending, setSending] = useState(false);

  function bind<K extends keyof Draft>(key: K) {
    const onChange = (value: Draft[K]) => setDraft((now) => ({ ...now, [key]: value }));
    return { name: key, value: draft[key], onChange, errors: errors.get(key) ?? [] };
  }

  /** Makes the change again on what somebody else has saved, unless both have set the same field. */
  async function meet(fresh: Saved, from: Saved, sent: Draft) {
    onSaved(fresh);
    setDraft((now) => rebased(from.draft, now, fresh.draft));
    const fields = conflictsOf(from.draft, sent, fresh.draft);
    if (fields.length === 0) return send(fresh, rebased(from.draft, sent, fresh.draft));
    const said = (key: keyof Draft) =>
      `Somebody else has set this to “${inWords(fresh.draft[key])}” meanwhile. Save again to replace it.`;
    setErrors(new Map(fields.map((key) => [key, [said(key)]])));
    say({ text: 'Not saved. Somebody else has changed the same settings. What you typed is still here.', tone: 'bad' });
  }

  async function send(from: Saved, sent: Draft): Promise<void> {
    const patch = patchOf(from, sent);
    try {
      const fresh = savedOf(await api.saveSettings(patch));
      setErrors(new Map());
      onSaved(fresh);
      setDraft((now) => rebased(sent, now, fresh.draft));
      say({ text: 'Saved. New comments are treated by these settings from now on.' });
    } catch (error) {
      const fresh = savedMeanwhile(error);
      if (fresh !== null) return meet(fresh, from, sent);
      const found = errorsByField(error, patch, sent);
      setErrors(found);
      // A fault of a field stands below it.
      say({
        text: `Not saved. ${found.size > 0 ? 'Each field that is wrong says why.' : sentenceOf(error)}`,
        tone: 'bad',
      });
    }
  }

  async function save(event: Event) {
    event.preventDefault();
    setSending(true);
    await send(saved, draft);
    setSending(false);
  }

  function putBack() {
    setDraft(saved.draft);
    setErrors(new Map());
  }

  const changed = isChanged(saved.draft, draft);
  // Before the next act: whoever reads "Everything is saved." may close the page at once.
  useLayoutEffect(() => onUnsaved(changed ? { saved, draft } : null), [saved, draft]);

  return { bind, save, errors, sending, changed, putBack };
}

interface FormProps extends Pick<SettingsProps, 'api' | 'onUnsaved'> {
  saved: Saved;
  /** The form as it is first shown. */
  typed: Draft;
  onSaved: (saved: Saved) => void;
}

function SettingsForm(props: FormProps) {
  const { api } = props;
  const { toast, say, dismiss } = useToast();
  const { bind, save, errors, sending, changed, putBack } = useSettings(props, say);
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
      <Choice legend={FIELD_WORDS.unknownArticles} options={UNKNOWN_ARTICLES} {...bind('unknownArticles')} />
      <div class="numbers">
        <NumberField
          label={FIELD_WORDS.editWindowMinutes}
          about="How long authors may edit. 0: never."
          {...bind('editWindowMinutes')}
        />
        <NumberField label={FIELD_WORDS.maxGraphemes} about="As a reader counts them." {...bind('maxGraphemes')} />
        <NumberField label={FIELD_WORDS.maxLinks} about="More than this holds a comment." {...bind('maxLinks')} />
      </div>
      <LinesField
        label={FIELD_WORDS.bannedWords}
        about="A comment with one of these as written is rejected; one that spells it otherwise waits. One word or phrase a line."
        {...bind('bannedWords')}
      />
      <LinesField
        label={FIELD_WORDS.suspectWords}
        about="A comment with one of these waits in Pending. One word or phrase a line."
        {...bind('suspectWords')}
      />
      <WordsTest
        api={api}
        lists={{ bannedWords: bind('bannedWords').value, suspectWords: bind('suspectWords').value }}
      />
      <LinesField
        label={FIELD_WORDS.origins}
        about="Where the comments may be embedded, as in https://news.example. One a line. None: on any page."
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
