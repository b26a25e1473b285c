import { type Method, type Route, type RouteName, resources, routes } from '../contract/routes.ts';
import { type Action, type Permitted, whoMay } from '../core/event/permissions.ts';

/** A kind of caller that a route admits. An admin may do all that a moderator may. */
export type Audience = Exclude<Permitted, 'job'>;

/** A route whose action stands in the table of permissions; any other does not compile. */
export type DescribedRoute = Route & { readonly action: Action };

const DESCRIBED: Readonly<Record<RouteName, DescribedRoute>> = routes;

export interface Described {
  name: RouteName;
  tag: keyof typeof resources;
  method: Method;
  path: string;
  audience: Audience[];
  route: DescribedRoute;
}

function audienceOf(action: Action): Audience[] {
  const permitted = whoMay(action);
  return permitted.filter(
    (who): who is Audience => who !== 'job' && !(who === 'admin' && permitted.includes('moderator')),
  );
}

/** All routes, in a good order for learning them. */
export const ROUTES: readonly Described[] = Object.entries(resources).flatMap(([tag, group]) =>
  Object.keys(group).map((key) => {
    const name = key as RouteName;
    const route = DESCRIBED[name];
    const [method, path] = route.at.split(' ') as [Method, string];
    return { name, tag: tag as Described['tag'], method, path, audience: audienceOf(route.action), route };
  }),
);
