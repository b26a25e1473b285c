import type { pageRoutes } from '../../contract/routes/pages.ts';
import type { WordsOn } from './route-words.ts';

export const pageWords: WordsOn<typeof pageRoutes> = {
  getThreadHtml: {
    description:
      'The thread as a `<section class="belowline-thread">` without a page around it, with its data for search engines (JSON-LD). Everything that a reader wrote is escaped; links have `nofollow ugc`. Ways to put it into a page are in docs/embedding.md.',
    query: 'sort=top&limit=20',
    answers: { 200: { description: 'The part of a page; `data-version` is its ETag.' } },
  },
  getCommentsPage: {
    description:
      'For readers without script: the same thread as a whole page, with links to the next pages, to each long comment and conversation, and to the form.',
    query: 'sort=oldest',
    answers: { 200: { description: 'The page.' } },
  },
  getConversationPage: {
    description:
      'The comment in full, those that it answers and the first replies below it; further replies with the `cursor` of the page’s own link.',
    answers: { 200: { description: 'The page.' } },
  },
  getCommentForm: {
    description:
      'With `parent`, to answer that comment. The form is made for whoever asks: it has a time and a key of its own, signed, and is good for three seconds to a day after that.',
    answers: { 200: { description: 'The page with the form.' } },
  },
  submitCommentForm: {
    description:
      'What the form sends, with `stamp` and `parentId` from its hidden fields. Sent again, it makes no second comment. Whoever sends it is a guest in this one form alone, under the same limits and the same screening as all others. A refusal is the form again, with what was typed.',
    body: {
      step: 'post',
      authorName: 'Tamsin',
      body: 'The **ferry** was late.',
      stamp: 'm8x2k1qo.wX3fQ9b0T7cYkZ5vR1nL8sD2hJ6gA4eU0iOpMqKtBxE.7cYkZ5vR1nL8sD2hJ6gA4e',
    },
    answers: {
      200: { description: 'The preview, above the form.' },
      201: { description: 'The comment is published.' },
      202: { description: 'It is stored and not published.' },
    },
  },
};
