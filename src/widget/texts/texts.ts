import type { NewFlag } from '../../contract/comment.ts';
import type { ProblemReason } from '../../contract/problem.ts';
import type { FormRules, ThreadSort } from '../../contract/thread.ts';

/** A sentence with places for values: `{name}`. A catalogue that forgets one does not compile. */
type With<Place extends string> = `${string}{${Place}}${string}`;

/** The forms of a language for a number, by the categories of `Intl.PluralRules`; "one" and "two" may be words. */
export type Forms<Category extends Intl.LDMLPluralRule> = {
  readonly [Key in Category]: Key extends 'one' | 'two' | 'zero' ? string : With<'n'>;
};

/** The forms as the code reads them, whatever the language. */
export type AnyForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** All that is said while somebody reads. */
export interface ReadingTexts<Category extends Intl.LDMLPluralRule = 'other'> {
  readonly comments: Forms<Category>;
  readonly loading: string;
  readonly empty: string;
  readonly closed: string;
  readonly notOpen: string;
  readonly sortBy: string;
  readonly sorts: Readonly<Record<ThreadSort, string>>;
  readonly sorted: string;
  readonly jumpToForm: string;
  readonly loadMore: string;
  readonly moreReplies: Forms<Category>;
  readonly someMoreReplies: string;
  readonly loaded: Forms<Category>;
  readonly newComments: Forms<Category>;
  readonly tryAgain: string;
  readonly noConnection: string;
  readonly serverTrouble: string;
  readonly tooMany: With<'time'>;
  readonly outdated: string;
  readonly single: string;
  readonly showAll: string;
  readonly commentGone: string;
  readonly otherComments: string;
  readonly otherReplies: With<'name'>;
  readonly commentBy: With<'name'>;
  readonly anonymous: string;
  readonly justNow: string;
  readonly edited: string;
  readonly editedAt: With<'time'>;
  readonly inReplyTo: With<'name'>;
  readonly onward: string;
  readonly tombstones: Readonly<Record<'deleted' | 'removed' | 'held' | 'gone', string>>;
  readonly collapse: string;
  readonly expand: string;
  readonly hiddenReplies: Forms<Category>;
  readonly agree: With<'n'>;
  readonly disagree: With<'n'>;
  readonly votes: string;
  readonly readMore: string;
  readonly reply: string;
  readonly moreActions: string;
  readonly formHeading: string;
  readonly comment: string;
}

/** The words that no script says before `browsing`. A catalogue of another language has them with the rest. */
export type BrowsingWord =
  | 'sorted'
  | 'loaded'
  | 'newComments'
  | 'single'
  | 'showAll'
  | 'commentGone'
  | 'otherComments'
  | 'otherReplies';

/** A reason for which a reader's writing may be refused. */
export type RefusalReason = Extract<
  ProblemReason,
  | 'article-unknown'
  | 'banned'
  | 'comment-empty'
  | 'comment-too-long'
  | 'commenting-closed'
  | 'edit-not-accepted'
  | 'edit-window-over'
  | 'edited-meanwhile'
  | 'idempotency-key-reused'
  | 'not-found'
  | 'origin-not-registered'
  | 'own-comment'
  | 'parent-gone'
  | 'payload-too-large'
  | 'rate-limited'
  | 'repeated-text'
  | 'thread-too-deep'
>;

/** All that is said while somebody writes, votes, reports or shares. */
export interface WritingTexts<Category extends Intl.LDMLPluralRule = 'other'> {
  readonly mineFailed: string;
  readonly ownHeading: string;
  readonly you: string;
  readonly pending: string;
  readonly refused: string;
  readonly edit: string;
  readonly delete: string;
  readonly replyHeading: With<'name'>;
  readonly editHeading: string;
  readonly name: string;
  readonly email: string;
  readonly emailHint: string;
  readonly formatting: string;
  readonly tools: Readonly<Record<'bold' | 'italic' | 'link' | 'quote' | 'list' | 'code', string>>;
  readonly editLeft: With<'time'>;
  readonly write: string;
  readonly preview: string;
  readonly previewEmpty: string;
  readonly previewLoading: string;
  readonly near: Forms<Category>;
  readonly over: Forms<Category>;
  readonly moderationNote: Readonly<Record<Exclude<FormRules['moderation'], 'post'>, string>>;
  readonly post: string;
  readonly postReply: string;
  readonly save: string;
  readonly cancel: string;
  readonly sending: string;
  readonly nameMissing: string;
  readonly nameLong: With<'n'>;
  readonly nameWrong: string;
  readonly emailWrong: string;
  readonly tooLong: string;
  readonly bodyMissing: string;
  readonly bodyWrong: string;
  readonly draftKept: string;
  readonly wait: With<'time'>;
  readonly waitOver: string;
  readonly cameBefore: string;
  readonly bannedUntil: With<'time'>;
  readonly kept: string;
  readonly postedAs: With<'name'>;
  readonly arrived: Readonly<Record<'published' | 'pending' | 'rejected', string>>;
  readonly saved: string;
  readonly share: string;
  readonly ignore: With<'name'>;
  readonly ignoreNoMore: With<'name'>;
  readonly ignored: With<'name'>;
  readonly show: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly deleteQuestion: string;
  readonly deleteYes: string;
  readonly deleteNo: string;
  readonly deleted: string;
  readonly report: string;
  readonly reported: string;
  readonly reportQuestion: string;
  readonly reasons: Readonly<Record<NewFlag['reason'], string>>;
  readonly reportNote: string;
  readonly reportSend: string;
  readonly reportThanks: string;
  readonly reportPick: string;
  readonly refusals: Readonly<Record<RefusalReason, string>>;
}

/** The exports of a file of this folder. `Category` names the plural forms that the language has. */
export interface Catalogue<Category extends Intl.LDMLPluralRule> {
  readonly reading: ReadingTexts<Category>;
  readonly writing: WritingTexts<Category>;
}
