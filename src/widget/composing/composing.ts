import type { FormSkeleton } from '../form-skeleton.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { adopt } from '../reading/styles.ts';
import type { WritingTexts } from '../texts/texts.ts';
import { offerNames } from './mentions.ts';
import { quotation, selectedText, wholeText } from './quotation.ts';
import { CSS } from './styles.ts';
import { toolbar } from './toolbar.ts';

/** Gives a field its tools: a toolbar in `place`, and the names of the thread behind an `@`. */
export function equip(thread: ThreadScope, words: WritingTexts, { input, panel }: FormSkeleton, place: Element): void {
  adopt(thread.root, CSS);
  place.prepend(toolbar(words, input));
  offerNames(thread, words.name, input, panel);
}

/** A quotation of what is selected of the comment, or of the `whole` where nothing is; empty where there is none. */
export function quoteOf(node: CommentScope, whole: boolean): string {
  const body = node.article.querySelector('.body');
  const text = body && (selectedText(node.thread.root, body) || (whole && wholeText(body)));
  return text ? quotation(text) : '';
}
