import { reading } from './en.ts';
import type { BrowsingWord, ReadingTexts } from './texts.ts';

const browsing: Pick<ReadingTexts<'one' | 'other'>, BrowsingWord> = {
  sorted: 'The comments are in the new order.',
  loaded: { one: '{n} more comment loaded.', other: '{n} more comments loaded.' },
  newComments: { one: '{n} new comment', other: '{n} new comments' },
  single: 'You are reading one conversation.',
  showAll: 'Show all comments',
  commentGone: 'The comment that this link leads to is not here any more.',
  otherComments: 'Other comments',
  otherReplies: 'Other replies to {name}',
};

// English is in the script for reading, which is to be small: what only others say comes with them.
Object.assign(reading, browsing);
