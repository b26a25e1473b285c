import { useState } from 'preact/hooks';
import { faultInWords } from '../contract/field-words.ts';
import type { NewWordsTest, SiteView, WordsTestView } from '../contract/site.ts';
import { type Api, ProblemError, sentenceOf } from './api.ts';

type Hit = WordsTestView['hits'][number];

const LISTS = { bannedWords: 'banned', suspectWords: 'suspect' } as const;

const OUTCOMES = {
  pass: 'No entry is in this text.',
  hold: 'A comment with this text would wait in Pending.',
  reject: 'A comment with this text would be rejected.',
} as const;

const DIFFERENCES: Readonly<Record<Hit['differences'][number], string>> = {
  marks: 'marks',
  forms: 'one letter for several',
  digits: 'digits for letters',
  signs: 'signs for letters',
  'look-alikes': 'letters of another script',
  spacing: 'spaces or signs between letters',
  repeats: 'repeated letters',
  hidden: 'something invisible or markup inside',
};

function HitLine({ hit }: { hit: Hit }) {
  const { effect, entry, list, found, differences } = hit;
  return (
    <li>
      <span class={`chip ${effect === 'reject' ? 'chip-bad' : 'chip-signal'}`}>
        {effect === 'reject' ? 'rejects' : 'holds'}
      </span>{' '}
      <bdi class="words-entry">{entry}</bdi> ({LISTS[list]}): <bdi>“{found}”</bdi> is{' '}
      {differences.length === 0
        ? 'the entry as written.'
        : `the entry spelled otherwise: ${differences.map((one) => DIFFERENCES[one]).join(', ')}.`}
    </li>
  );
}

/** The faults of the lists as typed, if they have any; else the reason why there is no answer. */
function faultsOf(error: unknown): string[] {
  const errors = error instanceof ProblemError ? (error.document.errors ?? []) : [];
  if (errors.length === 0) return [sentenceOf(error)];
  return errors.map((fault) => (fault.field === 'text' ? fault.message : faultInWords(fault, 'line')));
}

interface Props {
  api: Api;
  lists: Pick<SiteView['settings'], 'bannedWords' | 'suspectWords'>;
}

/** The answer to a question about one text and two lists, or the faults of it. */
interface Said extends NewWordsTest {
  answer?: WordsTestView;
  faults: string[];
}

/** A field that says what the word lists, as they are typed, would do with a text. */
export function WordsTest({ api, lists: { bannedWords, suspectWords } }: Props) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState<Said | null>(null);
  const [asking, setAsking] = useState(false);

  async function test() {
    const asked = { text, bannedWords, suspectWords };
    setAsking(true);
    setSaid(null);
    setSaid(
      await api.testWords(asked).then(
        (answer) => ({ ...asked, answer, faults: [] }),
        (error) => ({ ...asked, faults: faultsOf(error) }),
      ),
    );
    setAsking(false);
  }

  // An answer may come after the next key, and is shown beside the text and the lists that it is about alone.
  const isOfThis = said?.text === text && said.bannedWords === bannedWords && said.suspectWords === suspectWords;
  const { answer, faults = [] } = isOfThis ? said : {};

  return (
    <div class="field words-test">
      <label for="field-words-test">Try the lists on a text</label>
      <span id="words-test-about" class="quiet">
        Says which entries it has, and what they would do. The lists are tried as they stand above, saved or not; the
        text is kept nowhere.
      </span>
      <textarea
        id="field-words-test"
        dir="auto"
        rows={2}
        maxLength={10_000}
        value={text}
        aria-describedby="words-test-about words-test-answer"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="buttons">
        <button type="button" class="button" disabled={asking || text.trim() === ''} onClick={test}>
          Try
        </button>
      </div>
      <div id="words-test-answer" role="status">
        {faults.map((fault) => (
          <p key={fault} class="field-errors">
            {fault}
          </p>
        ))}
        {answer && <p>{OUTCOMES[answer.outcome]}</p>}
        {answer && answer.hits.length > 0 && (
          <ul>
            {answer.hits.map((hit) => (
              <HitLine key={`${hit.list} ${hit.entry}`} hit={hit} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
