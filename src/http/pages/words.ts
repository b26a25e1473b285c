import type { OwnCommentView } from '../../contract/comment.ts';
import type { FormRules, ThreadSort } from '../../contract/thread.ts';
import type { Tombstone } from '../../core/comment/comment-status.ts';

const number = new Intl.NumberFormat('en');
const many = (n: number, one: string, more: string): string => `${number.format(n)} ${n === 1 ? one : more}`;

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** Every word of the pages. Another language is another object of this shape. */
export const words = {
  lang: 'en',
  commentCount: (n: number) => (n === 0 ? 'No comments yet' : many(n, 'comment', 'comments')),
  commentsOn: (headline: string) => `Comments on “${headline}”`,
  comments: 'Comments',
  conversation: 'A conversation',
  moreOfConversation: 'More replies of a conversation',
  toArticle: 'Back to the article',
  toComments: 'All comments',
  toConversation: 'From the beginning of the conversation',
  sortBy: 'Order of the comments',
  sorts: { newest: 'Newest', oldest: 'Oldest', top: 'Most agreed' } satisfies Record<ThreadSort, string>,
  time: (at: string) => `${time.format(new Date(at))} UTC`,
  edited: 'edited',
  votes: (up: number, down: number) => `${number.format(up)} agree, ${number.format(down)} disagree`,
  tombstones: {
    deleted: 'Deleted by its author',
    removed: 'Removed by a moderator',
    held: 'Waiting for a moderator',
  } satisfies Record<Tombstone, string>,
  readMore: 'Read more',
  moreComments: 'More comments',
  moreReplies: 'More replies',
  reply: 'Reply',
  replyTo: (name: string) => `Reply to ${name}`,
  write: 'Write a comment',
  closed: 'Comments are closed.',
  name: 'Name',
  email: 'E-mail',
  emailHint: 'Optional, seen by moderators only.',
  body: 'Comment',
  bodyHint: 'You can use **bold**, *italic*, [text](https://…), > quotation, - list and `code`.',
  trap: 'Leave this field empty',
  preview: 'Preview',
  post: 'Post comment',
  answering: 'You are answering:',
  checkField: 'Look at the fields below.',
  faults: {
    trap: 'A field that people do not see was filled in. It is empty again: post once more.',
    early: 'That was very fast. Wait for three seconds, then post again.',
    over: 'This form was open for more than a day, or it is not one of ours. Here is a new one with your text: post again.',
    reused: 'This form has posted a comment already. Here is a new one, if this is another comment.',
  },
  noEditing: 'A comment that is posted here cannot be changed or deleted by you later.',
  posted: {
    published: 'Your comment is published.',
    pending: 'Your comment waits for a moderator. It will appear when one has read it.',
    rejected: 'This comment was not published.',
    deleted: 'This comment is deleted.',
  } satisfies Record<OwnCommentView['status'], string>,
  toComment: 'See it in its place',
  moderationNote: {
    post: '',
    'first-comment': 'A moderator reads your first comment before it appears.',
    pre: 'A moderator reads every comment before it appears.',
  } satisfies Record<FormRules['moderation'], string>,
};
