import type { Audience } from './described.ts';

/** The credential of each kind of caller. */
export const SECURITY: Readonly<Record<Audience, string | null>> = {
  anyone: null,
  reader: 'guestKey',
  publisher: 'apiKey',
  moderator: 'session',
  admin: 'session',
  operator: 'operatorKey',
};

export const SECURITY_SCHEMES = {
  guestKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'Made once by a reader’s browser and kept there: 32 random bytes in base64url, 43 characters. It is the whole identity of a guest.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'For the publisher’s content system. It begins with `bl_` and the site’s id; an admin or the operator makes it.',
  },
  session: {
    type: 'apiKey',
    // Each site has a cookie of its own, and no client can be made of a cookie whose name is not known: it gets the header.
    in: 'header',
    name: 'Cookie',
    description:
      'The header `Cookie` with `__Host-belowline-{site}=` and the value that signing in sets; `{site}` is the site’s id. A browser sends it by itself. A request that changes something must also have this server’s own `Origin`.',
  },
  operatorKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'Set with the deployment. It manages sites and teams; it decides on no comment.',
  },
} as const;
