import { useState } from 'preact/hooks';
import type { MeView, SignInLinkRequestView } from '../contract/moderator.ts';
import { type Api, ProblemError, sentenceOf } from './api.ts';

interface SignInProps {
  api: Api;
  site: string;
  /** The token of a sign-in link. Only the button sends it, so that a program that opens links signs nobody in. */
  token: string | null;
  ended: boolean;
  onSignedIn: (me: MeView) => void;
}

export function SignInPage({ api, site, token, ended, onSignedIn }: SignInProps) {
  const [stale, setStale] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);

  async function signIn(held: string) {
    setSending(true);
    setProblem(null);
    try {
      onSignedIn(await api.signIn(held, key));
    } catch (error) {
      const used = error instanceof ProblemError && error.reason === 'link-not-valid';
      setStale(used);
      setProblem(used ? null : sentenceOf(error));
      setSending(false);
    }
  }

  return (
    <main class="card">
      <h1>Moderators’ console</h1>
      {ended && <p>Your session has ended. Sign in to come back to the list you were in.</p>}
      {token && !stale ? (
        <button
          type="button"
          class="button button-approve button-wide"
          disabled={sending}
          onClick={() => signIn(token)}
        >
          Sign in to {site}
        </button>
      ) : (
        <>
          {stale && <p role="alert">This link was used before or is too old. Ask for a new one.</p>}
          <RequestLink api={api} site={site} />
        </>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </main>
  );
}

function RequestLink({ api, site }: { api: Api; site: string }) {
  const [email, setEmail] = useState('');
  const [answer, setAnswer] = useState<SignInLinkRequestView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function request(event: Event) {
    event.preventDefault();
    setProblem(null);
    try {
      setAnswer(await api.requestSignInLink(email.trim()));
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  // The words are the same for every address, so that they do not tell who moderates here.
  if (answer?.sendsMail)
    return <p role="status">If this address belongs to a moderator of {site}, a link is on its way.</p>;
  if (answer)
    return <p role="status">This Belowline sends no mail. Ask its operator to make a sign-in link for you.</p>;
  return (
    <form onSubmit={request}>
      <label class="field">
        E-mail
        <input
          type="email"
          required
          autoComplete="email"
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button button-approve button-wide">
        Send me a sign-in link for {site}
      </button>
    </form>
  );
}

/** The page for an address that names no site. */
export function ChooseSite() {
  const [site, setSite] = useState('');
  return (
    <main class="card">
      <h1>Moderators’ console</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          location.assign(`#/${encodeURIComponent(site.trim().toLowerCase())}`);
        }}
      >
        <label class="field">
          Short name of your site
          <input required value={site} autoCapitalize="none" onInput={(event) => setSite(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button button-approve button-wide">
          Go on
        </button>
      </form>
    </main>
  );
}
