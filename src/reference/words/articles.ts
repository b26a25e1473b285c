import type { articleRoutes } from '../../contract/routes/articles.ts';
import { article, articleView } from '../examples.ts';
import type { WordsOn } from './route-words.ts';

export const articleWords: WordsOn<typeof articleRoutes> = {
  listArticles: {
    description:
      'All articles of a site, or those of one section, topic or author: name at most one of the three. An article whose publication is still to come is not among them. Answers are cached for 15 seconds.',
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
      'For a front page: articles by the number of comments posted in the last hours, as of the last minute. Name at most one of section, topic and author; its 100 newest articles are then ranked. An article whose publication is still to come is in no list.',
    query: 'hours=24&limit=5',
    answers: {
      200: {
        description: 'The articles, the liveliest first. There is no further page: `next` is null.',
        example: { articles: [articleView], next: null },
      },
    },
  },
  countComments: {
    description: 'For a page that lists many articles. Repeat `key`, up to 100 times. An unknown article counts 0.',
    query: 'key=strait-ferry-talks&key=harbour-lights',
    answers: {
      200: {
        description: 'The number of visible comments under each key of the request.',
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
      'Send the whole article from the content system whenever it is published or changed: the same request twice does no harm. Fields that are left out take their defaults, except `commenting` and `moderation`: those stay as they are.',
    body: article,
    answers: {
      200: { description: 'The article was there and has been replaced.', example: articleView },
      201: { description: 'The article is new.' },
    },
  },
  updateArticle: {
    description: 'Fields that are left out stay as they are. Comments are closed under an article in this way.',
    body: { commenting: 'closed' },
    answers: {
      200: {
        description: 'The article as it is now.',
        example: { ...articleView, commenting: 'closed' },
      },
    },
  },
  removeArticle: {
    description:
      'It cannot be undone. Readers see neither the article nor its comments from then on; the comments, with their votes and reports, are deleted in the minutes after. The log keeps what was done.',
    answers: { 204: { description: 'The article is gone.' } },
  },
  rekeyArticle: {
    description:
      'Its comments stay with it, and every key that it ever had leads to it: a read by an older one is answered with a permanent redirect (308), a write takes effect.',
    body: { key: 'strait-ferry-talks-2026' },
    answers: {
      200: { description: 'The article, by its new key.', example: { ...articleView, key: 'strait-ferry-talks-2026' } },
    },
  },
};
