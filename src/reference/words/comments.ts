import type { commentRoutes } from '../../contract/routes/comments.ts';
import { mine, newComment, ownComment } from '../examples.ts';
import type { WordsOn } from './route-words.ts';

export const commentWords: WordsOn<typeof commentRoutes> = {
  postComment: {
    description:
      'The text is screened before it is stored. Send the same `Idempotency-Key` with every retry: the comment is stored once, and each retry is answered with it.',
    body: newComment,
    answers: {
      201: {
        description: 'The comment is published.',
      },
      202: {
        description: 'The comment is stored, and waits for a moderator or was not accepted: see `status` and `reason`.',
        example: ownComment,
      },
    },
  },
  findMine: {
    description:
      'The second, never cached half of a page view. A reader without a key has nothing here and need not ask.',
    answers: {
      200: {
        description: 'Recent comments of this reader in any state, and their votes by comment.',
        example: mine,
      },
    },
  },
  editComment: {
    description:
      'Possible until `editableUntil`. The new text is screened like a new comment, so it may have to wait again.',
    body: { body: 'The **ferry** was late on Monday.' },
    answers: {
      200: {
        description: 'The comment as it is now.',
        example: { ...ownComment, source: 'The **ferry** was late on Monday.', editedAt: '2026-11-23T10:06:00.000Z' },
      },
    },
  },
  deleteComment: {
    description: 'Text, name and address are erased. Where the comment has replies, an empty place remains.',
    answers: { 204: { description: 'The comment is erased.' } },
  },
  voteComment: {
    description: 'A reader has one vote on each comment: a second replaces the first, 0 withdraws it.',
    body: { value: 1 },
    answers: {
      200: {
        description: 'The votes as they are now, with this one.',
        example: { upVotes: 4, downVotes: 0, value: 1 },
      },
    },
  },
  flagComment: {
    description:
      'The comment stands in the reported list until a moderator decides. A second report by the same reader adds nothing.',
    body: { reason: 'off-topic', note: 'This is about another ferry.' },
    answers: { 204: { description: 'The moderators will see it.' } },
  },
  previewComment: {
    description: 'The same code as for a new comment reads the text. Nothing is kept.',
    body: { body: 'The **ferry** was late again.' },
    answers: {
      200: {
        description: 'The text as it would be shown, and its length as the site counts it.',
        example: { body: ownComment.body ?? [], graphemes: 29 },
      },
    },
  },
};
