import * as addresses from '../addresses.ts';
import {
  InvitationView,
  MeView,
  ModeratorList,
  NewModerator,
  NewSession,
  SignInLinkInput,
  SignInLinkRequestView,
  SignInLinkView,
} from '../moderator.ts';
import { ModeratorPath, SitePath } from '../paths.ts';
import type { Routes } from './route.ts';

export const moderatorRoutes = {
  requestSignInLink: {
    at: addresses.requestSignInLink,
    summary: 'Ask for a sign-in link by mail',
    action: 'ask-for-sign-in-link',
    params: SitePath,
    body: SignInLinkInput,
    answers: { 202: SignInLinkRequestView },
    problems: ['rate-limited'],
  },
  createSignInLink: {
    at: addresses.createSignInLink,
    summary: 'Make a sign-in link to hand over',
    action: 'create-sign-in-link',
    params: SitePath,
    body: SignInLinkInput,
    answers: { 201: SignInLinkView },
    problems: ['not-found'],
  },
  signIn: {
    at: addresses.signIn,
    summary: 'Sign in with a link’s token',
    action: 'sign-in',
    params: SitePath,
    body: NewSession,
    answers: { 201: MeView },
    sends: ['Set-Cookie'],
    problems: ['rate-limited', 'link-not-valid'],
  },
  signOut: {
    at: addresses.signOut,
    summary: 'Sign out',
    action: 'sign-out',
    params: SitePath,
    answers: { 204: null },
    sends: ['Set-Cookie'],
  },
  getMe: {
    at: addresses.getMe,
    summary: 'Read who is signed in',
    action: 'read-queue',
    params: SitePath,
    answers: { 200: MeView },
  },
  listModerators: {
    at: addresses.listModerators,
    summary: 'List the team',
    action: 'list-moderators',
    params: SitePath,
    answers: { 200: ModeratorList },
  },
  inviteModerator: {
    at: addresses.inviteModerator,
    summary: 'Invite a moderator',
    action: 'invite-moderator',
    params: SitePath,
    body: NewModerator,
    answers: { 201: InvitationView },
    problems: ['not-found', 'already-exists'],
  },
  removeModerator: {
    at: addresses.removeModerator,
    summary: 'Remove a moderator',
    action: 'remove-moderator',
    params: ModeratorPath,
    answers: { 204: null },
    problems: ['not-found', 'last-admin'],
  },
} as const satisfies Routes;
