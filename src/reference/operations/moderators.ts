import * as z from 'zod';
import {
  InvitationView,
  MeView,
  ModeratorList,
  NewModerator,
  NewSession,
  SignInLinkInput,
  SignInLinkRequestView,
  SignInLinkView,
} from '../../contract/moderator.ts';
import { SitePath } from '../../contract/paths.ts';
import { me, moderator, token } from './examples.ts';
import type { Operation } from './operation.ts';

const ModeratorPath = SitePath.extend({ id: z.string().max(40).meta({ example: moderator.id }) });

const signInUrl = `https://comments.news.example/console/?site=demo#token=${token}`;

export const moderatorOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/sites/{site}/sign-in-links',
    operationId: 'requestSignInLink',
    tag: 'Moderators',
    summary: 'Ask for a sign-in link by mail',
    description: 'The answer is the same whether or not the address belongs to a moderator.',
    audience: ['anyone'],
    params: SitePath,
    body: { schema: SignInLinkInput, example: { email: moderator.email } },
    responses: {
      202: {
        description: 'If mail is sent here and the address belongs to a moderator of this site, a link is on its way.',
        schema: SignInLinkRequestView,
        example: { sendsMail: true },
      },
    },
    problems: ['rate-limited'],
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/operator/sign-in-links',
    operationId: 'createSignInLink',
    tag: 'Moderators',
    summary: 'Make a sign-in link to hand over',
    description: 'For the first admin, and where no mail is set up. It works once, for 30 minutes.',
    audience: ['operator'],
    params: SitePath,
    body: { schema: SignInLinkInput, example: { email: moderator.email } },
    responses: {
      201: {
        description: 'The link.',
        schema: SignInLinkView,
        example: { url: signInUrl, expiresAt: '2026-11-23T10:30:00.000Z' },
      },
    },
    problems: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/sessions',
    operationId: 'signIn',
    tag: 'Moderators',
    summary: 'Sign in with a link’s token',
    description: 'Spends the link and sets the session cookie, which holds for seven days.',
    audience: ['anyone'],
    params: SitePath,
    body: { schema: NewSession, example: { token } },
    responses: {
      201: { description: 'Signed in.', schema: MeView, example: me, headers: ['Set-Cookie'] },
    },
    problems: ['rate-limited', 'link-not-valid'],
  },
  {
    method: 'delete',
    path: '/v1/sites/{site}/sessions/current',
    operationId: 'signOut',
    tag: 'Moderators',
    summary: 'Sign out',
    audience: ['moderator'],
    params: SitePath,
    responses: { 204: { description: 'The session is over, on the server too.', headers: ['Set-Cookie'] } },
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/me',
    operationId: 'getMe',
    tag: 'Moderators',
    summary: 'Read who is signed in',
    audience: ['moderator'],
    params: SitePath,
    responses: { 200: { description: 'The moderator and the site.', schema: MeView, example: me } },
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/moderators',
    operationId: 'listModerators',
    tag: 'Moderators',
    summary: 'List the team',
    audience: ['moderator', 'operator'],
    params: SitePath,
    responses: {
      200: {
        description: 'Everybody who may moderate this site.',
        schema: ModeratorList,
        example: { moderators: [moderator] },
      },
    },
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/moderators',
    operationId: 'inviteModerator',
    tag: 'Moderators',
    summary: 'Invite a moderator',
    description: 'A sign-in link is mailed, where mail is set up; it is in the answer as well, to hand over.',
    audience: ['admin', 'operator'],
    params: SitePath,
    body: { schema: NewModerator, example: { email: moderator.email, name: 'Mara', role: 'admin' } },
    responses: {
      201: {
        description: 'The new member, and the link.',
        schema: InvitationView,
        example: { moderator, signInUrl, mailed: false },
      },
    },
    problems: ['not-found', 'already-exists'],
  },
  {
    method: 'delete',
    path: '/v1/sites/{site}/moderators/{id}',
    operationId: 'removeModerator',
    tag: 'Moderators',
    summary: 'Remove a moderator',
    description: 'Their sessions end at once. The last admin stays.',
    audience: ['admin', 'operator'],
    params: ModeratorPath,
    responses: { 204: { description: 'They are no longer of the team.' } },
    problems: ['not-found', 'last-admin'],
  },
];
