import type { articleRoutes } from '../../contract/routes/articles.ts';
import { article, articleView } from '../examples.ts';
import type { WordsOn } from './route-words.ts';

export const articleWords: WordsOn<typeof articleRoutes> = {
  listArticles: {
    description:
      'All of a site’s, or those of one section, one topic or one author: name at most one of the three. An article published later than now is not among them. Answers are cached for 15 seconds.',
    query: 'section=World&sort=most-commented&limit=10',
    answers: {
      200: {
        description: 'A page of articles; `next` leads to the one after it.',
        example: { articles: [articleView], next: null },
      },
    },
  },
  listMostCommented: {
    description:
      'For a front page: articles by the comments posted in the last hours, not by all there are, as of the last minute. Of section, topic and author name at most one; of such a list its 100 newest articles are ranked. An article published later than now is in no list.',
    query: 'hours=24&limit=5',
    answers: {
      200: {
        description: 'The articles, the liveliest first. There is no further page: `next` is null.',
        example: { articles: [articleView], next: null },
      },
    },
  },
  countComments: {
    description:
      'For a page that lists many articles. Repeat `key`, up to 100 times. An article nobody knows counts 0.',
    query: 'key=strait-ferry-talks&key=harbour-lights',
    answers: {
      200: {
        description: 'The visible comments under each key that was asked for.',
        example: { counts: { 'strait-ferry-talks': 42, 'harbour-lights': 0 } },
      },
    },
  },
  getArticle: {
    answers: {
      200: {
        description: 'The article.',
        example: articleView,
      },
    },
  },
  putArticle: {
    description:
      'Send the whole article from the content system whenever it is published or changed: the same request twice does no harm. What is left out takes its default.',
    body: article,
    answers: {
      200: { description: 'It was there and has been replaced.', example: articleView },
      201: { description: 'It is new.' },
    },
  },
  updateArticle: {
    description: 'What is left out stays as it is. This is how comments are closed under an article.',
    body: { commenting: 'closed' },
    answers: {
      200: {
        description: 'The article as it is now.',
        example: { ...articleView, commenting: 'closed' },
      },
    },
  },
};
