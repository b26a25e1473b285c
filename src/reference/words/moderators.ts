import type { moderatorRoutes } from '../../contract/routes/moderators.ts';
import { me, moderator, token } from '../examples.ts';
import type { WordsOn } from './route-words.ts';

const signInUrl = `https://comments.news.example/console/?site=demo#token=${token}`;

export const moderatorWords: WordsOn<typeof moderatorRoutes> = {
  requestSignInLink: {
    description: 'The answer is the same whether or not the address belongs to a moderator.',
    body: { email: moderator.email },
    answers: {
      202: {
        description: 'If mail is sent here and the address belongs to a moderator of this site, a link is on its way.',
        example: { sendsMail: true },
      },
    },
  },
  createSignInLink: {
    description: 'For the first admin, and where no mail is set up. It works once, for 30 minutes.',
    body: { email: moderator.email },
    answers: {
      201: {
        description: 'The link.',
        example: { url: signInUrl, expiresAt: '2026-11-23T10:30:00.000Z' },
      },
    },
  },
  signIn: {
    description: 'Spends the link and sets the session cookie, which holds for seven days.',
    body: { token },
    answers: {
      201: { description: 'Signed in.', example: me },
    },
  },
  signOut: {
    answers: { 204: { description: 'The session is over, on the server too.' } },
  },
  getMe: {
    answers: { 200: { description: 'The moderator and the site.', example: me } },
  },
  listModerators: {
    answers: {
      200: {
        description: 'Everybody who may moderate this site.',
        example: { moderators: [moderator] },
      },
    },
  },
  inviteModerator: {
    description:
      'A sign-in link is mailed, where mail is set up. Where none was sent, it is in the answer, to hand over, and the log says who got it.',
    body: { email: moderator.email, name: 'Mara', role: 'admin' },
    answers: {
      201: {
        description: 'The new moderator, and the link.',
        example: { moderator, signInUrl, mailed: false },
      },
    },
  },
  changeRole: {
    params: { id: moderator.id },
    description: 'It holds from their next request on. The last admin stays one.',
    body: { role: 'admin' },
    answers: { 200: { description: 'The moderator, in the new role.', example: moderator } },
  },
  removeModerator: {
    params: { id: moderator.id },
    description: 'Their sessions end immediately. The last admin cannot be removed.',
    answers: { 204: { description: 'The moderator is no longer in the team.' } },
  },
};
