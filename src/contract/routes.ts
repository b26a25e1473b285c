import { articleRoutes } from './routes/articles.ts';
import { commentRoutes } from './routes/comments.ts';
import { databaseRoutes } from './routes/databases.ts';
import { logRoutes } from './routes/log.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { moderatorRoutes } from './routes/moderators.ts';
import { pageRoutes } from './routes/pages.ts';
import { siteRoutes } from './routes/sites.ts';
import { threadRoutes } from './routes/threads.ts';

export type { Address, Method, Route, ServedRoute } from './routes/route.ts';

/** The routes by what they are about, in the order in which somebody would learn them. */
export const resources = {
  Articles: articleRoutes,
  Threads: threadRoutes,
  Comments: commentRoutes,
  Pages: pageRoutes,
  Moderation: moderationRoutes,
  Moderators: moderatorRoutes,
  Sites: siteRoutes,
  Log: logRoutes,
  Databases: databaseRoutes,
} as const;

/** Every route of the API, by name. */
export const routes = {
  ...articleRoutes,
  ...threadRoutes,
  ...commentRoutes,
  ...pageRoutes,
  ...moderationRoutes,
  ...moderatorRoutes,
  ...siteRoutes,
  ...logRoutes,
  ...databaseRoutes,
} as const;

export type RouteName = keyof typeof routes;
