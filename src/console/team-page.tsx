import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { MeView, ModeratorView, Role } from '../contract/moderator.ts';
import { type Api, type Invitation, ProblemError, sentenceOf } from './api.ts';
import { Problem } from './problem.tsx';
import { day } from './time.tsx';
import { useKeptFocus } from './use-focus.ts';

interface TeamProps {
  api: Api;
  me: MeView;
  /** Something about the one who is signed in has changed. */
  onMyself: () => void;
}

export function TeamPage({ api, me, onMyself }: TeamProps) {
  const [team, setTeam] = useState<ModeratorView[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  // A retry loads the team again.
  useEffect(() => {
    setProblem(null);
    api.moderators().then(
      ({ moderators }) => setTeam(moderators),
      (error) => setProblem(sentenceOf(error)),
    );
  }, [api, tries]);

  async function remove(moderator: ModeratorView) {
    setProblem(null);
    try {
      await api.removeModerator(moderator.id);
      setTeam((now) => now?.filter(({ id }) => id !== moderator.id) ?? null);
      if (moderator.id === me.moderator.id) onMyself();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  async function changeRole({ id }: ModeratorView, role: Role) {
    setProblem(null);
    try {
      const changed = await api.changeRole(id, role);
      setTeam((now) => now?.map((one) => (one.id === id ? changed : one)) ?? null);
      if (id === me.moderator.id) onMyself();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  return (
    <main class="page">
      <h1>Team</h1>
      {!team && !problem && <div class="skeleton skeleton-detail" aria-hidden="true" />}
      {team && (
        <ul class="team">
          {team.map((moderator) => (
            <Member
              key={moderator.id}
              moderator={moderator}
              isMe={moderator.id === me.moderator.id}
              onRole={(role) => changeRole(moderator, role)}
              onRemove={() => remove(moderator)}
            />
          ))}
        </ul>
      )}
      {problem && <Problem sentence={problem} onRetry={team ? undefined : () => setTries(tries + 1)} />}
      {team && <Invite api={api} onInvited={(moderator) => setTeam([...team, moderator])} />}
    </main>
  );
}

interface MemberProps {
  moderator: ModeratorView;
  isMe: boolean;
  onRole: (role: Role) => Promise<void>;
  onRemove: () => Promise<void>;
}

function Member({ moderator, isMe, onRole, onRemove }: MemberProps) {
  const { name, email, role, createdAt } = moderator;
  const other = role === 'admin' ? 'moderator' : 'admin';
  return (
    <li class="member">
      <p class="member-name">
        <bdi>{name}</bdi> {isMe && <span class="quiet">(you)</span>}{' '}
        {role === 'admin' && <span class="chip">admin</span>}
        <span class="quiet member-email">
          {email}, since {day(createdAt)}
        </span>
      </p>
      <div class="buttons">
        <AskingButton
          label={`Make ${other}`}
          about={`Make ${name} ${other}`}
          question={
            isMe && other === 'moderator'
              ? 'Make yourself moderator? You will see neither Team nor Settings any more.'
              : null
          }
          onDo={() => onRole(other)}
        />
        <AskingButton
          label="Remove"
          about={`Remove ${name}`}
          question={
            isMe
              ? 'Remove yourself? You will be signed out. Your decisions stay.'
              : `Remove ${name}? The decisions stay.`
          }
          onDo={onRemove}
        />
      </div>
    </li>
  );
}

interface AskingButtonProps {
  label: string;
  /** The deed, and whom it is done to. */
  about: string;
  /** The question before it is done; null where none is asked. */
  question: string | null;
  onDo: () => Promise<void>;
}

/** A button in whose place its question stands until that is answered. */
function AskingButton({ label, about, question, onDo }: AskingButtonProps) {
  const [asking, setAsking] = useState(false);
  const place = useKeptFocus<HTMLSpanElement>(asking);
  const id = useId();
  const settle = () => setAsking(false);
  return (
    <span ref={place} class="buttons">
      {asking ? (
        <>
          <span id={id}>{question}</span>
          <button type="button" class="button button-reject" aria-describedby={id} onClick={() => onDo().then(settle)}>
            {label}
          </button>
          <button type="button" class="button" onClick={settle}>
            Keep
          </button>
        </>
      ) : (
        <button
          type="button"
          class="button"
          aria-label={about}
          onClick={question === null ? onDo : () => setAsking(true)}
        >
          {label}
        </button>
      )}
    </span>
  );
}

interface InviteProps {
  api: Api;
  onInvited: (moderator: ModeratorView) => void;
}

function Invite({ api, onInvited }: InviteProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('moderator');
  const [problem, setProblem] = useState<ProblemError | string | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const errors = problem instanceof ProblemError ? (problem.document.errors ?? []) : [];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;

  async function invite(event: Event) {
    event.preventDefault();
    setProblem(null);
    setInvitation(null);
    try {
      const made = await api.invite({ name: name.trim(), email: email.trim(), role });
      setInvitation(made);
      onInvited(made.moderator);
      setName('');
      setEmail('');
    } catch (error) {
      setProblem(error instanceof ProblemError ? error : sentenceOf(error));
    }
  }

  return (
    <section class="invite">
      <h2>Invite somebody</h2>
      <form onSubmit={invite}>
        <label class="field">
          Name
          <input
            required
            dir="auto"
            maxLength={80}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <span class="field-errors">{errorOf('name')}</span>
        </label>
        <label class="field">
          E-mail
          <input type="email" required value={email} onInput={(event) => setEmail(event.currentTarget.value)} />
          <span class="field-errors">{errorOf('email')}</span>
        </label>
        <label class="field">
          Role
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            <option value="moderator">Moderator: decides on comments</option>
            <option value="admin">Admin: also changes settings and the team</option>
          </select>
        </label>
        <button type="submit" class="button button-approve">
          Invite
        </button>
      </form>
      {problem && (
        <p class="problem" role="alert">
          {sentenceOf(problem)}
        </p>
      )}
      {invitation && <HandOver invitation={invitation} />}
    </section>
  );
}

function HandOver({ invitation: { moderator, signInUrl } }: { invitation: Invitation }) {
  return (
    <div class="hand-over" role="status">
      <p>
        <bdi>{moderator.name}</bdi> is on the team.{' '}
        {signInUrl === null
          ? 'The sign-in link has been mailed.'
          : 'No mail could be sent: hand over this link. It works once, for half an hour.'}
      </p>
      {signInUrl !== null && <LinkToCopy url={signInUrl} />}
    </div>
  );
}

function LinkToCopy({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // A browser that does not permit copying leaves the link selected, to be copied by hand.
  const copy = () => {
    field.current?.select();
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="buttons">
      <input ref={field} readOnly dir="ltr" aria-label="Sign-in link" value={url} />
      <button type="button" class="button" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
