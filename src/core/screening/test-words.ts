import { parseBody } from '../body/parse-body.ts';
import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { SiteSettings } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import { cleanText } from '../text/clean.ts';
import type { WordHit } from './words.ts';
import { findWordsInSubmission } from './words-of-submission.ts';

export interface WordsTest {
  outcome: 'pass' | 'hold' | 'reject';
  hits: (WordHit & { list: 'bannedWords' | 'suspectWords'; effect: 'hold' | 'reject' })[];
}

/** Holds a text against word lists as screening would; lists that are not given are those that are saved. */
export async function testWords(
  deps: { sites: SiteStore },
  context: Context,
  input: { text: string } & Partial<Pick<SiteSettings, 'bannedWords' | 'suspectWords'>>,
): Promise<Result<WordsTest>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const submission = { authorName: '', typed: input.text, ...parseBody(cleanText(input.text).trim()) };
  const hits = (['bannedWords', 'suspectWords'] as const).flatMap((list) =>
    findWordsInSubmission(submission, input[list] ?? site.settings[list]).map((hit) => {
      const rejects = list === 'bannedWords' && hit.differences.length === 0;
      return { ...hit, list, effect: rejects ? ('reject' as const) : ('hold' as const) };
    }),
  );
  const isRejected = hits.some(({ effect }) => effect === 'reject');
  return ok({ outcome: hits.length === 0 ? 'pass' : isRejected ? 'reject' : 'hold', hits });
}
