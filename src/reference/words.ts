// Longer descriptions and examples, by the names of the routes. They stay out of the Worker.
import type { RouteName } from '../contract/routes.ts';
import { articleWords } from './words/articles.ts';
import { commentWords } from './words/comments.ts';
import { databaseWords } from './words/databases.ts';
import { logWords } from './words/log.ts';
import { moderationWords } from './words/moderation.ts';
import { moderatorWords } from './words/moderators.ts';
import { pageWords } from './words/pages.ts';
import type { Words } from './words/route-words.ts';
import { siteWords } from './words/sites.ts';
import { threadWords } from './words/threads.ts';

export const WORDS: Readonly<Partial<Record<RouteName, Words>>> = {
  ...articleWords,
  ...threadWords,
  ...commentWords,
  ...pageWords,
  ...moderationWords,
  ...moderatorWords,
  ...siteWords,
  ...logWords,
  ...databaseWords,
};
