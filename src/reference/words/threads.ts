import type { threadRoutes } from '../../contract/routes/threads.ts';
import { newestComments, permalink, thread } from '../examples.ts';
import { atomFeed, jsonFeed } from '../feed-examples.ts';
import type { WordsOn } from './route-words.ts';

export const threadWords: WordsOn<typeof threadRoutes> = {
  getThread: {
    description:
      'A page of top-level comments, each with its first replies, and the rules for a comment form. The answer is the same for everybody and is cached for 15 seconds; one reader’s own part is in “Read one’s own comments and votes”. `format=text` and `format=html` add each text in that form.',
    query: 'sort=top&limit=20',
    answers: {
      200: {
        description:
          'The thread; empty for an article that its first comment will register. Show a tombstone where a comment’s text and name are null.',
        example: thread,
      },
    },
  },
  listReplies: {
    description: 'Replies come in the order of the tree. Start with the `moreReplies` of a comment as the cursor.',
    query: 'limit=50',
    answers: {
      200: {
        description: 'The next replies.',
        example: { replies: thread.comments[0]?.replies ?? [], next: null },
      },
    },
  },
  getPermalink: {
    description:
      'For a permanent link: the comment, those above it from the top, the first replies below it, and the nearest siblings: up to three before it and three after it.',
    answers: {
      200: {
        description: 'The comment and what surrounds it.',
        example: permalink,
      },
    },
  },
  listNewestComments: {
    description:
      'For a front page. Name at most one of section, topic and author; the comments under its 40 newest articles are then searched.',
    query: 'topic=Ferries&limit=5',
    answers: {
      200: {
        description: 'The latest comments, each with the article it stands under.',
        example: newestComments,
      },
    },
  },
  getAtomFeed: {
    description:
      'The same comments as in “List the newest comments of a site”, for programs that read feeds. An entry’s `id` stays the same for good; `thr:in-reply-to` (RFC 4685) names the comment that it answers. Names and texts are for everybody: a comment that is removed is gone from the feed.',
    query: 'section=World',
    answers: { 200: { description: 'The feed, newest first.', example: atomFeed } },
  },
  getJsonFeed: {
    description: 'The Atom feed’s comments as JSON Feed 1.1.',
    query: 'section=World',
    answers: { 200: { description: 'The feed, newest first.', example: jsonFeed } },
  },
  getArticleAtomFeed: {
    description: 'The newest comments under an article, replies among them, for programs that read feeds.',
    answers: {
      200: { description: 'The feed, newest first; without entries where nobody has commented.', example: atomFeed },
    },
  },
  getArticleJsonFeed: {
    description: 'The newest comments under an article, replies among them, as JSON Feed 1.1.',
    answers: {
      200: { description: 'The feed, newest first; without items where nobody has commented.', example: jsonFeed },
    },
  },
};
